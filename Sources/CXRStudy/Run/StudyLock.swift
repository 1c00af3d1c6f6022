// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Keeps two processes from running one study at the same time.
///
/// The kernel lets go of the lock when its process ends, however that happens.
struct StudyLock: ~Copyable {
  private let file: Int32

  /// Takes the lock.
  ///
  /// - Parameter path: The path of the file that is locked; it is made, and stays.
  /// - Throws: ``StudyError`` with code `.busy` while another process has it.
  init(path: String) throws(StudyError) {
    file = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
    guard file >= 0 else {
      throw StudyError(.busy, "\(path) cannot be opened; check the permissions of its folder.")
    }
    guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
      close(file)
      throw StudyError(
        .busy,
        "Another cxr study run works on this study; wait for it, or look with cxr study status.")
    }
  }

  deinit { close(file) }
}
