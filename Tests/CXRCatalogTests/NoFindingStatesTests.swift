// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import Testing

@Suite("The No Finding state of predicted radiographs")
struct NoFindingStatesTests {
  @Test("Is read whether or not No Finding is asked for")
  func noFindingStates() throws {
    let catalog = try CatalogFixture.catalog()
    var content = CatalogFixture.content(digest: "2")
    content.radiographs[0].findings[.noFinding] = .unmentioned
    content.radiographs[2].findings[.noFinding] = .positive
    _ = try catalog.replaceDataset(content, provenance: CatalogFixture.provenance)
    _ = try catalog.addPredictionRun(
      CatalogFixture.run(catalog, scores: ["a.png": 0.5, "b.png": 0.5, "c.png": 0.5]),
      dataset: "tiny", provenance: CatalogFixture.provenance)
    let table = try catalog.predictions(
      .init(dataset: "tiny", models: ["m"], labels: .named(["Fracture"]))
    ).table
    #expect(table.noFindingStates == [.unmentioned, .unannotated, .positive])
    let policy = try LabelPolicy("explicit-only+no-finding")
    #expect(table.targets(ofLabel: 0, under: policy) == [nil, nil, false])
  }
}
