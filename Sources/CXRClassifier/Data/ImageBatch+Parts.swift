// SPDX-License-Identifier: Apache-2.0

extension ImageBatch {
  /// The images in parts.
  ///
  /// - Parameter ranges: The images of each part; those of a part may be none.
  /// - Returns: The parts in order, of the batch's number; the batch itself if it is the only part.
  /// - Complexity: O(pixels).
  func parts(_ ranges: [Range<Int>]) -> [ImageBatch] {
    guard ranges != [0..<count] else { return [self] }
    let pixelCount = pixelShape.dropFirst().reduce(1, *)
    return ranges.map { range in
      func rows<Element>(_ elements: [Element], _ width: Int) -> [Element] {
        Array(elements[range.lowerBound * width..<range.upperBound * width])
      }
      return ImageBatch(
        number: number, labels: labels, radiographIDs: rows(radiographIDs, 1),
        sources: rows(sources, 1), pixels: rows(pixels, pixelCount),
        pixelShape: [range.count] + pixelShape.dropFirst(), targets: rows(targets, labels.count),
        mask: rows(mask, labels.count))
    }
  }
}
