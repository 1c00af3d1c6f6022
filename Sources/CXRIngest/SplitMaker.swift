// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
public import CXRCore

/// Divides a dataset's patients as a published study did.
///
///     let maker = SplitMaker(dataset: "nih", name: "study", method: .trainTestSplit(testSize: 0.7))
///     try maker.content(from: catalog).partByImageName["00000001_000.png"]
///
/// The method divides the sorted list of patients, so no patient is in two parts; numeric
/// identifiers are sorted by number, others by text.
public struct SplitMaker: Sendable {
  /// The name of the dataset.
  public let dataset: String
  /// The name to give to the split.
  public let name: String
  /// How to divide the patients into `train` and `test`.
  public let method: SplitMethod
  /// How to divide the training patients, in the order that `method` leaves them, into `train` and
  /// `val`, with the same seed; `nil` for no validation part.
  public var validationMethod: SplitMethod?
  /// The seed.
  public var seed: UInt32

  /// Creates a split of two parts.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - name: The name to give to the split.
  ///   - method: How to divide the patients into `train` and `test`.
  ///   - validationMethod: How to divide the training patients once more.
  ///   - seed: The seed.
  public init(
    dataset: String, name: String, method: SplitMethod, validationMethod: SplitMethod? = nil,
    seed: UInt32
  ) {
    self.dataset = dataset
    self.name = name
    self.method = method
    self.validationMethod = validationMethod
    self.seed = seed
  }

  /// Makes the split.
  ///
  /// - Parameter catalog: The catalog that holds the dataset.
  /// - Returns: The split, to be stored by `Catalog.addSplit`.
  /// - Throws: ``IngestError`` with code `.invalidOption` when a part would be empty; `CatalogError`
  ///   for an unknown dataset.
  public func content(from catalog: Catalog) throws -> SplitContent {
    let patientByImage = try catalog.patientKeys(dataset: dataset)
    let patients = PatientKey.sorted(Set(patientByImage.values))
    let division = try divide(patients.count, by: method)
    var partByPatient: [String: String] = [:]
    for position in division.test { partByPatient[patients[position]] = "test" }
    for position in division.train { partByPatient[patients[position]] = "train" }
    if let validationMethod {
      for position in try divide(division.train.count, by: validationMethod).test {
        partByPatient[patients[division.train[position]]] = "val"
      }
    }
    let methods = [method, validationMethod].compactMap { $0?.description }
    return SplitContent(
      name: name, method: methods.joined(separator: ", then "), seed: Int(seed),
      detail: "\(patients.count) patients, sorted",
      partByImageName: patientByImage.compactMapValues { partByPatient[$0] })
  }

  private func divide(_ count: Int, by method: SplitMethod) throws -> SplitMethod.Division {
    guard let division = method.divide(count: count, seed: seed) else {
      throw IngestError(
        .invalidOption,
        "\(method) of \(count) patients leaves a part empty; give a share between 0 and 1.")
    }
    return division
  }
}
