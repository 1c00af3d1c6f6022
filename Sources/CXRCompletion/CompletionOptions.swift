// SPDX-License-Identifier: Apache-2.0

/// Which language model is asked, what it is told, and how hard its server is pressed.
public struct CompletionOptions: Codable, Hashable, Sendable {
  /// The instruction that repeats the study's step in our own words.
  public static let shorteningInstruction = """
    Shorten the impression of a chest radiograph report to at most 200 characters. Keep every finding \
    with its side, place and severity, and every device. Leave out recommendations, notifications, \
    comparisons with other studies and redacted words. Add nothing that the impression does not say. \
    Answer with the shortened impression and nothing else.
    """

  /// The URL below which `chat/completions` lies, such as `http://localhost:8000/v1`.
  public var baseURL: String
  /// The name of the model, as the server knows it.
  public var model: String
  /// The environment variable that holds the key, or `nil` for a server that wants none.
  public var keyVariable: String?
  /// What the model is told to do with each text.
  public var instruction: String
  /// How long one answer may take, in seconds, above 0.
  public var timeoutSeconds: Double
  /// How often a text is sent at most while the server is overloaded or failing, at least 1.
  public var maximumAttempts: Int
  /// How long to wait before the second attempt, in seconds; each further wait is twice as long.
  public var firstBackoffSeconds: Double
  /// The most requests sent within a minute, above 0.
  public var requestsPerMinute: Double
  /// The most requests under way at a time, at least 1.
  public var concurrentRequests: Int

  /// Creates options.
  ///
  /// - Parameters:
  ///   - baseURL: The URL below which `chat/completions` lies.
  ///   - model: The name of the model.
  ///   - keyVariable: The environment variable that holds the key, or `nil` for none.
  ///   - instruction: What the model is told to do with each text.
  ///   - timeoutSeconds: How long one answer may take, above 0.
  ///   - maximumAttempts: How often a text is sent at most, at least 1.
  ///   - firstBackoffSeconds: How long to wait before the second attempt.
  ///   - requestsPerMinute: The most requests sent within a minute, above 0.
  ///   - concurrentRequests: The most requests under way at a time, at least 1.
  public init(
    baseURL: String, model: String, keyVariable: String? = nil,
    instruction: String = Self.shorteningInstruction, timeoutSeconds: Double = 60,
    maximumAttempts: Int = 6, firstBackoffSeconds: Double = 1, requestsPerMinute: Double = 60,
    concurrentRequests: Int = 4
  ) {
    self.baseURL = baseURL
    self.model = model
    self.keyVariable = keyVariable
    self.instruction = instruction
    self.timeoutSeconds = timeoutSeconds
    self.maximumAttempts = maximumAttempts
    self.firstBackoffSeconds = firstBackoffSeconds
    self.requestsPerMinute = requestsPerMinute
    self.concurrentRequests = concurrentRequests
  }
}
