// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Subprocess

/// Runs a command line of this program as a process of its own.
///
/// The process holds the reading end of a pipe whose other end is held here, so that the kernel tells it
/// when the study is killed: it then ends at once (see ``StudyLease``). It is in a process group of its
/// own, so that a Ctrl-C in the terminal reaches it once, from here.
struct StageProcess {
  /// The program.
  let program: String
  /// Variables that the process sees beside those of this one.
  let environment: [String: String]
  /// The file that gets what the process prints.
  let log: String

  /// What an attempt begins with in the log, before its words.
  static let prompt = "$ cxr "

  /// How long an interrupted process may take to write what it has.
  private static let patience = Duration.seconds(120)

  /// Runs a command line.
  ///
  /// - Parameters:
  ///   - arguments: The words behind the program's name.
  ///   - began: Gets the number of the process.
  ///   - line: Gets each line that is printed.
  /// - Returns: The exit status; 128 and the signal where a signal ended the process.
  /// - Throws: `CancellationError` after an interruption, when the process has ended.
  func run(
    _ arguments: [String], began: @escaping (Int32) throws -> Void,
    line: @escaping (String) -> Void
  ) async throws -> Int32 {
    let file = try openLog(arguments)
    defer { try? file.close() }
    var variables: [Environment.Key: String?] = [:]
    for (name, value) in environment { variables[Environment.Key(stringLiteral: name)] = value }
    // The folder of this very program is the first in which its name is looked for.
    let place = URL(filePath: program)
    let paths = ProcessInfo.processInfo.environment["PATH"].map { ":\($0)" } ?? ""
    variables["PATH"] = place.deletingLastPathComponent().path + paths
    var options = PlatformOptions()
    options.processGroupID = 0
    options.teardownSequence = [
      .send(signal: .interrupt, allowedDurationToNextStep: Self.patience)
    ]
    let result = try await Subprocess.run(
      .name(place.lastPathComponent), arguments: Arguments(arguments),
      environment: .inherit.updating(variables), platformOptions: options,
      input: .inputWriter, output: .sequence, error: .combinedWithOutput
    ) { execution in
      try began(Int32(execution.processIdentifier.value))
      var rest: [UInt8] = []
      for try await buffer in execution.standardOutput {
        let bytes = unsafe buffer.withUnsafeBytes { unsafe Array($0) }
        try file.write(contentsOf: Data(bytes))
        rest += bytes
        while let end = rest.firstIndex(of: 0x0A) {
          line(String(decoding: rest[..<end], as: UTF8.self))
          rest.removeFirst(end + 1)
        }
      }
    }
    try Task.checkCancellation()
    switch result.terminationStatus {
    case .exited(let code): return Int32(code)
    case .signaled(let signal): return 128 + Int32(signal)
    }
  }

  /// Opens the log behind what earlier attempts have printed.
  private func openLog(_ arguments: [String]) throws -> FileHandle {
    if !FileManager.default.fileExists(atPath: log) { try Data().write(to: URL(filePath: log)) }
    let file = try FileHandle(forWritingTo: URL(filePath: log))
    try file.seekToEnd()
    try file.write(contentsOf: Data((Self.prompt + arguments.joined(separator: " ") + "\n").utf8))
    return file
  }
}
