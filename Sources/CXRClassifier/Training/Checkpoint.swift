// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRTensor

/// From where a run goes on: where it is, and the tensors of its learner.
///
/// A checkpoint is written aside, through to the disk, and then takes the place of the former one in
/// a single step: there is always a whole one.
enum Checkpoint {
  /// Writes a checkpoint in place of the former one.
  ///
  /// - Throws: `FileError` with code `.unwritable`; `TensorError` if the device's work failed.
  static func write(
    _ progress: TrainingProgress, _ learner: Learner?, in folder: RunFolder
  ) throws {
    try learner?.requireFiniteWeights()
    try AtomicFolder.write(to: folder.checkpointPath) { path in
      try JSONDocument.write(progress, to: "\(path)/\(progressName)")
      for (file, state) in learner?.states() ?? [] {
        try SafetensorsFile.write(state.stored(), to: "\(path)/\(file).safetensors")
      }
    }
  }

  /// Where the run is.
  ///
  /// - Throws: `FileError` if the checkpoint is damaged.
  static func progress(in folder: RunFolder) throws(FileError) -> TrainingProgress {
    try AtomicFolder.recover(folder.checkpointPath)
    return try JSONDocument.read(from: "\(folder.checkpointPath)/\(progressName)")
  }

  /// Gives a learner the tensors of the checkpoint.
  ///
  /// - Throws: `FileError` or `TensorError` if the checkpoint is damaged.
  static func restore(_ learner: Learner, in folder: RunFolder, stageSteps: Int) throws {
    for (file, state) in learner.states() {
      let path = "\(folder.checkpointPath)/\(file).safetensors"
      try state.load(WeightFile(path: path).tensors, from: path)
    }
    learner.resume(afterSteps: stageSteps)
  }

  private static let progressName = "progress.json"
}
