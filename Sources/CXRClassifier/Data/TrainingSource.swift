// SPDX-License-Identifier: Apache-2.0

/// Where images to learn from come from.
public enum TrainingSource: String, CaseIterable, Codable, Hashable, Sendable {
  /// Radiographs of patients.
  case real
  /// Made by a model.
  case synthetic
}
