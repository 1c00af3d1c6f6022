// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage
import CXRPhantom
import CXRTestSupport
import Testing

@Suite("Phantom radiograph")
struct PhantomRadiographTests {
  private static let side = 96
  /// The findings that change a picture.
  static let visible = Finding.allCases.filter { $0 != .noFinding }

  private func film(
    _ grades: [Finding: Double] = [:], view: View = .pa, patient: Int = 5, seed: UInt64 = 7
  ) -> PhantomRadiograph {
    PhantomRadiograph(
      PhantomRadiograph.Record(
        ageYears: 57, sex: .female, race: .white, view: view, grades: grades),
      style: PhantomSiteStyle(of: .nih), seed: seed, patient: patient)
  }

  private func bytes(_ film: PhantomRadiograph, side: Int = side) -> [Float] {
    film.image(width: side, height: side).shares()
  }

  /// The mean difference of two pictures; white is 1.
  private func distance(_ a: [Float], _ b: [Float]) -> Float {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1).magnitude } / Float(a.count)
  }

  @Test("The same key draws the same pixels on any number of threads")
  func isAFunctionOfItsKey() async throws {
    let films = (0..<6).map { film([Self.visible[$0]: 0.6], view: $0 == 5 ? .lateral : .pa) }
    let alone = films.map { $0.image(width: 80, height: 96) }
    let together = try await (films + films).concurrentMap(width: 4) {
      $0.image(width: 80, height: 96)
    }
    #expect(together == alone + alone)
    #expect(film(seed: 8).image(width: 80, height: 96) != film().image(width: 80, height: 96))
    #expect(film(patient: 6).image(width: 80, height: 96) != film().image(width: 80, height: 96))
  }

  @Test(
    "A finding shows, and the more the higher its grade", arguments: visible, [View.pa, .lateral])
  func gradesAreMonotone(_ finding: Finding, _ view: View) {
    let without = bytes(film(view: view))
    let changes = [0.25, 0.6, 1].map {
      distance(bytes(film([finding: $0], view: view)), without)
    }
    // A nodule of a few pixels is the smallest change: noise alone would be 0, being the same.
    #expect(changes[0] > 2e-4, "\(changes)")
    #expect(changes[0] < changes[1] && changes[1] < changes[2], "\(changes)")
  }

  @Test("No Finding adds nothing, and neither does a grade of 0")
  func nothingToSee() {
    let plain = film().image(width: 64, height: 64)
    #expect(film([.noFinding: 1]).image(width: 64, height: 64) == plain)
    #expect(film([.edema: 0]).image(width: 64, height: 64) == plain)
  }

  @Test("A finding leaves the rest of the film alone")
  func findingsAreLocal() {
    let without = bytes(film())
    let with = bytes(film([.lungLesion: 0.5]))
    let changed = zip(with, without).count { $0 != $1 }
    #expect(changed > 10 && changed < without.count / 20, "\(changed)")
  }

  @Test("The heart takes up more than half of the thorax when it is enlarged, and grows")
  func heartGrows() throws {
    let shares = try [0, 0.1, 0.5, 1].map { grade in
      let picture = bytes(film([.cardiomegaly: grade]))
      // The row above the diaphragm: bright from one border of the heart to the other.
      let row = picture[(68 * Self.side)..<(69 * Self.side)]
      let lungs = row.indices.filter { row[$0] < 0.5 }.map { $0 - row.startIndex }
      let inside = lungs.filter { (14..<82).contains($0) }
      let (left, right) = (inside.filter { $0 < 48 }, inside.filter { $0 > 48 })
      let heart = try #require(right.min()) - (try #require(left.max()))
      let thorax = try #require(right.max()) - (try #require(left.min()))
      return Double(heart) / Double(thorax)
    }
    // The row is not the heart's widest: the drawn ratios are 0.44 or so, 0.53, 0.59 and 0.66.
    #expect(shares[0] < 0.45, "\(shares)")
    #expect(shares[1] > 0.47 && shares[2] > 0.52 && shares[3] > 0.58, "\(shares)")
    #expect(shares == shares.sorted())
  }

  @Test("Size and bit depth change the sampling only")
  func samplings() {
    let film = film([.pleuralEffusion: 0.8])
    let small = bytes(film, side: 64)
    let large = bytes(film, side: 128)
    var shrunk = [Float](repeating: 0, count: 64 * 64)
    for row in 0..<128 {
      for column in 0..<128 { shrunk[row / 2 * 64 + column / 2] += large[row * 128 + column] / 4 }
    }
    // Below the letters the noise differs, and no edge or bone is narrower than a pixel.
    let letters = 18 * 64
    let change = distance(Array(small[letters...]), Array(shrunk[letters...]))
    #expect(change < 0.03, "\(change)")
    for depth in [10, 12, 14, 16] {
      let deep = film.image(width: 64, height: 64, bitDepth: depth)
      #expect(deep.bitDepth == depth && deep.maximum == (1 << depth) - 1)
      #expect(distance(deep.shares(), small) < 1 / 255.0)
    }
    let wide = film.image(width: 130, height: 70)
    #expect(wide.width == 130 && wide.height == 70)
  }

  @Test("Views, sexes, ages and hospitals look different")
  func recordsDiffer() {
    typealias Record = PhantomRadiograph.Record
    func picture(_ record: Record, _ dataset: PhantomDataset = .nih) -> [Float] {
      bytes(
        PhantomRadiograph(record, style: PhantomSiteStyle(of: dataset), seed: 7, patient: 5))
    }
    let base = picture(Record(ageYears: 40, sex: .female, view: .pa))
    for other in [
      Record(ageYears: 40, sex: .male, view: .pa), Record(ageYears: 85, sex: .female, view: .pa),
      Record(ageYears: 40, sex: .female, view: .ap),
      Record(ageYears: 40, sex: .female, view: .apSupine),
      Record(ageYears: 40, sex: .female, view: .lateral),
    ] { #expect(distance(picture(other), base) > 0.01, "\(other)") }
    let styles = Set(PhantomDataset.allCases.map { PhantomSiteStyle(of: $0) })
    #expect(styles.count == 5)
    for dataset in PhantomDataset.allCases where dataset != .nih {
      let other = picture(Record(ageYears: 40, sex: .female, view: .pa), dataset)
      #expect(distance(other, base) > 0.01, "\(dataset)")
    }
  }

  @Test("The texture of a race group is faint and the same all over the film")
  func raceIsOnlyTexture() {
    let record = PhantomRadiograph.Record(ageYears: 40, sex: .female, view: .pa)
    let plain = bytes(
      PhantomRadiograph(record, style: PhantomSiteStyle(of: .nih), seed: 7, patient: 5))
    for race in Race.allCases {
      var record = record
      record.race = race
      let picture = bytes(
        PhantomRadiograph(record, style: PhantomSiteStyle(of: .nih), seed: 7, patient: 5))
      let change = distance(picture, plain)
      #expect(change > 0.001 && change < 0.01, "\(race): \(change)")
    }
  }

  @Test("Every film says PHANTOM in a corner and names a side", arguments: PhantomDataset.allCases)
  func isStamped(_ dataset: PhantomDataset) {
    for (view, side) in [(View.pa, 64), (.lateral, 64), (.ap, 300)] {
      let film = PhantomRadiograph(
        PhantomRadiograph.Record(view: view, grades: [.pleuralEffusion: 1]),
        style: PhantomSiteStyle(of: dataset), seed: 3, patient: 8)
      #expect(film.image(width: side, height: side + 10).upperLeftLetters == phantomLetters)
    }
  }

  @Test("Tiny films and odd depths are mistakes of the caller")
  func refusesOddSizes() async {
    await #expect(processExitsWith: .failure) {
      _ = PhantomRadiograph(
        PhantomRadiograph.Record(), style: PhantomSiteStyle(of: .nih), seed: 1, patient: 1
      ).image(width: 63, height: 64)
    }
    await #expect(processExitsWith: .failure) {
      _ = PhantomRadiograph(
        PhantomRadiograph.Record(), style: PhantomSiteStyle(of: .nih), seed: 1, patient: 1
      ).image(width: 64, height: 64, bitDepth: 17)
    }
  }
}
