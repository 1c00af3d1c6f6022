// SPDX-License-Identifier: Apache-2.0
internal import CArchive
internal import Glibc

/// A zip archive that is written entry by entry and appears when it is finished.
///
/// The same entries give the same bytes: every entry bears the first date that zip knows.
///
///     let archive = try ZipArchiveWriter(path: "mimic-cxr-reports.zip")
///     try archive.add(Array(report.utf8), path: "files/p10/p10000032/s50414267.txt")
///     try archive.finish()
@safe public final class ZipArchiveWriter {
  private let part: PartFile
  private let archive: OpaquePointer
  private let entry: OpaquePointer

  /// Opens an archive aside.
  ///
  /// - Parameter path: The path that the finished archive shall have; its folder must exist.
  /// - Throws: ``FileError`` with code `.unwritable`.
  public init(path: String) throws(FileError) {
    part = try PartFile(path: path)
    guard let archive = unsafe archive_write_new() else {
      throw part.unwritable("libarchive cannot be started")
    }
    guard let entry = unsafe archive_entry_new() else {
      unsafe archive_write_free(archive)
      throw part.unwritable("libarchive cannot be started")
    }
    unsafe self.archive = archive
    unsafe self.entry = entry
    guard unsafe archive_write_set_format_zip(archive) == ARCHIVE_OK,
      unsafe archive_write_set_options(archive, "hdrcharset=UTF-8") == ARCHIVE_OK,
      unsafe archive_write_open_fd(archive, part.descriptor) == ARCHIVE_OK
    else { throw failure() }
  }

  deinit {
    unsafe archive_entry_free(entry)
    unsafe archive_write_free(archive)
  }

  /// The path of the archive, as given.
  public var path: String { part.path }

  /// Adds a file.
  ///
  /// - Parameters:
  ///   - bytes: The content.
  ///   - entryPath: The path in the archive, such as `files/p10/p10000032/s50414267.txt`.
  /// - Throws: ``FileError`` with code `.unwritable`, for a full disk and the like.
  /// - Precondition: The path is relative and has no step upwards.
  public func add(_ bytes: [UInt8], path entryPath: String) throws(FileError) {
    precondition(ArchivePath.isSafe(entryPath), "\(entryPath) leaves the archive")
    // Without a time of modification, libarchive writes the first date that zip knows.
    unsafe archive_entry_clear(entry)
    unsafe archive_entry_set_pathname_utf8(entry, entryPath)
    unsafe archive_entry_set_filetype(entry, S_IFREG)
    unsafe archive_entry_set_perm(entry, 0o644)
    unsafe archive_entry_set_size(entry, Int64(bytes.count))
    guard unsafe archive_write_header(archive, entry) == ARCHIVE_OK else { throw failure() }
    let count = unsafe bytes.withUnsafeBytes { buffer in
      unsafe archive_write_data(archive, buffer.baseAddress, buffer.count)
    }
    guard count == bytes.count else { throw failure() }
  }

  /// Writes the directory of the archive and puts the file in place.
  ///
  /// - Throws: ``FileError`` with code `.unwritable`; nothing is then left behind.
  public func finish() throws(FileError) {
    guard unsafe archive_write_close(archive) == ARCHIVE_OK else { throw failure() }
    try part.finish()
  }

  private func failure() -> FileError {
    part.unwritable(
      unsafe archive_error_string(archive).map { unsafe String(cString: $0) }
        ?? "libarchive gives no reason")
  }
}
