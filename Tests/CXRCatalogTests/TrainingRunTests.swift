// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import Testing

@Suite("Training runs in the catalog")
struct TrainingRunTests {
  private func epoch(_ number: Int) -> TrainingRunContent.Epoch {
    TrainingRunContent.Epoch(
      epoch: number, stage: 0, step: 10 * number, learningRate: 1e-4, trainingLoss: 0.5,
      validationLoss: 0.6, validationMeanAUROC: number == 0 ? nil : 0.7, definedFindingCount: 3,
      isBest: true, seconds: 1.5, imageCount: 80)
  }

  private func run(_ epochs: [Int], configuration: String = "{}") -> TrainingRunContent {
    TrainingRunContent(
      name: "real", folder: "/runs/real", configurationJSON: configuration, isFinished: false,
      epochs: epochs.map(epoch))
  }

  private let provenance = Provenance(
    verb: "train", commandLine: "cxr train", startedAt: "2026-01-01T00:00:00Z")

  @Test("Epochs are added one by one, and none is lost when the same run begins again")
  func grows() throws {
    let catalog = try Catalog.inMemory()
    #expect(try catalog.addTrainingRun(run([0]), provenance: provenance) == .created)
    #expect(try catalog.addTrainingRun(run([1]), provenance: provenance) == .updated)
    try catalog.requireFreeName(for: run([]), onConflict: .refuse)
    _ = try catalog.addTrainingRun(run([]), provenance: provenance)
    #expect(try catalog.trainingRuns() == [run([0, 1])])
  }

  @Test("Another run of the name is refused, or takes its place")
  func conflicts() throws {
    let catalog = try Catalog.inMemory()
    _ = try catalog.addTrainingRun(run([0, 1]), provenance: provenance)
    let other = run([0], configuration: #"{"seed": 2}"#)
    let error = #expect(throws: CatalogError.self) {
      try catalog.requireFreeName(for: other, onConflict: .refuse)
    }
    #expect(error?.code == .conflict)
    #expect(throws: CatalogError.self) {
      try catalog.addTrainingRun(other, provenance: provenance)
    }
    #expect(try catalog.trainingRuns() == [run([0, 1])])
    _ = try catalog.addTrainingRun(other, onConflict: .replace, provenance: provenance)
    #expect(try catalog.trainingRuns() == [other])
  }
}
