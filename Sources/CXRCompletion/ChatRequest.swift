// SPDX-License-Identifier: Apache-2.0

/// The body of a request for a chat completion.
struct ChatRequest: Encodable {
  /// What is said, and as whom.
  struct Message: Encodable {
    let role: String
    let content: String
  }

  let model: String
  let messages: [Message]
  /// The likeliest answer, so that asking twice gives the same as far as the server can.
  let temperature = 0

  init(model: String, instruction: String, text: String) {
    self.model = model
    messages = [
      Message(role: "system", content: instruction), Message(role: "user", content: text),
    ]
  }
}
