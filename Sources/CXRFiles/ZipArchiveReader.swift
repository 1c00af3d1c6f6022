// SPDX-License-Identifier: Apache-2.0
internal import CArchive
internal import Glibc

/// Reads the files of a zip archive one after the other, in the order in which they are stored.
///
/// Nothing is unpacked to disk. Folders and links are passed over.
///
///     let archive = try ZipArchiveReader(path: "mimic-cxr-reports.zip")
///     while let entry = try archive.next() {
///       print(entry.path, try archive.contents().count)
///     }
@safe public final class ZipArchiveReader {
  /// The path of the archive, as given.
  public let path: String
  /// The most bytes that an entry may have uncompressed.
  public let entryByteLimit: Int
  private let archive: OpaquePointer
  private let locale = CharacterLocale()
  /// What libarchive reads instead of the path, if anything.
  private let file: MappedFile?
  private var entry: ZipArchiveEntry?
  /// Where libarchive puts the next bytes of an entry.
  private var chunk = [UInt8](repeating: 0, count: 1 << 16)

  /// Opens an archive.
  ///
  /// - Parameters:
  ///   - path: The path of a zip file.
  ///   - entryByteLimit: The most bytes that an entry may have uncompressed, so that a small hostile
  ///     file cannot fill the memory.
  /// - Throws: ``FileError`` with code `.missing` or `.unreadable`, `.truncated` if the archive ends
  ///   early, `.malformed` if it is no zip archive.
  public init(path: String, entryByteLimit: Int = 64 << 20) throws(FileError) {
    try requireReadableFile(path)
    guard let archive = unsafe archive_read_new() else {
      throw FileError(.unreadable, "\(path): libarchive cannot be started.")
    }
    self.path = path
    self.entryByteLimit = entryByteLimit
    file = nil
    unsafe self.archive = archive
    guard unsafe archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK,
      unsafe archive_read_open_filename(archive, path, 1 << 16) == ARCHIVE_OK
    else { throw failure() }
  }

  /// Opens an archive that is mapped, so that ``storedRange()`` can say where its entries lie.
  ///
  /// - Parameters:
  ///   - file: The archive.
  ///   - path: The path of the archive.
  ///   - entryByteLimit: The most bytes that ``contents()`` may return.
  /// - Throws: ``FileError`` with code `.unreadable`, `.truncated` if the archive ends early,
  ///   `.malformed` if it is no zip archive.
  public init(
    mapping file: MappedFile, path: String, entryByteLimit: Int = 64 << 20
  ) throws(FileError) {
    guard let archive = unsafe archive_read_new() else {
      throw FileError(.unreadable, "\(path): libarchive cannot be started.")
    }
    self.path = path
    self.entryByteLimit = entryByteLimit
    self.file = file
    unsafe self.archive = archive
    // libarchive keeps the address until it is freed; this object holds the mapping longer.
    guard unsafe archive_read_support_format_zip_seekable(archive) == ARCHIVE_OK,
      unsafe archive_read_open_memory(archive, file.start, file.count) == ARCHIVE_OK
    else { throw failure() }
  }

  deinit { unsafe archive_read_free(archive) }

  /// Goes to the next file.
  ///
  /// - Returns: The file, or `nil` at the end of the archive.
  /// - Throws: ``FileError`` with code `.truncated` if the archive is damaged, `.malformed` if the
  ///   path of an entry leads out of it.
  /// - Complexity: O(1); the first call reads the directory of the archive.
  public func next() throws(FileError) -> ZipArchiveEntry? {
    entry = nil
    while let header = unsafe try nextHeader() {
      guard unsafe archive_entry_filetype(header) == S_IFREG else { continue }
      // A name that is not UTF-8 comes as bytes only.
      let name =
        unsafe (archive_entry_pathname_utf8(header) ?? archive_entry_pathname(header))
        .map { unsafe String(cString: $0) } ?? ""
      guard ArchivePath.isSafe(name) else {
        throw FileError(
          .malformed,
          "\(path) has an entry whose path leads out of the archive; do not trust this file.")
      }
      entry = ZipArchiveEntry(path: name, byteCount: Int(unsafe archive_entry_size(header)))
      return entry
    }
    return nil
  }

