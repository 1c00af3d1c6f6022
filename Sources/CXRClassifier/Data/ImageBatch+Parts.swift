// SPDX-License-Identifier: Apache-2.0

extension ImageBatch {
  /// The images in parts that differ by one image at most.
  ///
  /// - Parameter partCount: The number of parts, at least 1; some have no image if there are more
  ///   parts than images.
  /// - Returns: The parts in order, of the batch's number; the batch itself for one part.
  /// - Complexity: O(pixels).
  func parts(_ partCount: Int) -> [ImageBatch] {
    precondition(partCount > 0, "there is a part")
    guard partCount > 1 else { return [self] }
    let pixelCount = pixelShape.dropFirst().reduce(1, *)
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
