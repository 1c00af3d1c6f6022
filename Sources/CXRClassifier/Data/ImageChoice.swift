// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRTraining

/// Takes a number of images of a list, so that smaller numbers are within larger ones.
struct ImageChoice {
  let source: TrainingSource
  let order: TrainingMix.Order
  let seed: UInt64

  /// The rows that are taken, ascending.
  func rows(of list: LabelledImages, amount: MixAmount) throws(TrainingDataError) -> [Int] {
    switch amount {
    case .none: return []
    case .all: return Array(0..<list.count)
    case .count(let count):
      guard count <= list.count else {
        throw TrainingDataError(
          .tooFewImages,
          "\(NumberText.count(count)) \(source.rawValue) images are asked for, but there are "
            + "\(NumberText.count(list.count)); ask for fewer, or for all.")
      }
      return ordered(list).prefix(count).sorted()
    case .share(let share):
      switch order {
      case .patients:
        let patients = patients(of: list)
        let taken = Set(patients.prefix(Self.count(share, of: patients.count)))
        return (0..<list.count).filter { taken.contains(list.patientIDs[$0]) }
      case .stratified:
        return ordered(list).prefix(Self.count(share, of: list.count)).sorted()
      }
    }
  }

  private static func count(_ share: Double, of whole: Int) -> Int {
    max(1, Int((share * Double(whole)).rounded()))
  }

  /// All rows in the order in which they are taken.
  private func ordered(_ list: LabelledImages) -> [Int] {
    switch order {
    case .patients:
      let patients = patients(of: list)
      let ranks = Dictionary(uniqueKeysWithValues: zip(patients, patients.indices))
      return (0..<list.count).map { (rank: ranks[list.patientIDs[$0], default: 0], row: $0) }
        .sorted { ($0.rank, $0.row) < ($1.rank, $1.row) }.map(\.row)
    case .stratified: return stratified(list)
    }
  }

  /// The patients by their own draws, which do not depend on who else is there.
  private func patients(of list: LabelledImages) -> [Int64] {
    let draw = draws("patient")
    return Set(list.patientIDs).map { (draw: draw($0).word(at: 0), id: $0) }
      .sorted { ($0.draw, $0.id) < ($1.draw, $1.id) }.map(\.id)
  }

  /// Rows such that each prefix has its share of every combination of targets: the images of one
  /// combination, in random order, are spread evenly from a random start.
  private func stratified(_ list: LabelledImages) -> [Int] {
    let strata = Dictionary(grouping: 0..<list.count) { Array(list.targets(at: $0)) }
    var places = [Double](repeating: 0, count: list.count)
    let ids = list.radiographIDs
    let (image, stratum) = (draws("image"), draws("stratum"))
    for rows in strata.values {
      let shuffled = rows.map { (draw: image(ids[$0]).word(at: 0), row: $0) }
        .sorted { ($0.draw, $0.row) < ($1.draw, $1.row) }.map(\.row)
      let start = stratum(ids[shuffled[0]]).unit(at: 0)
      for (rank, row) in shuffled.enumerated() {
        places[row] = (Double(rank) + start) / Double(shuffled.count)
      }
    }
    return places.indices.sorted { (places[$0], ids[$0]) < (places[$1], ids[$1]) }
  }

  /// The streams of a purpose, by the id of a patient or a radiograph.
  private func draws(_ purpose: String) -> (Int64) -> RandomStream {
    let name = "mix.\(source).\(purpose)"
    return { RandomStream(seed: seed, purpose: name, index: Int($0)) }
  }
}
