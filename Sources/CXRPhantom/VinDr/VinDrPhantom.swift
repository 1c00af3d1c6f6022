// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
internal import CXRImage
import Foundation

/// VinDr-CXR, simulated: tables and DICOM headers as on PhysioNet, and the table of the Kaggle
/// challenge.
struct VinDrPhantom {
  let seed: UInt64
  private let counts: (train: Int, test: Int)
  private let quirkPlan: QuirkPlan<VinDrQuirk>

  init(size: PhantomSize, seed: UInt64) {
    self.seed = seed
    let train = size.patientCount(published: 15_000)
    counts = (train, max(train / 5, 1))
    quirkPlan = QuirkPlan(seed: seed, purpose: "phantom.vindr.quirk")
  }

  /// Writes the dataset into a folder that exists.
  ///
  /// - Parameters:
  ///   - folder: The path of the folder.
  ///   - films: Gets the pictures; `nil` for none.
  ///   - progress: Called with the number of radiographs written so far.
  /// - Returns: The catalog that should come of it.
  /// - Throws: `FileError` with code `.unwritable`.
  func write(
    to folder: String, films: inout FilmPlan?, progress: (Int) -> Void
  ) throws(FileError) -> TruthTable {
    let files = try VinDrFiles(folder: folder)
    var truth = TruthTable()
    var tally = QuirkTally<VinDrQuirk>()
    // The boxes follow the films, whether these are drawn or not.
    let plan = films ?? FilmPlan(dataset: .vindrCXR, side: Self.nativeSize.width, seed: seed)
    for (part, count) in [(VinDrImage.Part.train, counts.train), (.test, counts.test)] {
      for number in 1...count {
        let image = VinDrImage(number: number, part: part, seed: seed, plan: quirkPlan)
        let path = "\(part.rawValue)/\(image.imageID).dicom"
        let entry = entry(of: image, path: path)
        try files.append(
          image, radiograph: plan.radiograph(of: entry), size: plan.size(Self.nativeSize),
          seed: seed)
        if films == nil {
          try writeHeader(of: image, to: "\(folder)/\(path)")
        } else {
          films?.append(entry)
        }
        Self.count(image, in: &tally)
        truth.truth.recordCount += image.readings.count
        truth.append(
          TruthTable.Row(
            imageName: image.imageID, patient: image.imageID, sex: image.recordedSex,
            ageYears: image.recordedAgeYears, view: .pa, findings: image.findings,
            part: part.rawValue))
      }
      progress(truth.truth.radiographCount)
    }
    try files.finish()
    tally.count(.testNameSingular)
    truth.truth.quirks = tally.quirks
    return truth
  }

  /// Writes a file without pixels.
  private func writeHeader(of image: VinDrImage, to path: String) throws(FileError) {
    let header = FilmHeader(
      of: image, size: Self.nativeSize, bitsStored: 14, window: 0...16_383)
    do {
      // Thousands of small files: synchronising each would take minutes.
      try Data(header.bytes()).write(to: URL(filePath: path))
    } catch {
      throw FileError(
        .unwritable, "\(path) cannot be written; check the folder and the free space.",
        cause: error)
    }
  }

  /// The picture of an image, with 12 or 14 bits of which the window shows the middle ones.
  private func entry(of image: VinDrImage, path: String) -> FilmPlan.Entry {
    let bits = image.imageNumber % 5 < 2 ? 12 : 14
    let count = 1 << bits
    return FilmPlan.Entry(
      path: path, patient: image.imageNumber, study: 0, film: 0,
      person: (
        image.recordedAgeYears ?? Double(image.person.firstAgeYears), image.person.sex, nil
      ), view: .pa,
      findings: image.findings, nativeSize: Self.nativeSize,
      format: .dicom(
        FilmHeader(
          of: image, size: Self.nativeSize, bitsStored: bits, window: count / 16...count * 7 / 8)))
  }

  /// The size that the boxes refer to.
  static let nativeSize = (width: 2_080, height: 2_336)

  private static func count(_ image: VinDrImage, in tally: inout QuirkTally<VinDrQuirk>) {
    if image.sexText == "O" { tally.count(.sexOther) }
    if image.sexText.isEmpty { tally.count(.sexBlank) }
    if image.ageText.isEmpty { tally.count(.ageBlank) }
    if image.ageText == "000Y" { tally.count(.ageZero) }
    for quirk in [VinDrQuirk.ageTooHigh, .monochrome1, .metaHeaderMissing]
    where image.quirks.contains(quirk) { tally.count(quirk) }
    guard image.part == .train else { return }
    for label in VinDrLabel.allCases {
      switch image.votes(for: label) {
      case 1: tally.count(.outvotedReader)
      case 2: tally.count(.outvotedMajority)
      default: break
      }
    }
    tally.count(
      .kaggleMissesGlobal, image.readings.count { $0.labels.allSatisfy { $0.kaggleClass == nil } })
  }
}
