// SPDX-License-Identifier: Apache-2.0

extension Plane {
  /// Resizes by a filter; a plane that has the size already is returned as it is.
  func resized(width newWidth: Int, height newHeight: Int, filter: ResizeFilter) -> Plane {
    if newWidth == width && newHeight == height { return self }
    if filter.isMean, let averaged = Pixel.averaged(self, width: newWidth, height: newHeight) {
      return averaged
    }
    let columns = ResizeAxis(from: width, to: newWidth, filter: filter)
    let rows =
      newHeight == newWidth && height == width
      ? columns : ResizeAxis(from: height, to: newHeight, filter: filter)
    return filter.isMean
      ? FloatResampler(columns: columns, rows: rows).resample(self)
      : Pixel.filtered(self, columns: columns, rows: rows)
  }
}
