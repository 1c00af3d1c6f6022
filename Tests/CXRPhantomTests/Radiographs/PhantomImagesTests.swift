// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRImage
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("Phantom images")
struct PhantomImagesTests {
  let folder: TemporaryFolder
  private static let datasets = PhantomDataset.allCases

  init() throws { folder = try TemporaryFolder() }

  private func write(
    _ dataset: PhantomDataset, patients: Int = 15, to name: String = "a", threads: Int = 2
  ) async throws -> DatasetTruth {
    let truth = try await Phantom(size: .patients(patients), seed: 5).write(
      to: folder.path(name), images: PhantomImages(side: 64, threads: threads), only: [dataset])
    return try #require(truth[dataset])
  }

  /// The table of a dataset's pictures.
  private func table(_ dataset: PhantomDataset) throws -> [[String: String]] {
    try WrittenTable(folder.path("a/truth/\(dataset.rawValue)-images.csv")).records
  }

  private func path(_ record: [String: String], of dataset: PhantomDataset) -> String {
    folder.path("a/\(dataset.rawValue)/\(record["path"] ?? "")")
  }

  @Test("Each picture is a file of its dataset's format, and is counted", arguments: datasets)
  func formats(_ dataset: PhantomDataset) async throws {
    let truth = try await write(dataset)
    let images = try #require(truth.images)
    let records = try table(dataset)
    let dropped = truth.droppedByReason.values.reduce(0, +)
    #expect(records.count == truth.radiographCount + dropped)
    #expect(images.fileCount == records.count && images.side == 64)
    #expect(images.filesByFormat == records.map { $0["format"] ?? "" }.counts)
    let depths: Set<String> = Set(records.compactMap { $0["bits"] })
    switch dataset {
    case .mimicCXR, .chexpert:
      #expect(Set(images.filesByFormat.keys) == ["JPEG"] && depths == ["8"])
    case .nih:
      #expect(Set(images.filesByFormat.keys) == ["PNG", "PNG RGBA"] && depths == ["8"])
    case .chexpertPlus:
      #expect(Set(images.filesByFormat.keys) == ["PNG"] && depths == ["8"])
    case .padchest: #expect(Set(images.filesByFormat.keys) == ["PNG 16 bit"] && depths == ["16"])
    case .vindrCXR:
      #expect(Set(images.filesByFormat.keys) == ["DICOM"] && depths == ["12", "14"])
    }
    // Nothing else looks like a picture, and nothing is missing.
    let kinds = ["jpg", "png", "dicom"]
    let root = folder.path("a/\(dataset.rawValue)")
    let found = try FileManager.default.subpathsOfDirectory(atPath: root).filter { path in
      kinds.contains { path.hasSuffix(".\($0)") }
    }
    #expect(Set(found) == Set(records.compactMap { $0["path"] }))
  }

  @Test("Files decode to the stated size, and the spoilt ones do not", arguments: datasets)
  func decodes(_ dataset: PhantomDataset) async throws {
    let truth = try await write(dataset)
    var unreadable: [String: Int] = [:]
    for record in try table(dataset) {
      let path = path(record, of: dataset)
      let damage = record["damage"] ?? ""
      guard damage.isEmpty else {
        #expect(throws: ImageError.self, "\(damage)") { try GrayImage(contentsOf: path) }
        unreadable[damage, default: 0] += 1
        continue
      }
      let image = try GrayImage(contentsOf: path)
      #expect(String(image.width) == record["width"] && String(image.height) == record["height"])
      #expect(min(image.width, image.height) == 64)
      #expect(String(image.bitDepth) == record["decodedBits"])
      if dataset == .vindrCXR {
        #expect(String(try DICOMImage(contentsOf: path).bitsStored) == record["bits"])
      } else {
        #expect(record["bits"] == record["decodedBits"])
      }
      // White on black, whatever way round the values are stored.
      #expect(image.upperLeftLetters == phantomLetters, "\(record)")
    }
    #expect(unreadable == truth.images?.unreadableByDamage)
    let damages: Set<String> = dataset == .padchest ? ["truncated", "empty", "altered"] : []
    #expect(Set(unreadable.keys) == damages)
  }

  @Test("The files do not depend on the number of threads", arguments: [PhantomDataset.padchest])
  func threads(_ dataset: PhantomDataset) async throws {
    _ = try await write(dataset, to: "a", threads: 1)
    _ = try await write(dataset, to: "b", threads: 4)
    let root = URL(filePath: folder.path("a"))
    for path in try FileManager.default.subpathsOfDirectory(atPath: root.path)
    where !FileManager.default.isFolder(folder.path("a/\(path)")) {
      let first = try FileDigest(path: folder.path("a/\(path)")).sha256
      #expect(try FileDigest(path: folder.path("b/\(path)")).sha256 == first, "\(path)")
    }
  }

