// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// The program as two ranks under `mpirun`.
struct Launcher {
  /// The folder that the program runs in.
  let folder: URL

  /// Why there can be no ranks here; `nil` if there can.
  static let problem: String? =
    if !Torch.isAvailable {
      "this build has no libtorch"
    } else if let problem = RankGroup.problem {
      problem.message
    } else if path == nil {
      "there is no mpirun"
    } else {
      nil
    }

  private static let path = (ProcessInfo.processInfo.environment["PATH"] ?? "")
    .split(separator: ":").map { "\($0)/mpirun" }
    .first { FileManager.default.isExecutableFile(atPath: $0) }

  /// Runs two ranks to their end.
  ///
  /// - Parameters:
  ///   - arguments: Those of the program.
  ///   - body: What is done to the launcher while they run.
  /// - Returns: What the run left behind.
  /// - Throws: What the body throws, after which the ranks are ended.
  func run(
    _ arguments: [String], _ body: (Process) throws -> Void = { _ in }
  ) throws -> Program.Outcome {
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.path))
    process.arguments =
      [
        "--allow-run-as-root", "--oversubscribe", "--bind-to", "none", "--mca",
        // It waits that long after a rank has ended early, in any case.
        "odls_base_sigkill_timeout", "3",
        // Ranks that wait leave the cores to others, of which tests have many.
        "--mca", "mpi_yield_when_idle", "1", "-n", "2", Program.path,
      ] + arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.filter { $0.key != "CXR_CATALOG" }
    let name = UUID().uuidString
    let (output, messages) = (
      folder.appending(path: ".\(name).out"), folder.appending(path: ".\(name).err")
    )
    for file in [output, messages] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: messages)
    process.standardInput = FileHandle.nullDevice
    try process.run()
    do {
      try body(process)
    } catch {
      process.terminate()
      process.waitUntilExit()
      throw error
    }
    process.waitUntilExit()
    return Program.Outcome(
      status: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      messages: String(decoding: try Data(contentsOf: messages), as: UTF8.self))
  }

  /// The processes that a launcher has started, in the order of their numbers.
  func ranks(of process: Process) throws -> [pid_t] {
    let id = process.processIdentifier
    let children = try String(
      contentsOfFile: "/proc/\(id)/task/\(id)/children", encoding: .utf8)
    return children.split(separator: " ").compactMap { pid_t($0) }.sorted()
  }
}

extension TemporaryFolder {
  /// Waits until a file is there, for a minute at most.
  func wait(for name: String) throws {
    let end = ContinuousClock.now + .seconds(60)
    while !FileManager.default.fileExists(atPath: path(name)) {
      try #require(ContinuousClock.now < end, "there is no \(name) after a minute")
      usleep(20_000)
    }
  }
}
