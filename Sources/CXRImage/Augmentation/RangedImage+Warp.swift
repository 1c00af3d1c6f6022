// SPDX-License-Identifier: Apache-2.0
internal import Foundation

extension RangedImage {
  /// Returns the image turned, shifted, scaled and sheared about its centre, at the same size.
  ///
  /// Values between pixels are bilinear; beyond the border everything is `fill`, and a pixel that
  /// is partly beyond is a mixture. That is torchvision's `affine` of tensors for a fill of 0, and
  /// SciPy's `affine_transform` with mode `grid-constant` for any, within 1e-5 of the range.
  ///
  /// - Parameters:
  ///   - warp: The rotation, shift, scale and shear.
  ///   - fill: The value of what lies beyond; `nil` for `Range.black`.
  /// - Returns: The image.
  /// - Precondition: The fill is within the range.
  /// - Complexity: O(pixels).
  public func warped(by warp: AffineWarp, fill: Float? = nil) -> RangedImage {
    let fill = fill ?? Range.black
    precondition(Range.bounds.contains(fill), "the fill is within the range")
    let map = warp.source
    let centerX = Double(width - 1) / 2
    let centerY = Double(height - 1) / 2
    let limit = (x: Double(width), y: Double(height))
    var result = ContiguousArray<Float>(repeating: fill, count: pixels.count)
    var output = result.mutableSpan
    let input = pixels.span
    for row in 0..<height {
      let y = Double(row) - centerY
      for column in 0..<width {
        let x = Double(column) - centerX
        let sourceX = map.xx * x + map.xy * y + map.x0 + centerX
        let sourceY = map.yx * x + map.yy * y + map.y0 + centerY
        guard sourceX > -1 && sourceX < limit.x && sourceY > -1 && sourceY < limit.y else {
          continue
        }
        // Both are above -1, so cutting off after adding 1 rounds down, without a library call.
        let (left, top) = (Int(sourceX + 1) - 1, Int(sourceY + 1) - 1)
        let (shareX, shareY) = (Float(sourceX - Double(left)), Float(sourceY - Double(top)))
        func value(_ x: Int, _ y: Int) -> Float {
          x >= 0 && x < width && y >= 0 && y < height ? input[y &* width &+ x] : fill
        }
        let (upper, lower): (Float, Float)
        if left >= 0 && top >= 0 && left < width &- 1 && top < height &- 1 {
          // Most pixels have all four neighbours; looking once saves a quarter of the time.
          let first = top &* width &+ left
          let second = first &+ width
          upper = input[first] * (1 - shareX) + input[first &+ 1] * shareX
          lower = input[second] * (1 - shareX) + input[second &+ 1] * shareX
        } else {
          upper = value(left, top) * (1 - shareX) + value(left + 1, top) * shareX
          lower = value(left, top + 1) * (1 - shareX) + value(left + 1, top + 1) * shareX
        }
        output[row &* width &+ column] = (upper * (1 - shareY) + lower * shareY)
          .limited(to: Range.bounds)
      }
    }
    return RangedImage(width: width, height: height, checked: result)
  }
}
