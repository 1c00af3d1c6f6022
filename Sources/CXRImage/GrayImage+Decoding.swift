// SPDX-License-Identifier: Apache-2.0

extension GrayImage {
  /// Decodes an image file: PNG, JPEG or DICOM, told apart by their first bytes.
  ///
  ///     let image = try GrayImage(contentsOf: "images/00000001_000.png")
  ///
  /// What becomes of the pixels depends on the format:
  ///
  /// - **PNG**: 1 to 16 bits as they are in the file. Of colours and of transparency the first
  ///   channel is taken; colours of a palette have 8 bits.
  /// - **JPEG**: 8 bits. Of colours the luminance is taken, as the file stores it.
  /// - **DICOM**: the window stretched over 16 bits, as ``DICOMImage/grayImage()`` does.
  ///
  /// - Parameters:
  ///   - path: The path of the file; its extension does not matter.
  ///   - limits: How much the file may ask for.
  ///   - minimumSide: If given, an image may be decoded at a fraction of its size, as long as its
  ///     shorter side keeps this many pixels; that takes a fraction of the time. A JPEG comes at an
  ///     eighth, a quarter or half of its size. A DICOM image compressed by JPEG 2000, if it has a
  ///     window or a display table, comes at one of the sizes that it was compressed at, each half
  ///     of the one before, with at least twice this many pixels: these are the codec's own low-pass
  ///     pictures, which lie up to half a decoded pixel to the upper left of means of pixels. Other
  ///     images come at full size.
  /// - Throws: ``ImageError`` with code `.missing` or `.unreadable`; `.tooLarge` if a limit is
  ///   passed; `.truncated` if the file ends too early; `.malformed` if it is damaged;
  ///   `.unsupported` if its format or kind is not read here.
  /// - Complexity: O(size of the file + number of pixels).
  public init(
    contentsOf path: String, limits: ImageLimits = .standard, shrinkingTo minimumSide: Int? = nil
  ) throws(ImageError) {
    let file = try ImageFile(path: path, byteLimit: limits.fileByteCount)
    try self.init(file, limits: limits, shrinkingTo: minimumSide)
  }

  /// Decodes the bytes of an image file, as ``init(contentsOf:limits:shrinkingTo:)`` does.
  ///
  /// - Parameters:
  ///   - bytes: The content of the file.
  ///   - name: How errors name the file.
  ///   - limits: How much the file may ask for.
  ///   - minimumSide: If given, how small a JPEG or JPEG 2000 image may become.
  /// - Throws: ``ImageError`` as for a file that is read.
  /// - Complexity: O(number of bytes + number of pixels).
  public init(
    decoding bytes: [UInt8], name: String, limits: ImageLimits = .standard,
    shrinkingTo minimumSide: Int? = nil
  ) throws(ImageError) {
    try self.init(ImageFile(name: name, bytes: bytes), limits: limits, shrinkingTo: minimumSide)
  }

  private init(
    _ file: ImageFile, limits: ImageLimits, shrinkingTo minimumSide: Int?
  ) throws(ImageError) {
    let format = try file.format()
    self = try unsafe file.bytes.withUnsafeBufferPointer { bytes throws(ImageError) in
      switch format {
      case .png:
        try unsafe PNGDecoder(file, bytes: bytes, limits: limits).image()
      case .jpeg:
        try unsafe JPEGDecoder(file, bytes: bytes)
          .image(within: limits, shrinkingTo: minimumSide)
      case .dicom:
        try unsafe DICOMImage(file, bytes: bytes, limits: limits, shrinkingTo: minimumSide)
          .grayImage()
      }
    }
  }
}
