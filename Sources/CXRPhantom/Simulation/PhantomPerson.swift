// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated person: what the findings and every demographic table depend on.
struct PhantomPerson {
  let sex: Sex
  /// The race group, or `nil` for none of the four.
  let race: Race?
  /// The age at the first study, in whole years.
  let firstAgeYears: Int
  /// How ill the person is: a standard normal deviate.
  let severity: Double

  init(draws: inout PhantomDraws, population: Population) {
    sex = draws.happens(population.maleShare) ? .male : .female
    race = draws.pick(weighted: population.races)
    firstAgeYears = population.age(atShare: draws.unit())
    severity = draws.normal()
  }

  /// Whom a dataset's hospital sees.
  struct Population {
    let maleShare: Double
    let races: [(Race?, Double)]
    /// Shares of the patients and the ages, in years, below which they lie.
    let ageKnots: [(share: Double, ageYears: Double)]

    func age(atShare share: Double) -> Int {
      for (lower, upper) in zip(ageKnots, ageKnots.dropFirst()) where share < upper.share {
        let part = (share - lower.share) / (upper.share - lower.share)
        return Int(lower.ageYears + (upper.ageYears - lower.ageYears) * part)
      }
      return Int(ageKnots[ageKnots.count - 1].ageYears)
    }

    /// A hospital in the north-east of the United States, as in MIMIC-CXR.
    static let boston = Population(
      maleShare: 0.49,
      races: [
        (.white, 0.64), (.black, 0.15), (.hispanic, 0.07), (.asian, 0.04), (nil, 0.10),
      ],
      ageKnots: [(0, 18), (0.22, 40), (0.52, 60), (0.84, 80), (0.97, 90), (1, 97)])
    /// A hospital in California, as in CheXpert.
    static let california = Population(
      maleShare: 0.56,
      races: [
        (.white, 0.55), (.black, 0.05), (.hispanic, 0.14), (.asian, 0.12), (nil, 0.14),
      ],
      ageKnots: [(0, 18), (0.15, 40), (0.46, 60), (0.84, 80), (0.97, 90), (1, 96)])
    /// A hospital in Spain, as in PadChest, which records no race.
    static let spain = Population(
      maleShare: 0.50, races: [(nil, 1)],
      ageKnots: [(0, 1), (0.03, 18), (0.16, 40), (0.43, 60), (0.80, 80), (1, 99)])
    /// Hospitals in Vietnam, as in VinDr-CXR, which records no race.
    static let vietnam = Population(
      maleShare: 0.55, races: [(nil, 1)],
      ageKnots: [(0, 16), (0.30, 40), (0.68, 60), (0.94, 80), (1, 95)])
  }
}
