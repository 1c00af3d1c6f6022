// SPDX-License-Identifier: Apache-2.0
public import CXRImage

extension DemographicModel {
  /// Prepares a radiograph as RoentGen-v2's quality check does.
  ///
  /// The image is reduced to 224 × 224 pixels by area, squeezed if it is not square; stretched so
  /// that its darkest pixel is black and its brightest white; enlarged bilinearly to ``side``, where
  /// that is larger; and brought to ``intensities``. An input of 320 pixels so holds no more detail
  /// than one of 224.
  ///
  /// - Parameter image: A decoded radiograph.
  /// - Returns: Red, green and blue, each `side` × `side` values in rows.
  /// - Throws: `ImageError` as the transforms do, which fit every decoded image.
  /// - Complexity: O(pixels).
  public func planes(of image: GrayImage) throws(ImageError) -> [ContiguousArray<Float>] {
    let small = try RangedImage<UnitRange>(image).transformed(by: .resize(.square(224), .area))
    var input = RangedImage<XRVRange>(stretching: small)
    if side != 224 { input = try input.transformed(by: .resize(.square(side), .bilinear)) }
    switch intensities {
    case .bytes:
      return Array(repeating: RangedImage<ByteRange>(input).pixels, count: 3)
    case .imageNet:
      let unit = RangedImage<UnitRange>(input)
      return Standardization.imageNet.map { unit.standardized(by: $0).pixels }
    }
  }
}
