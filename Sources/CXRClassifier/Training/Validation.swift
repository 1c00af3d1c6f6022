// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics
internal import CXRTensor

/// Scores of images with their labels, batch by batch.
struct Validation {
  private let labelCount: Int
  private var scores: [[Double]]
  private var truths: [[Bool]]
  private var lossSum = 0.0
  private var lossWeight = 0.0

  /// Begins without images.
  ///
  /// - Parameter labelCount: How many labels an image has.
  init(labelCount: Int) {
    self.labelCount = labelCount
    scores = Array(repeating: [], count: labelCount)
    truths = Array(repeating: [], count: labelCount)
  }

  /// Adds the images of a batch.
  ///
  /// - Parameters:
  ///   - batch: The labels.
  ///   - logits: The scores, shape `[n, labels]`: the area under the curve asks for their order
  ///     only.
  ///   - loss: The loss of the batch.
  /// - Throws: `TensorError` if a device's work failed.
  mutating func add(
    _ batch: ImageBatch, logits: Tensor, loss: WeightedLoss
  ) throws(TensorError) {
    let values = try logits.values(as: Double.self)
    for (position, value) in values.enumerated() where batch.mask[position] > 0 {
      scores[position % labelCount].append(value)
      truths[position % labelCount].append(batch.targets[position] > 0)
    }
    lossSum += try loss.sum.item()
    lossWeight += try loss.weight.item()
  }

  /// The results over all images that were added: the same in each rank.
  ///
  /// - Parameter ranks: The ranks that have added images.
  /// - Returns: The results.
  /// - Throws: `StatisticsError` with code `.nonFinite` if a score is not a number; `TensorError` if
  ///   the ranks cannot be reached.
  func result(over ranks: RankGroup) throws -> ValidationResult {
    let loss = try ranks.sum([lossSum, lossWeight])
    let aurocs = try zip(scores, truths).map { scores, truths -> Double? in
      let scores = try ranks.gathered(scores)
      let labels = try ranks.gathered(truths.map { $0 ? 1 : 0 })
      do throws(StatisticsError) {
        return try AUROC(scores: scores, labels: labels.map { $0 > 0 }).value
      } catch {
        if error.code == .nonFinite { throw error }
        return nil
      }
    }
    return ValidationResult(
      loss: loss[1] > 0 ? loss[0] / loss[1] : 0, aurocs: aurocs)
  }
}
