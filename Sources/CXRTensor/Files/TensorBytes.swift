// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// The values of a stored tensor: bytes of a mapped file, or bytes in memory.
///
/// Copies share the bytes; the last one lets go of the mapping.
enum TensorBytes: Sendable {
  /// A part of a mapped file, which must lie within it.
  case mapped(MappedFile, Range<Int>)
  /// Bytes of their own.
  case copied([UInt8])

  /// The number of bytes.
  var count: Int {
    switch self {
    case .mapped(_, let range): range.count
    case .copied(let bytes): bytes.count
    }
  }

  /// Lends the bytes.
  ///
  /// - Parameter body: Called once with all bytes.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  func withBytes<Value, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    switch self {
    case .mapped(let file, let range):
      try file.withBytes { bytes throws(Failure) in try body(bytes.extracting(range)) }
    case .copied(let bytes): try unsafe body(bytes.span.bytes)
    }
  }
}
