// SPDX-License-Identifier: Apache-2.0
public import CXRFiles

extension NIHPhantom {
  /// Writes the whole dataset into a folder, each file whole or not at all.
  ///
  ///     try NIHPhantom().write(to: "demo-data/nih")
  ///
  /// - Parameter folder: The path of the folder; it is made when it does not exist.
  /// - Throws: `FileError` with code `.unwritable`.
  /// - Complexity: O(*n*) for *n* radiographs; one file is in memory at a time.
  public func write(to folder: String) throws(FileError) {
    try makeFolder(folder)
    for file in File.allCases {
      try AtomicFile.write(text(of: file), to: "\(folder)/\(file.rawValue)")
    }
  }
}
