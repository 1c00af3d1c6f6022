// SPDX-License-Identifier: Apache-2.0
public import CXRGeneration

extension StudyIndex.Distance {
  /// The distance with what `cxr diffusion score` found.
  ///
  /// - Parameter comparison: The scores of the generated images, which are the first of it.
  /// - Returns: The distance with its value, the numbers of images and how it was computed; without a
  ///   value, with the reason.
  public func filled(from comparison: CheckpointComparison) -> StudyIndex.Distance {
    var filled = self
    let score = comparison.scores.first
    filled.value = score?.values[metric]
    filled.generatedCount = score?.imageCount
    filled.realCount = comparison.real.imageCount
    filled.note =
      filled.value == nil
      ? score?.reasons[metric] ?? "\(path ?? "the document") has no \(metric)"
      : comparison.conventions[metric] ?? path
    return filled
  }
}
