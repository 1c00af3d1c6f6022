// SPDX-License-Identifier: Apache-2.0

extension Trainer {
  /// What the finished epochs of the run in the folder came to; none before the first checkpoint.
  ///
  /// - Throws: `FileError` if the checkpoint cannot be read.
  public func history() throws -> [EpochRecord] {
    folder.hasCheckpoint ? try Checkpoint.progress(in: folder).history : []
  }

  /// Whether the run in the folder has all its stages behind it.
  ///
  /// - Throws: `FileError` if the checkpoint cannot be read.
  public var isFinished: Bool {
    get throws {
      try folder.hasCheckpoint
        && Checkpoint.progress(in: folder).stage >= configuration.strategy.stages.count
    }
  }

  /// The path of the folder of the run.
  public var folderPath: String { folder.path }

  /// Whether a run was begun in the folder.
  public var isBegun: Bool { folder.isBegun }
}
