// SPDX-License-Identifier: Apache-2.0
import CXRClassifier

/// What a training run came to, for `--json`.
struct TrainingDocument: Encodable {
  let name: String
  let folder: String
  let classifierFolder: String
  let epochCount: Int
  let bestMeanAUROC: Double?
  /// The most memory that tensors took on the device; `nil` for the processor.
  let peakDeviceBytes: Int?
  let history: [EpochRecord]
}
