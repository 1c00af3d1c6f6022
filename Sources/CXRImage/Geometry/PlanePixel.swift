// SPDX-License-Identifier: Apache-2.0

/// A kind of pixel that the transforms work on: bytes, 16-bit words, or floats.
protocol PlanePixel: Sendable, Comparable {
  /// The value as a float, exact for all kinds.
  var float: Float { get }

  /// The nearest value of this kind within bounds, halves upwards.
  init(nearest value: Float, in bounds: ClosedRange<Self>)

  /// Resizes by a filter that is defined by kernels, in the arithmetic of Pillow.
  static func filtered(
    _ plane: Plane<Self>, columns: ResizeAxis, rows: ResizeAxis
  ) -> Plane<Self>

  /// Resizes by the area filter in a quicker way if there is one for these sizes.
  static func averaged(_ plane: Plane<Self>, width: Int, height: Int) -> Plane<Self>?
}

extension PlanePixel {
  static func averaged(_ plane: Plane<Self>, width: Int, height: Int) -> Plane<Self>? { nil }
}

extension FloatingPoint {
  /// The value, or the bound that it is beyond.
  @inline(__always)
  func limited(to bounds: ClosedRange<Self>) -> Self {
    min(max(self, bounds.lowerBound), bounds.upperBound)
  }
}

extension UInt8: PlanePixel {
  @inline(__always) var float: Float { Float(self) }

  @inline(__always)
  init(nearest value: Float, in bounds: ClosedRange<UInt8>) {
    let limited = (value + 0.5).limited(to: Float(bounds.lowerBound)...Float(bounds.upperBound))
    self = UInt8(truncatingIfNeeded: Int32(limited))
  }

  static func filtered(
    _ plane: Plane<UInt8>, columns: ResizeAxis, rows: ResizeAxis
  ) -> Plane<UInt8> {
    KernelResampler<ByteSums>(columns: columns, rows: rows).resample(plane)
  }

  static func averaged(_ plane: Plane<UInt8>, width: Int, height: Int) -> Plane<UInt8>? {
    HalvingResampler.resample(plane, width: width, height: height)
  }
}

extension UInt16: PlanePixel {
  @inline(__always) var float: Float { Float(self) }

  @inline(__always)
  init(nearest value: Float, in bounds: ClosedRange<UInt16>) {
    let limited = (value + 0.5).limited(to: Float(bounds.lowerBound)...Float(bounds.upperBound))
    self = UInt16(truncatingIfNeeded: Int32(limited))
  }

  static func filtered(
    _ plane: Plane<UInt16>, columns: ResizeAxis, rows: ResizeAxis
  ) -> Plane<UInt16> {
    KernelResampler<WordSums>(columns: columns, rows: rows).resample(plane)
  }
}

extension Float: PlanePixel {
  @inline(__always) var float: Float { self }

  @inline(__always)
  init(nearest value: Float, in bounds: ClosedRange<Float>) { self = value.limited(to: bounds) }

  static func filtered(
    _ plane: Plane<Float>, columns: ResizeAxis, rows: ResizeAxis
  ) -> Plane<Float> {
    FloatResampler(columns: columns, rows: rows).resample(plane)
  }
}
