// SPDX-License-Identifier: Apache-2.0
internal import Foundation
internal import Glibc

/// What ends a stage when the study that started it is no more.
///
/// A killed study cannot tell its stage to end. But the kernel closes the pipe that it held, and a
/// stage that reads from it comes to its end. What a stage has written until then is as after any kill,
/// and the next run goes on with it.
public enum StudyLease {
  /// The variable by which a study tells a stage that standard input is such a pipe.
  static let variable = "CXR_STUDY_LEASE"

  /// Ends this process with a status as soon as the study that started it is no more; does nothing in a
  /// process that no study has started.
  ///
  /// - Parameter status: The exit status.
  public static func hold(exitStatus status: Int32) {
    guard ProcessInfo.processInfo.environment[variable] != nil else { return }
    // Programs that this one starts are not the study's.
    unsafe unsetenv(variable)
    // A thread of its own: those of the program may all be within a long operation.
    Thread.detachNewThread {
      while true {
        var byte: UInt8 = 0
        let count = unsafe read(STDIN_FILENO, &byte, 1)
        if count == 0 || (count < 0 && errno != EINTR) { _exit(status) }
      }
    }
  }
}
