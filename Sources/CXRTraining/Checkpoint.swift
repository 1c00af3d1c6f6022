// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import CXRTensor

/// From where a run goes on: where it is, and the tensors of what it learns.
///
/// A checkpoint is written aside, through to the disk, and then takes the place of the former one in
/// a single step: there is always a whole one.
public struct Checkpoint: Sendable {
  /// The path of the checkpoint's folder.
  public let path: String

  /// Names a checkpoint; nothing is read.
  public init(path: String) { self.path = path }

  /// Whether there is one, be it one that ``progress()`` has to bring back.
  public var exists: Bool { AtomicFolder.exists(path) }

  /// Writes a checkpoint in place of the former one.
  ///
  /// - Parameters:
  ///   - progress: Where the run is.
  ///   - optimization: What it learns; `nil` between two networks.
  /// - Throws: `FileError` with code `.unwritable`; `TensorError` with code `.nonFinite` for weights
  ///   from which no run could go on, or if the device's work failed.
  public func write(_ progress: some Encodable, _ optimization: Optimization?) throws {
    try optimization?.requireFiniteWeights()
    try AtomicFolder.write(to: path) { path in
      try JSONDocument.write(progress, to: "\(path)/\(Self.progressName)")
      for (file, state) in optimization?.states() ?? [] {
        try SafetensorsFile.write(state.stored(), to: "\(path)/\(file).safetensors")
      }
    }
  }

  /// Where the run is.
  ///
  /// - Throws: `FileError` if the checkpoint is damaged.
  public func progress<Progress: Decodable>() throws -> Progress {
    try AtomicFolder.recover(path)
    return try JSONDocument.read(from: "\(path)/\(Self.progressName)")
  }

  /// Gives an optimization the tensors of the checkpoint; its ranks wait until all have read them.
  ///
  /// - Parameters:
  ///   - optimization: What the run learns, made as when it was begun.
  ///   - stepCount: How many steps it had made.
  /// - Throws: `FileError` or `TensorError` if the checkpoint is damaged.
  public func restore(_ optimization: Optimization, afterSteps stepCount: Int) throws {
    for (file, state) in optimization.states() {
      let path = "\(self.path)/\(file).safetensors"
      try state.load(WeightFile(path: path).tensors, from: path)
    }
    try optimization.resume(afterSteps: stepCount)
  }

  private static let progressName = "progress.json"
}
