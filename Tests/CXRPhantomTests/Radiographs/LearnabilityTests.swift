// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage
import CXRPhantom
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Learning from phantom radiographs")
struct LearnabilityTests {
  private static let counts = (train: 600, test: 300)
  private static let findings = Finding.allCases.filter { $0 != .noFinding }

  /// A picture, 32 × 32, with what was planted in it: findings, sex, age and race groups, and last
  /// a coin that the picture knows nothing of.
  private static func example(_ number: Int) -> (picture: [Float], labels: [Bool]) {
    let stream = RandomStream(seed: 99, purpose: "test.learnability", index: number)
    var record = PhantomRadiograph.Record(
      ageYears: 20 + 70 * stream.unit(at: 0), sex: stream.coin(at: 1) ? .female : .male,
      race: Race.allCases[stream.index(at: 2, below: 4)], view: .pa)
    for (index, finding) in findings.enumerated() where stream.unit(at: 10 + index) < 0.2 {
      record.grades[finding] = 0.4 + 0.6 * stream.unit(at: 40 + index)
    }
    let film = PhantomRadiograph(
      record, style: PhantomSiteStyle(of: .nih), seed: 7, patient: number)
    let labels =
      findings.map { record.grades[$0] != nil } + [record.sex == .female]
      + [(record.ageYears ?? 0) > 55] + Race.allCases.map { record.race == $0 }
      + [stream.coin(at: 3)]
    return (film.image(width: 64, height: 64).halvedShares(), labels)
  }

  @Test("A logistic regression on 32 × 32 pixels sees what was planted, and nothing else")
  func separatesWhatWasPlanted() async throws {
    let examples = try await (0..<Self.counts.train + Self.counts.test).concurrentMap(width: 2) {
      Self.example($0)
    }
    let (train, test) = (examples.prefix(Self.counts.train), examples.suffix(Self.counts.test))
    let model = LogisticRegression(pictures: train.map(\.picture), labels: train.map(\.labels))
    let scores = model.scores(test.map(\.picture))
    let names =
      Self.findings.map(\.name) + ["female", "older than 55"] + Race.allCases.map(\.rawValue)
      + ["coin"]
    for (index, name) in names.enumerated() {
      let labels = test.map { $0.labels[index] }
      let auroc = try AUROC(scores: scores[index], labels: labels).value
      if name == "coin" {
        // Three standard errors of 300 pictures.
        #expect((auroc - 0.5).magnitude < 0.1, "\(name): \(auroc)")
      } else {
        #expect(auroc > 0.8, "\(name): \(auroc)")
      }
    }
  }

  @Test("Different hospitals can be told apart")
  func separatesHospitals() async throws {
    let sites: [PhantomDataset] = [.mimicCXR, .chexpert, .nih, .padchest, .vindrCXR]
    let examples = try await (0..<450).concurrentMap(width: 2) { number in
      let site = number % sites.count
      let film = PhantomRadiograph(
        PhantomRadiograph.Record(ageYears: 60, sex: .male, view: .pa),
        style: PhantomSiteStyle(of: sites[site]), seed: 7, patient: number)
      return (film.image(width: 64, height: 64).halvedShares(), sites.indices.map { $0 == site })
    }
    let (train, test) = (examples.prefix(300), examples.suffix(150))
    let model = LogisticRegression(pictures: train.map(\.0), labels: train.map(\.1))
    let scores = model.scores(test.map(\.0))
    for (index, site) in sites.enumerated() {
      let auroc = try AUROC(scores: scores[index], labels: test.map { $0.1[index] }).value
      #expect(auroc > 0.9, "\(site): \(auroc)")
    }
  }
}
