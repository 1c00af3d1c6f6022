// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The operating system's words for the last failure of a system call.
///
/// Read it right after the call: anything in between may overwrite the number.
var lastSystemError: String {
  guard let words = unsafe strerror(errno) else { return "error \(errno)" }
  return unsafe String(cString: words)
}

/// Throws unless a path names a readable file.
///
/// - Parameter path: The path of the file.
/// - Throws: ``FileError`` with code `.missing` or `.unreadable`.
func requireReadableFile(_ path: String) throws(FileError) {
  var status = stat()
  guard unsafe stat(path, &status) == 0 else {
    throw FileError(.missing, "\(path): \(lastSystemError); check the path.")
  }
  guard status.st_mode & S_IFMT != S_IFDIR else {
    throw FileError(.unreadable, "\(path) is a folder; name a file in it.")
  }
}
