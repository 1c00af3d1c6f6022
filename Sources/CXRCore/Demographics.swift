// SPDX-License-Identifier: Apache-2.0

/// The sex that a dataset records for a patient.
public enum Sex: String, CaseIterable, Codable, Hashable, Sendable {
  case female = "F"
  case male = "M"
}

/// The race group that a dataset records for a patient, after the mapping of the studies.
public enum Race: String, CaseIterable, Codable, Hashable, Sendable {
  case asian = "Asian"
  case black = "Black"
  case hispanic = "Hispanic"
  case white = "White"
}
