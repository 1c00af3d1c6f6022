// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

extension TrainingProgress {
  /// Writes what the epochs came to as a table.
  func writeMetrics(to path: String, labels: [String]) throws {
    var writer = CSVWriter(
      header: [
        "stage", "epoch", "step", "learningRate", "trainingLoss", "validationLoss",
        "validationMeanAUROC", "definedLabels", "isBest", "seconds", "imagesPerSecond",
      ] + labels.map { "AUROC \($0)" })
    for record in history {
      let speed = record.seconds > 0 ? Double(record.imageCount) / record.seconds : 0
      writer.append(
        [
          "\(record.stage)", "\(record.epoch)", "\(record.step)", "\(record.learningRate)",
          "\(record.trainingLoss)", "\(record.validation.loss)",
          record.validation.meanAUROC.map { "\($0)" } ?? "", "\(record.validation.definedCount)",
          "\(record.isBest)", "\(record.seconds)", "\(speed)",
        ] + record.validation.aurocs.map { $0.map { "\($0)" } ?? "" })
    }
    try AtomicFile.write(writer.drain(), to: path)
  }
}