  /// Reads the file that ``next()`` returned last; once.
  ///
  /// - Returns: The uncompressed bytes.
  /// - Throws: ``FileError`` with code `.malformed` if the entry is damaged, encrypted, or larger
  ///   than ``entryByteLimit``.
  /// - Precondition: ``next()`` has returned an entry that was not read yet.
  public func contents() throws(FileError) -> [UInt8] {
    guard let entry else { preconditionFailure("next() comes before contents()") }
    self.entry = nil
    var bytes: [UInt8] = []
    // The stated size is no more than a promise.
    bytes.reserveCapacity(min(max(entry.byteCount, 0), 1 << 20))
    while true {
      guard max(bytes.count, entry.byteCount) <= entryByteLimit else {
        throw FileError(
          .malformed,
          "\(path): \(entry.path) has more than \(entryByteLimit) bytes uncompressed; "
            + "do not trust this file.")
      }
      let count = unsafe chunk.withUnsafeMutableBytes { buffer in
        unsafe archive_read_data(archive, buffer.baseAddress, buffer.count)
      }
      guard count >= 0 else { throw damaged(entry) }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Finds the file that ``next()`` returned last, and checks its checksum; once.
  ///
  /// - Returns: Where the bytes lie in the mapped archive, or `nil` if they are compressed.
  /// - Throws: ``FileError`` with code `.malformed` if the entry is damaged or encrypted.
  /// - Precondition: The archive was opened with a mapped file, and ``next()`` has returned an entry
  ///   that was not read yet.
  /// - Complexity: O(bytes), for the checksum.
  public func storedRange() throws(FileError) -> Range<Int>? {
    guard let entry, let file else { preconditionFailure("next() comes before storedRange()") }
    self.entry = nil
    var range = 0..<0
    while true {
      var block: UnsafeRawPointer?
      var count = 0
      var offset: Int64 = 0
      let status = unsafe archive_read_data_block(archive, &block, &count, &offset)
      if status == ARCHIVE_EOF { return range }
      guard status == ARCHIVE_OK else { throw damaged(entry) }
      if count == 0 { continue }
      // What is stored as it is, libarchive lends where it lies; what is not, from its own memory.
      // An address outside the mapping, or below it, gives a position outside the file.
      let start = UInt(bitPattern: block) &- UInt(bitPattern: unsafe file.start)
      guard start < file.count, count <= file.count - Int(start) else { return nil }
      guard range.isEmpty || range.upperBound == Int(start) else { return nil }
      range = (range.isEmpty ? Int(start) : range.lowerBound)..<Int(start) + count
    }
  }

  private func damaged(_ entry: ZipArchiveEntry) -> FileError {
    FileError(
      .malformed,
      "\(path): \(entry.path) cannot be unpacked (\(reason)); download or copy it again.")
  }

  private func nextHeader() throws(FileError) -> OpaquePointer? {
    var header: OpaquePointer?
    let status = locale.run { unsafe archive_read_next_header(archive, &header) }
    switch status {
    case ARCHIVE_EOF: return nil
    // A warning is about a name or a time that libarchive cannot express.
    case ARCHIVE_OK, ARCHIVE_WARN: return unsafe header
    default: throw failure()
    }
  }

  private func failure() -> FileError {
    let reason = reason
    let beginning: [UInt8]
    do { beginning = try fileBytes(at: path, upTo: 2) } catch { return error }
    return beginning.elementsEqual("PK".utf8)
      ? FileError(
        .truncated,
        "\(path) is not a whole zip archive (\(reason)); download or copy it again.")
      : FileError(.malformed, "\(path) is not a zip archive; name a .zip or .xlsx file.")
  }

  private var reason: String {
    unsafe archive_error_string(archive).map { unsafe String(cString: $0) } ?? "no reason given"
  }
}
