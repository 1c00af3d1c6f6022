// SPDX-License-Identifier: Apache-2.0

/// A view of numbers that lie one after the other, by an offset and a step along each axis.
struct StridedView {
  private let offset: Int
  private let shape: [Int]
  private let strides: [Int]
  /// The number of values.
  let count: Int
  /// The position behind the last number that the view touches.
  let end: Int

  /// Creates a view; `nil` for negative numbers, for a stride too few or too many, and for what
  /// `Int` cannot count.
  ///
  /// - Parameters:
  ///   - offset: The position of the first value.
  ///   - shape: The lengths of the axes.
  ///   - strides: The steps along the axes.
  init?(offset: Int, shape: [Int], strides: [Int]) {
    guard offset >= 0, shape.count == strides.count, (shape + strides).allSatisfy({ $0 >= 0 }),
      let count = ScalarType.uint8.byteCount(ofShape: shape)
    else { return nil }
    var last = offset
    for (length, stride) in zip(shape, strides) where length > 1 {
      let (step, overflowsStep) = stride.multipliedReportingOverflow(by: length - 1)
      let (sum, overflowsSum) = last.addingReportingOverflow(step)
      guard !overflowsStep, !overflowsSum, sum < Int.max else { return nil }
      last = sum
    }
    self.offset = offset
    self.shape = shape
    // No step is ever made along these axes, whatever the file says about its length.
    self.strides = zip(shape, strides).map { $0 > 1 ? $1 : 0 }
    self.count = count
    end = count == 0 ? 0 : last + 1
  }

  /// Whether the values lie one after the other in C order.
  var isContiguous: Bool {
    var expected = 1
    for (length, stride) in zip(shape, strides).reversed() where length != 1 {
      guard stride == expected else { return false }
      expected *= length
    }
    return true
  }

  /// Copies the values in C order.
  ///
  /// - Parameters:
  ///   - storage: The numbers, at least ``end`` of them.
  ///   - elementByteCount: The bytes of a number: 1, 2, 4 or 8.
  /// - Returns: The bytes of the values.
  /// - Precondition: The storage is large enough.
  /// - Complexity: O(values).
  func contiguousBytes(of storage: RawSpan, elementByteCount: Int) -> [UInt8] {
    precondition(end <= storage.byteCount / elementByteCount, "the view stays in its storage")
    return unsafe storage.withUnsafeBytes { source in
      switch elementByteCount {
      case 1: unsafe gathered(source, as: UInt8.self)
      case 2: unsafe gathered(source, as: UInt16.self)
      case 4: unsafe gathered(source, as: UInt32.self)
      default: unsafe gathered(source, as: UInt64.self)
      }
    }
  }

  private func gathered<Word: FixedWidthInteger & BitwiseCopyable>(
    _ source: UnsafeRawBufferPointer, as type: Word.Type
  ) -> [UInt8] {
    let size = MemoryLayout<Word>.size
    // The last axis is the inner loop; the others count like the wheels of an odometer.
    let (length, step) = (shape.last ?? 1, strides.last ?? 0)
    var wheels = [Int](repeating: 0, count: max(shape.count - 1, 0))
    var start = offset
    return unsafe [UInt8](unsafeUninitializedCapacity: count * size) { target, initializedCount in
      initializedCount = count * size
      let output = UnsafeMutableRawBufferPointer(target)
      for row in 0..<(count / max(length, 1)) {
        for index in 0..<length {
          let word = unsafe source.loadUnaligned(
            fromByteOffset: (start + index * step) * size, as: Word.self)
          unsafe output.storeBytes(
            of: word, toByteOffset: (row * length + index) * size, as: Word.self)
        }
        for axis in wheels.indices.reversed() {
          wheels[axis] += 1
          start += strides[axis]
          if wheels[axis] < shape[axis] { break }
          start -= wheels[axis] * strides[axis]
          wheels[axis] = 0
        }
      }
    }
  }
}
