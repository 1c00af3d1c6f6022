// SPDX-License-Identifier: Apache-2.0

/// The verbs of this program and their options, against which the options of a manifest are checked.
///
/// The program hands it in, so that a manifest knows each option of each verb without a list of its
/// own.
public struct VerbVocabulary: Sendable {
  /// A named option of a verb.
  public struct Option: Hashable, Sendable {
    /// The name without hyphens, such as `batch-size`.
    public let name: String
    /// Whether a value follows.
    public let takesValue: Bool
    /// Whether it may be given several times.
    public let isRepeating: Bool
    /// What it is where it is not given, if that is one value.
    public let defaultValue: String?

    /// Creates an option.
    ///
    /// - Parameters:
    ///   - name: The name without hyphens.
    ///   - takesValue: Whether a value follows.
    ///   - isRepeating: Whether it may be given several times.
    ///   - defaultValue: What it is where it is not given.
    public init(
      name: String, takesValue: Bool = true, isRepeating: Bool = false,
      defaultValue: String? = nil
    ) {
      self.defaultValue = defaultValue
      self.name = name
      self.takesValue = takesValue
      self.isRepeating = isRepeating
    }
  }

  /// The options by verb, such as `images build`, in the order in which help lists them.
  public let options: [String: [Option]]

  /// Creates a vocabulary.
  ///
  /// - Parameter options: The options by verb.
  public init(_ options: [String: [Option]]) { self.options = options }

  /// Whether the program has a verb.
  ///
  /// - Parameter verb: Its words, such as `images build`.
  /// - Returns: Whether it is known.
  public func has(_ verb: String) -> Bool { options[verb] != nil }

  /// Whether a verb has an option.
  func has(_ option: String, of verb: String) -> Bool {
    options[verb]?.contains { $0.name == option } == true
  }
}
