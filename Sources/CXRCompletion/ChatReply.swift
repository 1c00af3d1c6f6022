// SPDX-License-Identifier: Apache-2.0

/// The body of a chat completion, as far as it matters here.
struct ChatReply: Decodable {
  /// One answer of several.
  struct Choice: Decodable { let message: Message }
  /// The answer's text.
  struct Message: Decodable { let content: String? }

  let choices: [Choice]
}
