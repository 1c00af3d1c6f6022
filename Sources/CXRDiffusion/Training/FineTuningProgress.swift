// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// Where a run of fine-tuning is: all that a checkpoint holds beside tensors.
struct FineTuningProgress: Hashable, Codable, Sendable {
  /// The steps made.
  var step = 0
  /// The sum of the losses since the last record.
  var lossSum = 0.0
  /// The number of images in that sum.
  var lossWeight = 0.0
  /// The records so far.
  var history: [FineTuningRecord] = []

  /// Counts a step.
  mutating func add(lossSum: Double, weight: Double) {
    self.lossSum += lossSum
    lossWeight += weight
    step += 1
  }

  /// Makes a record of the steps since the last one.
  mutating func record(learningRate: Double, validationLoss: Double?) -> FineTuningRecord {
    let record = FineTuningRecord(
      step: step, learningRate: learningRate,
      trainingLoss: lossWeight > 0 ? lossSum / lossWeight : 0, validationLoss: validationLoss)
    history.append(record)
    (lossSum, lossWeight) = (0, 0)
    return record
  }

  /// Writes the records as a table.
  func writeMetrics(to path: String) throws {
    var writer = CSVWriter(header: ["step", "learningRate", "trainingLoss", "validationLoss"])
    for record in history {
      writer.append([
        "\(record.step)", "\(record.learningRate)", "\(record.trainingLoss)",
        record.validationLoss.map { "\($0)" } ?? "",
      ])
    }
    try AtomicFile.write(writer.drain(), to: path)
  }
}
