// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The built program, run as a person would run it.
struct Program {
  /// What a run left behind.
  struct Outcome {
    /// The exit status.
    let status: Int32
    /// Standard output.
    let output: String
    /// Standard error.
    let messages: String

    /// Standard output as JSON.
    func json() throws -> [String: Any] {
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any] ?? [:]
    }
  }

  /// The folder that the program runs in; its catalog is `cxr.sqlite` there.
  let folder: URL

  /// The path of the program, beside the test bundle.
  static let path = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
    .appending(path: "cxr").path

  /// Runs the program to its end.
  @discardableResult
  func run(_ arguments: String...) throws -> Outcome { try run(arguments) }

  /// Runs the program to its end.
  @discardableResult
  func run(
    _ arguments: [String], environment: [String: String] = [:]
  ) throws -> Outcome {
    let process = Process()
    process.executableURL = URL(filePath: Self.path)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .filter { $0.key != "CXR_CATALOG" }
      .merging(environment) { $1 }
    // Runs may go on side by side in one folder.
    let name = UUID().uuidString
    let output = folder.appending(path: ".\(name).out")
    let messages = folder.appending(path: ".\(name).err")
    defer { for file in [output, messages] { try? FileManager.default.removeItem(at: file) } }
    for file in [output, messages] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
  }
}
