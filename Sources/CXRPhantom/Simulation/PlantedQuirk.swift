// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The quirks of one dataset: oddities of the official files that the phantom repeats.
///
/// A quirk that depends on a draw has an exemplar, a patient of low number who always has it, so
/// that small phantoms have every quirk, and beside it the share that the official files have.
protocol PlantedQuirk: CaseIterable, Hashable, Sendable {
  /// One line for the reader of the truth.
  var summary: String { get }
  /// The share of radiographs, studies or patients that are given the quirk, beside its exemplar;
  /// `nil` for one that follows from others or from the layout.
  var share: Double? { get }
}

extension PlantedQuirk {
  /// The name, as the truth writes it.
  var name: String { String(describing: self) }
}

/// Decides which records have which quirks.
struct QuirkPlan<Quirk: PlantedQuirk> {
  private let seed: UInt64
  private let purpose: String
  /// The shares and positions once, because `allCases` is a new array every time.
  private let places: [Quirk: (position: Int, share: Double?)]

  /// Makes the plan of one dataset.
  ///
  /// - Parameters:
  ///   - seed: The seed of every draw.
  ///   - purpose: The purpose of the draws, such as `phantom.mimic.quirk`.
  init(seed: UInt64, purpose: String) {
    self.seed = seed
    self.purpose = purpose
    places = Dictionary(
      uniqueKeysWithValues: Quirk.allCases.enumerated().map { ($1, ($0, $1.share)) })
  }

  /// Returns the quirks of one record.
  ///
  /// - Parameters:
  ///   - quirks: The quirks that a record of this kind can have.
  ///   - patient: The number of the patient, from 1.
  ///   - unit: The number of the record among the patient's, from 0; the exemplar is number 0.
  /// - Returns: Those that the record has.
  func quirks(_ quirks: [Quirk], patient: Int, unit: Int = 0) -> Set<Quirk> {
    let stream = RandomStream(seed: seed, purpose: purpose, index: patient * 1_000 + unit)
    var planted: Set<Quirk> = []
    for quirk in quirks {
      guard let (position, share) = places[quirk], let share else { continue }
      let isExemplar = unit == 0 && patient == position + 1
      if isExemplar || stream.unit(at: position) < share { planted.insert(quirk) }
    }
    return planted
  }
}

/// Counts the quirks that were written.
struct QuirkTally<Quirk: PlantedQuirk> {
  private var counts: [Quirk: Int] = [:]

  mutating func count(_ quirk: Quirk, _ number: Int = 1) { counts[quirk, default: 0] += number }

  /// The quirks with their counts, in the order in which the dataset lists them.
  var quirks: [PhantomQuirk] {
    Quirk.allCases.map {
      PhantomQuirk(name: $0.name, summary: $0.summary, count: counts[$0] ?? 0)
    }
  }
}
