// SPDX-License-Identifier: Apache-2.0

/// Something worth telling about a record that was read, short of failing.
///
/// The message never holds patient data: it speaks of files, lines, columns and vocabularies.
public struct Diagnostic: Codable, Hashable, Sendable, CustomStringConvertible {
  /// How much a diagnostic matters.
  public enum Severity: String, Codable, CaseIterable, Sendable {
    /// A fact worth knowing, such as which file generation was used.
    case note
    /// A record or a value was not used as it stands.
    case warning
  }

  /// How much it matters.
  public let severity: Severity
  /// A stable word for the kind of problem, such as `age-implausible`.
  public let code: String
  /// What was found and what was done about it.
  public let message: String
  /// The name of the file, without its folder.
  public let file: String?
  /// The first line on which it was seen, counted from 1.
  public let line: Int?
  /// How many times it was seen.
  public var count: Int

  /// Creates a diagnostic.
  ///
  /// - Parameters:
  ///   - severity: How much it matters.
  ///   - code: A stable word for the kind of problem.
  ///   - message: What was found and what was done about it.
  ///   - file: The name of the file, without its folder.
  ///   - line: The first line on which it was seen, counted from 1.
  ///   - count: How many times it was seen.
  public init(
    _ severity: Severity, code: String, message: String, file: String? = nil, line: Int? = nil,
    count: Int = 1
  ) {
    self.severity = severity
    self.code = code
    self.message = message
    self.file = file
    self.line = line
    self.count = count
  }

  /// One line: severity, place, message and count.
  public var description: String {
    let place = [file, line.map(String.init)].compactMap(\.self).joined(separator: ":")
    let times = count > 1 ? " (\(count) times)" : ""
    return "\(severity.rawValue): " + (place.isEmpty ? "" : place + ": ") + message + times
  }
}

/// Collects diagnostics, counting repeats of the same kind instead of listing them.
public struct DiagnosticLog: Sendable {
  private var order: [String] = []
  private var byKey: [String: Diagnostic] = [:]

  /// Creates an empty log.
  public init() {}

  /// The diagnostics in the order in which their kinds were first seen.
  public var diagnostics: [Diagnostic] { order.compactMap { byKey[$0] } }

  /// Adds a diagnostic; one of the same code, file and message only raises the count.
  ///
  /// - Parameter diagnostic: What was seen.
  public mutating func add(_ diagnostic: Diagnostic) {
    let key = [diagnostic.code, diagnostic.file ?? "", diagnostic.message].joined(
      separator: "\u{1}")
    if byKey[key] == nil {
      order.append(key)
      byKey[key] = diagnostic
    } else {
      byKey[key]?.count += diagnostic.count
    }
  }
}
