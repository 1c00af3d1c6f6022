// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage
import CXRTestSupport
import Foundation
import Testing

@testable import CXRPhantom

/// Boxes lie where findings were drawn.
@Suite("Phantom boxes")
struct PhantomBoxTests {
  private static let findings: [Finding] = [
    .cardiomegaly, .consolidation, .fracture, .lungLesion, .lungOpacity, .pleuralEffusion,
    .pneumonia, .pneumothorax,
  ]

  private static func film(
    _ grades: [Finding: Double], view: View = .pa, patient: Int
  ) -> PhantomRadiograph {
    PhantomRadiograph(
      PhantomRadiograph.Record(ageYears: 55, sex: .male, view: view, grades: grades),
      style: PhantomSiteStyle(of: .vindrCXR), seed: 9, patient: patient)
  }

  @Test("What a finding changes in the picture lies in its box", arguments: findings, [1, 2, 3])
  func holdsTheChange(_ finding: Finding, patient: Int) throws {
    let film = Self.film([finding: 0.7, .edema: 0.3], patient: patient)
    let box = try #require(film.box(of: finding, shape: (128, 144)))
    let pictures = [film, Self.film([.edema: 0.3], patient: patient)].map {
      $0.image(width: 128, height: 144).levels
    }
    var (inside, all) = (0.0, 0.0)
    for index in pictures[0].indices {
      let change = Double(abs(pictures[0][index] - pictures[1][index]))
      let (x, y) = ((Double(index % 128) + 0.5) / 128, (Double(index / 128) + 0.5) / 144)
      all += change
      if box.x.contains(x), box.y.contains(y) { inside += change }
    }
    let area =
      (box.x.upperBound - box.x.lowerBound) * (box.y.upperBound - box.y.lowerBound)
    // A finding on both sides has its box on one of them.
    #expect(inside / all > 0.4, "\(inside / all)")
    #expect(inside / all > 2 * area, "\(inside / all) of the change in \(area) of the film")
  }

  @Test("A finding that is not shown, and a lateral film, have no box")
  func hasNone() {
    let film = Self.film([.lungLesion: 0.7], patient: 1)
    #expect(film.box(of: .pneumonia, shape: (64, 64)) == nil)
    let lateral = Self.film([.lungLesion: 0.7], view: .lateral, patient: 1)
    #expect(lateral.box(of: .lungLesion, shape: (64, 64)) == nil)
  }

  @Test("Boxes of VinDr-CXR are the same with and without pictures, in the pixels of each")
  func agreeWithPictures() async throws {
    let folder = try TemporaryFolder()
    let phantom = Phantom(size: .patients(40), seed: 5)
    _ = try phantom.write(to: folder.path("a"), only: [.vindrCXR])
    _ = try await phantom.write(
      to: folder.path("b"), images: PhantomImages(side: 64, threads: 2), only: [.vindrCXR])
    let names = ["annotations/annotations_train.csv", "annotations/annotations_test.csv"]
    var count = 0
    for name in names {
      let tables = try ["a", "b"].map { try WrittenTable(folder.path("\($0)/vindr-cxr/\(name)")) }
      #expect(tables[0].rows.map { $0.dropLast(4) } == tables[1].rows.map { $0.dropLast(4) })
      for (large, small) in zip(tables[0].rows, tables[1].rows) {
        let (native, drawn) = (
          large.suffix(4).compactMap(Double.init), small.suffix(4).compactMap(Double.init)
        )
        #expect(native.count == drawn.count)
        count += native.count / 4
        // Both are rounded down to whole pixels.
        for (place, (own, other)) in zip(native, drawn).enumerated() {
          let scale = place % 2 == 0 ? 64.0 / 2_080 : 72.0 / 2_336
          #expect(abs(own * scale - other) <= 1.04)
        }
        if drawn.count == 4 { #expect(drawn[2] <= 64 && drawn[3] <= 72) }
      }
    }
    #expect(count > 20)
  }

  @Test("Readers who agree on a finding draw nearly the same box")
  func readersAgree() throws {
    let folder = try TemporaryFolder()
    _ = try Phantom(size: .patients(120), seed: 5).write(
      to: folder.path("a"), only: [.vindrCXR])
    let rows = try WrittenTable(folder.path("a/vindr-cxr/annotations/annotations_train.csv"))
      .rows.filter { $0[2] == "Cardiomegaly" }
    let agreed = Dictionary(grouping: rows, by: \.[0]).values.filter { $0.count > 1 }
    #expect(!agreed.isEmpty)
    for boxes in agreed.map({ $0.map { $0.suffix(4).compactMap(Double.init) } }) {
      for (first, second) in zip(boxes, boxes.dropFirst()) {
        let overlap =
          max(min(first[2], second[2]) - max(first[0], second[0]), 0)
          * max(min(first[3], second[3]) - max(first[1], second[1]), 0)
        let areas = [first, second].map { ($0[2] - $0[0]) * ($0[3] - $0[1]) }
        #expect(overlap / (areas[0] + areas[1] - overlap) > 0.6)
      }
    }
  }
}

extension GrayImage {
  /// The pixels as whole numbers.
  fileprivate var levels: [Int] {
    switch pixels {
    case .bytes(let bytes): bytes.map(Int.init)
    case .words(let words): words.map(Int.init)
    }
  }
}
