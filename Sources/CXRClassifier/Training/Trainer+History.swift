// SPDX-License-Identifier: Apache-2.0
internal import CXRTraining

extension Trainer {
  /// What the finished epochs of the run in the folder came to; none before the first checkpoint.
  ///
  /// - Throws: `FileError` if the checkpoint cannot be read.
  public func history() throws -> [EpochRecord] {
    try progress?.history ?? []
  }

  /// Whether the run in the folder has all its stages behind it.
  ///
  /// - Throws: `FileError` if the checkpoint cannot be read.
  public var isFinished: Bool {
    get throws {
      try progress.map { $0.stage >= configuration.strategy.stages.count } ?? false
    }
  }

  /// Where the run in the folder is; `nil` before the first checkpoint.
  private var progress: TrainingProgress? {
    get throws { folder.checkpoint.exists ? try folder.checkpoint.progress() : nil }
  }

  /// The path of the folder of the run.
  public var folderPath: String { folder.path }

  /// Whether a run was begun in the folder.
  public var isBegun: Bool { folder.isBegun }
}
