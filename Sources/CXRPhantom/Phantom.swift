// SPDX-License-Identifier: Apache-2.0
public import CXRFiles
import Foundation

/// Simulated datasets in their official layouts, and the catalog that each of them should become.
///
///     let phantom = Phantom(size: .patients(200), seed: 7)
///     try phantom.write(to: "phantom", only: [.padchest])[.padchest]?.radiographCount
///
/// Headers, line ends, identifiers' shapes and quirks are those of the official files; every value
/// is drawn, and nothing in it comes from a patient. A patient's data are a pure function of seed,
/// dataset and the patient's number.
///
/// Each dataset goes into a folder of its own. Beside them, `truth/` holds one table per dataset –
/// image, patient, demographics, view and findings of every radiograph that the default rules keep
/// – `truth.json` with the counts, and a list of each dataset's files: a phantom that is written over
/// an earlier one removes that one's files of the same datasets first, and nothing else. Without ``PhantomImages`` there are tables and reports only,
/// and for VinDr-CXR DICOM files without pixels.
public struct Phantom: Sendable {
  /// How large the datasets are.
  public let size: PhantomSize
  /// The seed of every draw.
  public let seed: UInt64
  /// Which official layouts are written, where there are several.
  public let layout: PhantomLayout

  /// Describes a phantom; nothing is drawn yet.
  ///
  /// - Parameters:
  ///   - size: How large the datasets are.
  ///   - seed: The seed of every draw.
  ///   - layout: Which official layouts are written, where there are several.
  /// - Precondition: The number of patients is in 1...99,999.
  public init(size: PhantomSize, seed: UInt64 = 7, layout: PhantomLayout = PhantomLayout()) {
    if case .patients(let count) = size {
      precondition((1...99_999).contains(count), "a phantom has 1 to 99,999 patients")
    }
    self.size = size
    self.seed = seed
    self.layout = layout
  }

  /// Writes datasets and their truth, each file whole or not at all.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder that gets a folder per dataset; it is made.
  ///   - only: The datasets to write; `nil` for all, at the published size all but CheXpert Plus.
  ///   - progress: Called with the dataset and the number of its radiographs so far.
  /// - Returns: What was written.
  /// - Throws: `FileError` with code `.unwritable`, also when the folder of a dataset holds files and
  ///   no list in `truth/` says that a phantom wrote them.
  /// - Complexity: O(*n* log *n*) for *n* radiographs. The tables are streamed; what stays in
  ///   memory are the rows of one dataset's truth, about 200 bytes a radiograph.
  public func write(
    to folder: String, only: [PhantomDataset]? = nil,
    progress: (_ dataset: PhantomDataset, _ radiographCount: Int) -> Void = { _, _ in }
  ) throws(FileError) -> PhantomTruth {
    var truth = PhantomTruth(seed: seed, datasets: [:])
    for dataset in try prepare(folder, for: only) {
      var films: FilmPlan?
      truth.datasets[dataset.rawValue] = try writeTables(of: dataset, to: folder, films: &films) {
        progress(dataset, $0)
      }
    }
    try AtomicFile.write(truth.json(), to: "\(folder)/truth/truth.json")
    return truth
  }

  /// Makes the folder of the truth, unless the folder may hold somebody's data.
  ///
  /// - Returns: The datasets to write, in the order of their names.
  func prepare(
    _ folder: String, for only: [PhantomDataset]?
  ) throws(FileError) -> [PhantomDataset] {
    let usual = PhantomDataset.allCases.filter { size != .published || $0.isWrittenAtPublishedSize }
    let datasets =
      only.map { only in PhantomDataset.allCases.filter { only.contains($0) } } ?? usual
    for dataset in datasets { try WrittenFiles(of: dataset, in: folder).requireOwnFolder() }
    try makeFolder("\(folder)/truth")
    return datasets
  }

  /// Writes a dataset's tables and reports into a folder of its own, its truth and the list of its
  /// files; those of an earlier phantom go first.
  func writeTables(
    of dataset: PhantomDataset, to folder: String, films: inout FilmPlan?,
    progress: (Int) -> Void
  ) throws(FileError) -> DatasetTruth {
    let written = WrittenFiles(of: dataset, in: folder)
    try written.removeEarlier()
    let foreign = try written.present()
    try makeFolder(written.folder)
    let table = try write(dataset, to: written.folder, films: &films, progress: progress)
    // Before the pictures are drawn, so that an interruption leaves nothing unnamed.
    try written.record(besides: foreign, planned: films?.films.map(\.path) ?? [])
    try table.write(to: "\(folder)/truth/\(dataset.rawValue).csv")
    return table.truth
  }

  private func write(
    _ dataset: PhantomDataset, to folder: String, films: inout FilmPlan?,
    progress: (Int) -> Void
  ) throws(FileError) -> TruthTable {
    switch dataset {
    case .mimicCXR:
      return try MIMICPhantom(size: size, seed: seed, layout: layout)
        .write(to: folder, films: &films, progress: progress)
    case .chexpert:
      return try CheXpertPhantom(size: size, seed: seed, layout: layout)
        .write(to: folder, films: &films, progress: progress)
    case .chexpertPlus:
      return try CheXpertPlusPhantom(size: size, seed: seed)
        .write(to: folder, films: &films, progress: progress)
    case .nih:
      let phantom =
        switch size {
        case .patients(let count): NIHPhantom(patientCount: count, seed: seed)
        case .published: NIHPhantom(publishedSizeWithSeed: seed)
        }
      try phantom.write(to: folder)
      phantom.plan(&films)
      return phantom.truthTable()
    case .padchest:
      return try PadChestPhantom(size: size, seed: seed)
        .write(to: folder, films: &films, progress: progress)
    case .vindrCXR:
      return try VinDrPhantom(size: size, seed: seed)
        .write(to: folder, films: &films, progress: progress)
    }
  }
}
