// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

/// Patients with how much they have of each label.
struct LabelledPatients {
  /// The labels, in alphabetical order.
  let labels: [String]
  /// The patients of the pool, in its order; labels by their position.
  let items: [IterativeStratification.Item]

  init(_ pool: SplitPool, strata: Strata, unit: BalanceUnit) {
    let counted = pool.patients.map { patient in
      var counts: [String: Double] = [:]
      for label in patient.radiographs.lazy.flatMap(strata.labels) {
        switch unit {
        case .images: counts[label, default: 0] += 1
        case .patients: counts[label] = 1
        }
      }
      return (size: unit == .images ? Double(patient.radiographs.count) : 1, counts: counts)
    }
    let labels = Set(counted.lazy.flatMap(\.counts.keys)).sorted()
    let numbers = Dictionary(uniqueKeysWithValues: zip(labels, labels.indices))
    self.labels = labels
    items = counted.map { size, counts in
      IterativeStratification.Item(
        size: size,
        counts: Dictionary(uniqueKeysWithValues: counts.map { (numbers[$0.key] ?? 0, $0.value) }))
    }
  }
}
