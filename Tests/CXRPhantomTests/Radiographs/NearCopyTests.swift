// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

/// Copies among films that look alike: several of one patient, with the same findings.
@Suite("Near copies of phantoms")
struct NearCopyTests {
  private static let patientCount = 25
  private static let side = 128

  /// Two frontal and two lateral films of each patient.
  private static func films(seed: UInt64) -> [GrayImage] {
    (1...patientCount).flatMap { patient in
      (0..<4).map { film in
        let record = PhantomRadiograph.Record(
          ageYears: 20 + Double(2 * patient), sex: patient % 2 == 0 ? .male : .female,
          view: film < 2 ? .pa : .lateral)
        return PhantomRadiograph(
          record, style: PhantomSiteStyle(of: .mimicCXR), seed: seed, patient: patient, film: film
        ).image(width: side, height: side)
      }
    }
  }

  /// Compressed strongly, or made smaller or larger, then compressed.
  private static func copy(_ image: GrayImage, _ kind: Int) throws -> [UInt8] {
    switch kind % 4 {
    case 0: return try image.jpegBytes(quality: 30)
    case 1: return try image.transformed(by: .resize(.square(64), .bilinear)).jpegBytes(quality: 85)
    case 2: return try image.transformed(by: .resize(.square(97), .bicubic)).jpegBytes(quality: 85)
    default: return try image.transformed(by: .resize(.square(200), .lanczos)).pngBytes()
    }
  }

  @Test("At least 95 in 100 copies are found, and as many of what is found are copies")
  func findsCopies() async throws {
    let folder = try TemporaryFolder()
    var files: [RadiographFile] = []
    func append(_ bytes: [UInt8], _ name: String) throws {
      files.append(
        RadiographFile(
          dataset: "d", imageName: name, path: try folder.write(Data(bytes), to: name)))
    }
    let films = Self.films(seed: 21)
    // One film in four, one of each kind in turn, has a copy.
    var copies: Set<[Int]> = []
    for (number, film) in films.enumerated() { try append(film.pngBytes(), "\(number).png") }
    for (kind, number) in stride(from: 0, to: films.count, by: 4).enumerated() {
      copies.insert([number + kind % 4, files.count])
      try append(Self.copy(films[number + kind % 4], kind + kind / 4), "\(number)-copy")
    }
    let store = try await ImageStoreBuilder(files, preparation: StorePreparation(side: 112))
      .build(at: folder.path("store"), threads: 2)
    #expect(store.radiographs.count == files.count)
    let report = try await DuplicateReport(of: store, threads: 2)
    let found = Set(report.groups.map(\.members))
    let right = found.intersection(copies).count
    #expect(Double(right) >= 0.95 * Double(copies.count), "\(right) of \(copies.count) found")
    #expect(Double(right) >= 0.95 * Double(found.count), "\(found.subtracting(copies))")
    // Hashes alone would not do.
    let hashed = try await DuplicateReport(of: store, minimumCorrelation: 0, threads: 2)
    #expect(hashed.groups.flatMap(\.members).count > 2 * report.groups.flatMap(\.members).count)
  }
}
