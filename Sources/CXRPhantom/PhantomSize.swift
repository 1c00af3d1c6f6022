// SPDX-License-Identifier: Apache-2.0

/// How large the simulated datasets are.
public enum PhantomSize: Hashable, Sendable {
  /// A number of patients, 1 to 99,999; of VinDr-CXR, whose images name no patients, the number of
  /// training images.
  case patients(Int)
  /// As many patients, studies and radiographs as the publishers count.
  case published

  /// The number of patients to simulate of a dataset that has a published number of them.
  func patientCount(published: Int) -> Int {
    switch self {
    case .patients(let count): count
    case .published: published
    }
  }

  /// A total that the counts are fitted to, at the published size only.
  func total(published: Int) -> Int? { self == .published ? published : nil }
}
