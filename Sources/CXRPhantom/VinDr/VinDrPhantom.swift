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
  ///   - progress: Called with the number of radiographs written so far.
  /// - Returns: The catalog that should come of it.
  /// - Throws: `FileError` with code `.unwritable`.
  func write(to folder: String, progress: (Int) -> Void) throws(FileError) -> TruthTable {
    let files = try VinDrFiles(folder: folder)
    var truth = TruthTable()
    var tally = QuirkTally<VinDrQuirk>()
    for (part, count) in [(VinDrImage.Part.train, counts.train), (.test, counts.test)] {
      for number in 1...count {
        let image = VinDrImage(number: number, part: part, seed: seed, plan: quirkPlan)
        try files.append(image, seed: seed)
        try writeHeader(of: image, to: "\(folder)/\(part.rawValue)/\(image.imageID).dicom")
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

  private func writeHeader(of image: VinDrImage, to path: String) throws(FileError) {
    var header = DICOMHeaderWriter()
    header[.sopInstanceUID] = "2.25.\(image.imageNumber)"
    header[.patientSex] = image.sexText
    header[.patientAge] = image.ageText
    header[.rows] = "2336"
    header[.columns] = "2080"
    header[.pixelSpacing] = "0.139\\0.139"
    header[.photometricInterpretation] =
      image.quirks.contains(.monochrome1) ? "MONOCHROME1" : "MONOCHROME2"
    header[.bitsAllocated] = "16"
    header[.bitsStored] = "14"
    header[.highBit] = "13"
    header[.pixelRepresentation] = "0"
    header[.windowCenter] = "8191"
    header[.windowWidth] = "16383"
    header[.rescaleIntercept] = "0"
    header[.rescaleSlope] = "1"
    do {
      let bytes = try header.bytes()
      // Thousands of small files: synchronising each would take minutes.
      try Data(image.quirks.contains(.metaHeaderMissing) ? Self.withoutMetaHeader(bytes) : bytes)
        .write(to: URL(filePath: path))
    } catch {
      throw FileError(
        .unwritable, "\(path) cannot be written; check the folder and the free space.",
        cause: error)
    }
  }

  /// Leaves out the preamble and the group that names the transfer syntax.
  ///
  /// The group follows 128 bytes and four letters, and its first element, of twelve bytes, ends
  /// with the length of the others.
  private static func withoutMetaHeader(_ bytes: [UInt8]) -> [UInt8] {
    let length = bytes[140..<144].reversed().reduce(0) { $0 << 8 | Int($1) }
    return Array(bytes[(144 + length)...])
  }

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
