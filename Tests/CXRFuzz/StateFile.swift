// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file that always holds one number, also when the process ends in a crash.
final class StateFile {
  private let descriptor: Int32

  /// Why the file cannot be written.
  struct Failure: Error {}

  init(path: String) throws {
    descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    if descriptor < 0 { throw Failure() }
  }

  deinit { close(descriptor) }

  /// Replaces the number.
  func write(_ number: Int) {
    let text = Array("\(number)\n".utf8)
    _ = unsafe pwrite(descriptor, text, text.count, 0)
  }
}
