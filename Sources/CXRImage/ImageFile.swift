// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The bytes of an image file, and the words that errors about it have in common.
struct ImageFile {
  /// How messages name the file.
  let name: String
  /// The content.
  let bytes: [UInt8]

  /// Reads a file whole.
  ///
  /// - Parameters:
  ///   - path: The path of the file.
  ///   - byteLimit: The most bytes that it may have.
  /// - Throws: ``ImageError`` with code `.missing`, `.unreadable` or `.tooLarge`.
  init(path: String, byteLimit: Int) throws(ImageError) {
    // A pipe must not make the program wait until somebody writes to it.
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    var status = stat()
    guard descriptor >= 0 else {
      let code: ImageError.Code = errno == ENOENT ? .missing : .unreadable
      throw ImageError(code, "\(path) cannot be opened: \(Self.systemError); check the path.")
    }
    defer { close(descriptor) }
    guard unsafe fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw ImageError(.unreadable, "\(path) is no regular file; name an image file.")
    }
    let byteCount = Int(status.st_size)
    guard byteCount <= byteLimit else {
      throw ImageError(
        .tooLarge,
        "\(path) has \(byteCount) bytes, more than the limit of \(byteLimit)"
          + Self.remedy(
            megapixels: ImageLimits.megapixels(
              for: byteCount, ofStandard: ImageLimits.standard.fileByteCount)))
    }
    var problem: String?
    bytes = unsafe [UInt8](unsafeUninitializedCapacity: byteCount) { buffer, count in
      while count < buffer.count {
        let received = unsafe read(
          descriptor, buffer.baseAddress?.advanced(by: count), buffer.count - count)
        if received < 0, errno == EINTR { continue }
        if received < 0 { problem = Self.systemError }
        guard received > 0 else { break }
        count += received
      }
    }
    name = path
    if let problem { throw ImageError(.unreadable, "\(path) cannot be read: \(problem).") }
  }

  /// Takes bytes that were read elsewhere.
  ///
  /// - Parameters:
  ///   - name: How messages name the file.
  ///   - bytes: The content.
  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// Recognises the format.
  ///
  /// - Returns: The format.
  /// - Throws: ``ImageError`` with code `.truncated` for an empty file, `.unsupported` for one of
  ///   another format.
  func format() throws(ImageError) -> ImageFormat {
    guard !bytes.isEmpty else {
      throw ImageError(.truncated, "\(name) is empty; download or copy it again.")
    }
    if let format = ImageFormat(bytes.prefix(132)) { return format }
    let found = ImageFormat.foreignName(bytes.prefix(16)).map { "is \($0) file" }
    throw ImageError(
      .unsupported,
      "\(name) \(found ?? "begins like no image file that is read here"); convert it to PNG, JPEG "
        + "or DICOM.")
  }

  /// Refuses an image whose size passes a limit.
  ///
  /// - Parameters:
  ///   - width: The width that the file states.
  ///   - height: The height that the file states.
  ///   - byteCount: What decoding takes, in bytes.
  ///   - limits: The limits.
  /// - Throws: ``ImageError`` with code `.tooLarge`.
  func require(
    width: Int, height: Int, byteCount: Int = 0, within limits: ImageLimits
  ) throws(ImageError) {
    let limit: String
    if max(width, height) > limits.side {
      limit = "\(limits.side) pixels a side"
    } else if width * height > limits.pixelCount {
      limit = "\(limits.pixelCount) pixels"
    } else if byteCount > limits.decodedByteCount {
      limit = "\(limits.decodedByteCount) bytes to decode"
    } else {
      return
    }
    let standard = ImageLimits.standard
    let needed = [
      (width * height + 999_999) / 1_000_000,
      ImageLimits.megapixels(for: max(width, height), ofStandard: standard.side),
      ImageLimits.megapixels(for: byteCount, ofStandard: standard.decodedByteCount),
    ]
    throw ImageError(
      .tooLarge,
      "\(name) states \(width) × \(height) pixels, more than the limit of \(limit)"
        + Self.remedy(megapixels: needed.max() ?? 0))
  }

  /// The end of a sentence about a limit: the option that raises it, where one goes as far.
  private static func remedy(megapixels: Int) -> String {
    megapixels <= ImageLimits.largestMegapixels
      ? "; raise the limit with --max-megapixels \(max(1, megapixels)) if the file is to be trusted."
      : ", and than any that can be set; make a smaller copy of the image."
  }

  /// Says that decoding failed.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - format: The name of the format.
  ///   - words: The library's words.
  /// - Returns: The error.
  func failure(_ code: ImageError.Code, _ format: String, _ words: String) -> ImageError {
    switch code {
    case .truncated:
      ImageError(
        code, "\(name) ends in the middle of its \(format) data; download or copy it again.")
    case .unsupported:
      ImageError(code, "\(name) is a \(format) file of a kind that is not read here: \(words).")
    default:
      ImageError(code, "\(name) is a damaged \(format) file: \(words); download or copy it again.")
    }
  }

  /// Says that there is no memory.
  var outOfMemory: ImageError {
    ImageError(.unreadable, "\(name) cannot be decoded: there is no memory left.")
  }

  private static var systemError: String {
    unsafe strerror(errno).map { unsafe String(cString: $0) } ?? "error \(errno)"
  }
}
