// SPDX-License-Identifier: Apache-2.0

extension ImageBatch {
  /// The images in the fewest parts of at most so many, which differ by one image at most.
  ///
  /// - Parameter largest: The most images of a part, at least 1.
  /// - Returns: The parts in order, of the batch's number; the batch itself if it is small enough.
  /// - Complexity: O(pixels).
  func parts(ofAtMost largest: Int) -> [ImageBatch] {
    precondition(largest > 0, "a part has an image")
    guard count > largest else { return [self] }
    let partCount = (count + largest - 1) / largest
    let pixelCount = pixels.count / count
    return (0..<partCount).map { part in
      let range = count * part / partCount..<count * (part + 1) / partCount
      func rows<Element>(_ elements: [Element], _ width: Int) -> [Element] {
        Array(elements[range.lowerBound * width..<range.upperBound * width])
      }
      return ImageBatch(
        number: number, findings: findings, radiographIDs: rows(radiographIDs, 1),
        sources: rows(sources, 1), pixels: rows(pixels, pixelCount),
        pixelShape: [range.count] + pixelShape.dropFirst(), targets: rows(targets, findings.count),
        mask: rows(mask, findings.count))
    }
  }
}
