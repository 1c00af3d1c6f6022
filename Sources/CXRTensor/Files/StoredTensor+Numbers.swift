// SPDX-License-Identifier: Apache-2.0
public import CXRFiles

extension StoredTensor {
  /// Reads the values as numbers.
  ///
  ///     let mean = try file.tensors.tensor(named: "norm.running_mean").numbers()
  ///
  /// - Returns: The values in C order; `true` gives 1, and whole numbers beyond 2⁵³ are rounded.
  /// - Throws: `FileError` with code `.malformed` for floats of 8 bits.
  /// - Complexity: O(values).
  public func numbers() throws(FileError) -> [Double] {
    switch scalarType {
    case .bool: words(UInt8.self) { $0 == 0 ? 0 : 1 }
    case .uint8: words(UInt8.self) { Double($0) }
    case .uint16: words(UInt16.self) { Double($0) }
    case .uint32: words(UInt32.self) { Double($0) }
    case .uint64: words(UInt64.self) { Double($0) }
    case .int8: words(Int8.self) { Double($0) }
    case .int16: words(Int16.self) { Double($0) }
    case .int32: words(Int32.self) { Double($0) }
    case .int64: words(Int64.self) { Double($0) }
    case .float16: words(UInt16.self) { Double(Float16(bitPattern: $0)) }
    case .bfloat16: words(UInt16.self) { Double(Float(bitPattern: UInt32($0) << 16)) }
    case .float32: words(UInt32.self) { Double(Float(bitPattern: $0)) }
    case .float64: words(UInt64.self) { Double(bitPattern: $0) }
    case .float8E4M3, .float8E5M2:
      throw FileError(
        .malformed,
        "\(path.map { "\($0): " } ?? "")\(shown(name)) holds \(scalarType.rawValue), which cxr does "
          + "not compute with; convert it in PyTorch with .to(torch.bfloat16) and save it again.")
    }
  }

  /// Values need not lie where their type wants them.
  private func words<Word: FixedWidthInteger & BitwiseCopyable>(
    _ type: Word.Type, _ number: (Word) -> Double
  ) -> [Double] {
    unsafe withUnsafeBytes { buffer in
      (0..<scalarCount).map { index in
        number(
          Word(
            littleEndian: unsafe buffer.loadUnaligned(
              fromByteOffset: index * MemoryLayout<Word>.size, as: Word.self)))
      }
    }
  }
}
