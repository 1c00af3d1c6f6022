// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRStudy
import Dispatch
import Foundation

/// Runs the command line, turns errors into one line and an exit status, and Ctrl-C into
/// cancellation.
@main
enum Entry {
  static func main() async {
    signal(SIGPIPE, SIG_DFL)
    StudyLease.hold(exitStatus: ExitStatus.interrupted.code)
    let work = Task { try await parseAndRun() }
    let interruption = cancelOnInterrupt(work)
    defer { for source in interruption { source.cancel() } }
    do {
      try await work.value
    } catch {
      // Help, versions and usage are the argument parser's to present.
      guard let status = ExitStatus(of: error) else { exit(presenting: error) }
      Console.error(ExitStatus.message(for: error))
      Foundation.exit(status.code)
    }
  }

  private static func parseAndRun() async throws {
    let command: any ParsableCommand
    do {
      command = try CXR.parseAsRoot()
    } catch {
      exit(presenting: error)
    }
    if var command = command as? any AsyncParsableCommand {
      try await command.run()
    } else {
      var command = command
      try command.run()
    }
  }

  /// Ends with an error of the argument parser, in its words and with its status.
  private static func exit(presenting error: any Error) -> Never {
    let status = CXR.exitCode(for: error)
    // Help and versions go to standard output as they are.
    guard status != .success else { CXR.exit(withError: error) }
    let message = CXR.fullMessage(for: error)
    if !message.isEmpty { Console.note(message) }
    Foundation.exit(status.rawValue)
  }

  /// Cancels the task at the first Ctrl-C, or when the process is to end; a second Ctrl-C ends it at
  /// once.
  private static func cancelOnInterrupt(
    _ task: Task<Void, any Error>
  ) -> [any DispatchSourceSignal] {
    // Launchers of several ranks and schedulers send SIGTERM, often more than once.
    [SIGINT, SIGTERM].map { number in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        guard !task.isCancelled else {
          if number == SIGINT { _exit(ExitStatus.interrupted.code) }
          return
        }
        Console.note("Interrupted: stopping. Ctrl-C stops at once.")
        task.cancel()
      }
      source.resume()
      return source
    }
  }
}
