// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore

/// Divides patients into parts.
///
///     let maker = SplitMaker(
///       name: "study", method: .proportions([.init("train", 0.8), .init("test", 0.2)]), seed: 1)
///     try maker.content(from: pool).partByImageName["00000001_000.png"]  // "train"
///
/// Every method divides patients, so none is in two parts.
public struct SplitMaker: Sendable {
  /// The name to give to the split.
  public let name: String
  /// How to divide the patients.
  public let method: DivisionMethod
  /// The seed; 32 bits, as many as scikit-learn's and pandas' `random_state` takes.
  public let seed: UInt32

  /// Creates a split.
  ///
  /// - Parameters:
  ///   - name: The name to give to the split.
  ///   - method: How to divide the patients.
  ///   - seed: The seed.
  public init(name: String, method: DivisionMethod, seed: UInt32) {
    self.name = name
    self.method = method
    self.seed = seed
  }

  /// Makes the split.
  ///
  /// - Parameters:
  ///   - whole: The patients to divide.
  ///   - cohort: The name of the cohort that the pool was read from, for the record.
  /// - Returns: The split, to be stored by `Catalog.addSplit`.
  /// - Throws: ``SplitError`` with code `.invalidOption` for shares that are no whole, `.emptyPart`
  ///   when a part would be empty, `.unsuitableDataset` when the dataset lacks what the method needs.
  public func content(
    from whole: SplitPool, cohort: String? = nil
  ) throws(SplitError) -> SplitContent {
    let pool = joinsDuplicates ? whole.joiningDuplicates() : whole
    let parts = try partByPatient(pool)
    for part in expectedParts where !parts.values.contains(part) {
      throw SplitError(
        .emptyPart,
        "\(method) of \(pool.patients.count) patients leaves part \(part) empty; give it a larger "
          + "share.")
    }
    return SplitContent(
      name: name, method: method.description, seed: Int(seed),
      detail: "\(whole.patients.count) patients, sorted"
        + (pool.patients.count < whole.patients.count
          ? ", \(whole.patients.count - pool.patients.count) joined to others by duplicates" : "")
        + (cohort.map { ", of cohort \($0)" } ?? ""),
      partByImageName: pool.partByImageName(parts))
  }

  /// Whether patients who share a picture are divided as one.
  ///
  /// A published division is of patients as they were; where it takes duplicates apart, the catalog
  /// refuses it.
  private var joinsDuplicates: Bool {
    switch method {
    case .proportions, .stratified: true
    case .published, .mimicFolder: false
    }
  }

  private var expectedParts: [String] {
    switch method {
    case .published(_, nil), .mimicFolder(_, .none): ["test", "train"]
    case .published, .mimicFolder: ["test", "train", "val"]
    case .proportions(let parts), .stratified(let parts, _, _): parts.map(\.name)
    }
  }

  private func partByPatient(_ pool: SplitPool) throws(SplitError) -> [String: String] {
    switch method {
    case .published(let method, let validation):
      return try published(pool.patients.map(\.key), method, validation)
    case .proportions(let parts):
      try PartShare.requireWhole(parts)
      return proportions(pool.patients.map(\.key), parts)
    case .stratified(let parts, let strata, let unit):
      try PartShare.requireWhole(parts)
      let items = LabelledPatients(pool, strata: strata, unit: unit).items
      let division = IterativeStratification(shares: parts.map(\.share))
        .parts(of: items, seed: UInt64(seed))
      return Dictionary(
        uniqueKeysWithValues: zip(pool.patients, division).map { ($0.key, parts[$1].name) })
    case .mimicFolder(let folders, let validation):
      return try MIMICFolders(pool, seed: seed).partByPatient(test: folders, validation)
    }
  }

  private func published(
    _ patients: [String], _ method: SplitMethod, _ validation: SplitMethod?
  ) throws(SplitError) -> [String: String] {
    let division = try divide(patients.count, by: method)
    var parts: [String: String] = [:]
    for position in division.test { parts[patients[position]] = "test" }
    for position in division.train { parts[patients[position]] = "train" }
    if let validation {
      for position in try divide(division.train.count, by: validation).test {
        parts[patients[division.train[position]]] = "val"
      }
    }
    return parts
  }

  private func divide(
    _ count: Int, by method: SplitMethod
  ) throws(SplitError) -> SplitMethod.Division {
    guard let division = method.divide(count: count, seed: seed) else {
      throw SplitError(
        .emptyPart,
        "\(method) of \(count) patients leaves a part empty; give a share between 0 and 1.")
    }
    return division
  }

  /// Cuts the shuffled patients where the shares up to there, rounded, say.
  private func proportions(_ patients: [String], _ parts: [PartShare]) -> [String: String] {
    let order = PatientKey.shuffled(patients, seed: seed)
    var partByPatient: [String: String] = [:]
    var (share, start) = (0.0, 0)
    for part in parts {
      share += part.share
      let end = min(order.count, Int((share * Double(order.count)).rounded()))
      for key in order[start..<end] { partByPatient[key] = part.name }
      start = end
    }
    return partByPatient
  }
}
