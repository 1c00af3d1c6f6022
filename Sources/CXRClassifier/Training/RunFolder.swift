// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRTensor
internal import Foundation

/// The files of a training run.
///
/// `run.json` says what is learned, `metrics.csv` what the epochs came to, `best` is the classifier to
/// use, `stage-0` and its successors are the best of the stages before the last, `checkpoint` is from
/// where the run goes on.
struct RunFolder: Sendable {
  let path: String

  var configurationPath: String { "\(path)/run.json" }
  var metricsPath: String { "\(path)/metrics.csv" }
  var bestPath: String { "\(path)/best" }
  var checkpointPath: String { "\(path)/checkpoint" }
  func stagePath(_ stage: Int) -> String { "\(path)/stage-\(stage)" }

  /// Whether a run was begun here.
  var isBegun: Bool { FileManager.default.fileExists(atPath: configurationPath) }

  /// Whether there is something to go on from.
  var hasCheckpoint: Bool { FileManager.default.fileExists(atPath: checkpointPath) }

  /// Makes the folder for a new run.
  ///
  /// - Throws: `FileError` with code `.unwritable` if it holds anything.
  func begin(_ configuration: TrainingConfiguration) throws {
    let manager = FileManager.default
    let entries = (try? manager.contentsOfDirectory(atPath: path)) ?? []
    guard entries.isEmpty else {
      throw FileError(
        .unwritable,
        isBegun
          ? "\(path) holds a training run; go on with it by --resume, or name another folder."
          : "\(path) holds files that are no training run; name another folder.")
    }
    do {
      try manager.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable, "\(path) cannot be made; check the folder above it and its permissions.",
        cause: error)
    }
    try JSONDocument.write(configuration, to: configurationPath)
  }

  /// Checks that a run that was begun here learns the same.
  ///
  /// - Throws: `FileError` with code `.malformed` for another run, `.missing` if there is none.
  func requireSame(_ configuration: TrainingConfiguration) throws {
    guard isBegun else {
      throw FileError(.missing, "\(path) holds no training run to go on with; leave --resume out.")
    }
    let begun = try JSONDocument.read(TrainingConfiguration.self, from: configurationPath)
    guard begun == configuration else {
      throw FileError(
        .malformed,
        "\(path) was begun with other settings (see run.json); give the same ones, or name another "
          + "folder.")
    }
  }

  /// Writes what the epochs came to.
  func writeMetrics(_ history: [EpochRecord], findings: [String]) throws {
    var writer = CSVWriter(
      header: [
        "stage", "epoch", "step", "learningRate", "trainingLoss", "validationLoss",
        "validationMeanAUROC", "definedFindings", "isBest", "seconds", "imagesPerSecond",
      ] + findings.map { "AUROC \($0)" })
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
    try AtomicFile.write(writer.drain(), to: metricsPath)
  }
}
