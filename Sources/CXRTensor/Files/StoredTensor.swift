// SPDX-License-Identifier: Apache-2.0

/// A tensor in a weight file: a name, a type, a shape, and the bytes where the file has them.
///
///     let weight = try WeightFile(path: "unet.safetensors").tensors.tensor(named: "conv_in.weight")
///     weight.shape  // [320, 4, 3, 3]
///     weight.withBytes { $0.byteCount }  // 46080
///
/// The values are contiguous, in C order and little-endian. They stay in the mapped file, which is
/// kept open as long as one of its tensors lives and must not be shortened meanwhile; only what
/// PyTorch stored with gaps or repetitions is in memory.
public struct StoredTensor: Sendable {
  /// The name in its file.
  public let name: String
  /// The type of the numbers.
  public let scalarType: ScalarType
  /// The lengths of the axes, none negative; empty for a single number.
  public let shape: [Int]
  /// The path of the file that it was read from, if any.
  public let path: String?
  let bytes: TensorBytes

  /// Creates a tensor in memory, such as one to write.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - scalarType: The type of the numbers.
  ///   - shape: The lengths of the axes.
  ///   - bytes: The values in C order, little-endian.
  /// - Precondition: There are as many bytes as type and shape say.
  public init(name: String, scalarType: ScalarType, shape: [Int], bytes: [UInt8]) {
    self.init(
      name: name, scalarType: scalarType, shape: shape, path: nil, bytes: .copied(bytes))
  }

  /// Creates a tensor.
  ///
  /// - Precondition: There are as many bytes as type and shape say.
  init(
    name: String, scalarType: ScalarType, shape: [Int], path: String?, bytes: TensorBytes
  ) {
    precondition(
      scalarType.byteCount(ofShape: shape) == bytes.count, "bytes, type and shape must agree")
    self.name = name
    self.scalarType = scalarType
    self.shape = shape
    self.path = path
    self.bytes = bytes
  }

  /// The number of bytes.
  public var byteCount: Int { bytes.count }

  /// The number of values; 1 for a tensor without axes.
  public var scalarCount: Int { byteCount / scalarType.byteCount }

  /// Whether the bytes lie in a mapped file, not in memory of their own.
  public var isMapped: Bool { if case .mapped = bytes { true } else { false } }

  /// Whether the values lie where their type wants them, so that they may be used in place.
  ///
  /// Old writers of safetensors did not pad the header; their values must be copied.
  public var isAligned: Bool {
    unsafe withUnsafeBytes { UInt(bitPattern: $0.baseAddress) % UInt(scalarType.byteCount) == 0 }
  }

  /// Lends the bytes.
  ///
  /// - Parameter body: Called once with all bytes.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public func withBytes<Value, Failure: Error>(
    _ body: (RawSpan) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try bytes.withBytes(body)
  }

  /// Lends the bytes to code that wants an address, such as a C function.
  ///
  /// - Parameter body: Called once with all bytes; the address is good for this call only.
  /// - Returns: What `body` returns.
  /// - Throws: What `body` throws.
  public func withUnsafeBytes<Value, Failure: Error>(
    _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try withBytes { bytes throws(Failure) in
      try unsafe bytes.withUnsafeBytes { buffer throws(Failure) in try unsafe body(buffer) }
    }
  }

  /// Returns the same tensor under another name.
  ///
  /// - Parameter name: The new name.
  /// - Returns: A tensor that shares the bytes.
  public func renamed(_ name: String) -> StoredTensor {
    StoredTensor(name: name, scalarType: scalarType, shape: shape, path: path, bytes: bytes)
  }
}
