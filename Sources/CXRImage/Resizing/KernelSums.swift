// SPDX-License-Identifier: Apache-2.0

/// The arithmetic in which Pillow sums weighted pixels of one kind.
protocol KernelSums {
  associatedtype Pixel: PlanePixel
  associatedtype Weight: Sendable
  associatedtype Sum

  /// Turns a weight into the form in which it is multiplied.
  static func weight(_ weight: Double) -> Weight
  /// The sum of nothing.
  static var start: Sum { get }
  /// Adds one weighted pixel.
  static func add(_ pixel: Pixel, _ weight: Weight, to sum: inout Sum)
  /// Rounds a sum to a pixel.
  static func pixel(_ sum: Sum, in bounds: ClosedRange<Pixel>) -> Pixel
}

/// Bytes: weights as multiples of 2⁻²², so that sums are exact whole numbers.
enum ByteSums: KernelSums {
  @inline(__always)
  static func weight(_ weight: Double) -> Int32 {
    Int32(weight * 0x1p22 + (weight < 0 ? -0.5 : 0.5))
  }

  @inline(__always) static var start: Int32 { 1 << 21 }

  @inline(__always)
  static func add(_ pixel: UInt8, _ weight: Int32, to sum: inout Int32) {
    sum &+= Int32(truncatingIfNeeded: pixel) &* weight
  }

  @inline(__always)
  static func pixel(_ sum: Int32, in bounds: ClosedRange<UInt8>) -> UInt8 {
    let value = sum >> 22
    let low = Int32(truncatingIfNeeded: bounds.lowerBound)
    let high = Int32(truncatingIfNeeded: bounds.upperBound)
    return UInt8(truncatingIfNeeded: min(max(value, low), high))
  }
}

/// Words: sums in double precision, rounded after each axis.
enum WordSums: KernelSums {
  @inline(__always) static func weight(_ weight: Double) -> Double { weight }

  @inline(__always) static var start: Double { 0 }

  @inline(__always)
  static func add(_ pixel: UInt16, _ weight: Double, to sum: inout Double) {
    sum += Double(pixel) * weight
  }

  @inline(__always)
  static func pixel(_ sum: Double, in bounds: ClosedRange<UInt16>) -> UInt16 {
    let limited = (sum + 0.5).limited(to: Double(bounds.lowerBound)...Double(bounds.upperBound))
    return UInt16(truncatingIfNeeded: Int32(limited))
  }
}
