// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import Foundation

/// Standard output and standard error: data on the first, progress and notes on the second.
enum Console {
  /// Whether standard error is a terminal that may be redrawn and coloured.
  static let isInteractive: Bool = {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDERR_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
      && environment["TERM"] != "dumb"
  }()

  /// Whether somebody reads standard error in a terminal, where lines are broken between words.
  private static let isTerminal = isatty(STDERR_FILENO) == 1

  /// Whether standard output is a terminal that may be coloured.
  static let isColored: Bool = {
    let environment = ProcessInfo.processInfo.environment
    return isatty(STDOUT_FILENO) == 1 && (environment["NO_COLOR"] ?? "").isEmpty
      && environment["TERM"] != "dumb"
  }()

  /// The number of this process among those that a launcher has started, if it has.
  private static let rank = RankLaunch(environment: ProcessInfo.processInfo.environment)?.rank

  /// Writes data to standard output.
  ///
  /// - Parameter data: The bytes.
  /// - Throws: `FileError` with code `.unwritable`, as when the disk is full.
  static func write(_ data: Data) throws(FileError) {
    do {
      try FileHandle.standardOutput.write(contentsOf: data)
    } catch {
      throw FileError(
        .unwritable, "Standard output cannot be written; check the free space of its target.",
        cause: error)
    }
  }

  /// Writes text to standard output.
  ///
  /// - Parameter text: The text.
  /// - Throws: `FileError` with code `.unwritable`, as when the disk is full.
  static func write(_ text: String) throws(FileError) { try write(Data(text.utf8)) }

  /// Writes a line about what is going on to standard error, broken between words in a terminal; of
  /// several ranks the first one does.
  static func note(_ text: String) { if rank ?? 0 == 0 { write(line: text) } }

  private static func write(line text: String) {
    let lines = isTerminal ? TextLines.wrappedLines(of: text, indent: 2) : text
    try? FileHandle.standardError.write(contentsOf: Data((clearLine + lines + "\n").utf8))
  }

  /// Writes an error to standard error, with the rank that it occurred in if there are several.
  static func error(_ text: String) {
    write(line: "cxr: error: " + (rank.map { "rank \($0): " } ?? "") + text)
  }

  /// Draws a progress line over the last one; does nothing when standard error is not a terminal.
  static func progress(_ text: String) {
    guard isInteractive, rank ?? 0 == 0 else { return }
    try? FileHandle.standardError.write(contentsOf: Data((clearLine + text).utf8))
  }

  private static var clearLine: String { isInteractive ? "\r\u{1B}[2K" : "" }
}