  @Test("One picture of NIH in a hundred has four channels, and at least one")
  func fourChannels() async throws {
    let truth = try await write(.nih)
    let colour = try table(.nih).filter { $0["format"] == "PNG RGBA" }
    #expect(truth.images?.filesByFormat["PNG RGBA"] == colour.count && colour.count >= 1)
    for record in colour {
      // The colour type of the header: 6 is RGB with transparency.
      let bytes = try Data(contentsOf: URL(filePath: path(record, of: .nih)))
      #expect(bytes[25] == 6)
    }
  }

  @Test("The header of a DICOM file goes with its pixels, and windows and inversion occur")
  func headers() async throws {
    _ = try await write(.vindrCXR)
    var photometric: Set<String> = []
    for record in try table(.vindrCXR) {
      let header = try DICOMHeader(path: path(record, of: .vindrCXR))
      #expect(header[.rows] == record["height"] && header[.columns] == record["width"])
      #expect(header[.bitsStored] == record["bits"])
      let depth = try #require(Int(record["bits"] ?? ""))
      let width = try #require(Int(header[.windowWidth] ?? ""))
      #expect(width < 1 << depth && width > 1 << (depth - 1))
      photometric.insert(header[.photometricInterpretation] ?? "")
    }
    #expect(photometric == ["MONOCHROME1", "MONOCHROME2"])
  }

  @Test("A radiograph with two identifiers is the same picture twice")
  func copies() async throws {
    // The patient who has such a radiograph in every phantom is the 17th.
    let truth = try await write(.mimicCXR, patients: 17)
    let digests = try table(.mimicCXR).map {
      try FileDigest(path: path($0, of: .mimicCXR)).sha256
    }
    let copies = digests.count - Set(digests).count
    #expect(copies > 0 && copies == truth.count(ofQuirk: "radiographTwice"))
  }

  @Test("Pictures change nothing about the tables")
  func tablesStay() async throws {
    _ = try await write(.nih)
    _ = try Phantom(size: .patients(15), seed: 5).write(to: folder.path("b"), only: [.nih])
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path("b"))
    where !FileManager.default.isFolder(folder.path("b/\(path)")) && !path.hasSuffix(".json")
      // The list of files names the pictures too.
      && path != "truth/nih-files.txt"
    {
      let digest = try FileDigest(path: folder.path("b/\(path)")).sha256
      #expect(try FileDigest(path: folder.path("a/\(path)")).sha256 == digest, "\(path)")
    }
  }

  @Test("CheXpert Plus has CheXpert's pictures, without the losses of JPEG")
  func sharedPictures() async throws {
    _ = try await Phantom(size: .patients(15), seed: 5).write(
      to: folder.path("a"), images: PhantomImages(side: 64, threads: 2),
      only: [.chexpert, .chexpertPlus])
    for record in try table(.chexpertPlus) {
      let image = try GrayImage(contentsOf: path(record, of: .chexpertPlus))
      let name = (record["path"] ?? "").dropFirst(4).dropLast(3)
      let lossy = try GrayImage(contentsOf: folder.path("a/chexpert/\(name)jpg"))
      let again = try GrayImage(decoding: image.jpegBytes(quality: 95), name: "again")
      #expect(again == lossy, "\(name)")
    }
  }

  @Test("A phantom over an earlier one leaves nothing of it and nothing else out")
  func replacesPictures() async throws {
    _ = try await write(.vindrCXR, patients: 25)
    try folder.write("mine", to: "a/vindr-cxr/train/notes.txt")
    _ = try await write(.vindrCXR, patients: 15)
    _ = try await write(.vindrCXR, patients: 15, to: "b")
    let own = try FileManager.default.subpathsOfDirectory(atPath: folder.path("b"))
    let found = try FileManager.default.subpathsOfDirectory(atPath: folder.path("a"))
    #expect(Set(found) == Set(own).union(["vindr-cxr/train/notes.txt"]))
    // Without pictures the table of them goes too.
    _ = try Phantom(size: .patients(15), seed: 5).write(to: folder.path("a"), only: [.vindrCXR])
    #expect(!FileManager.default.fileExists(atPath: folder.path("a/truth/vindr-cxr-images.csv")))
  }

  @Test("Pictures of no size and no threads are mistakes of the caller")
  func refusesNoSize() async {
    await #expect(processExitsWith: .failure) { _ = PhantomImages(side: 32) }
    await #expect(processExitsWith: .failure) { _ = PhantomImages(side: 64, threads: 0) }
  }
}
