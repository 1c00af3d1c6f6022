// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import Foundation

/// What a training run prints.
enum TrainingText {
  /// The line of a finished epoch.
  static func line(_ record: EpochRecord, stageCount: Int) -> String {
    let stage = stageCount > 1 ? "stage \(record.stage + 1), " : ""
    let mean = record.validation.meanAUROC.map { rounded($0, 4) } ?? "n/a"
    return "\(stage)epoch \(record.epoch + 1): loss \(rounded(record.trainingLoss, 4)), "
      + "validation loss \(rounded(record.validation.loss, 4)), AUROC \(mean) over "
      + "\(NumberText.count(record.validation.definedCount, "label"))"
      + (record.isBest ? ", the best so far" : "")
  }

  /// The words of the progress line.
  static func progress(_ record: StepRecord) -> String {
    let stage = record.stageCount > 1 ? "stage \(record.stage + 1)/\(record.stageCount), " : ""
    return "\(stage)epoch \(record.epoch + 1)/\(record.epochLimit), step \(record.step)/"
      + "\(record.stepsPerEpoch), loss \(rounded(record.meanLoss, 4)), "
      + "\(rounded(record.imagesPerSecond, 1)) images/s\(timeLeft(record))"
  }

  /// The time until the end of the epoch.
  private static func timeLeft(_ record: StepRecord) -> String {
    guard record.step > 0, record.secondsPerStep > 0 else { return "" }
    let seconds = record.secondsPerStep * Double(record.stepsPerEpoch - record.step)
    return
      ", epoch ends in \(Duration.seconds(Int(seconds)).formatted(.time(pattern: .minuteSecond)))"
  }

  /// The closing words.
  static func summary(_ document: TrainingDocument) -> String {
    let mean = document.bestMeanAUROC.map { rounded($0, 4) } ?? "n/a"
    let memory = document.peakDeviceBytes.map {
      "\nTensors took at most \(rounded(Double($0) / 1e9, 2)) GB of the device's memory."
    }
    return """
      Trained \(document.name) in \(NumberText.count(document.epochCount, "epoch")); the best mean \
      validation AUROC of the last stage is \(mean).\(memory ?? "")
      The classifier is in \(document.classifierFolder); try it with cxr predict.

      """
  }

  private static func rounded(_ number: Double, _ digits: Int) -> String {
    String(format: "%.\(digits)f", number)
  }
}
