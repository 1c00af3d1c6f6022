// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import Testing

@Suite("Cohort warnings")
struct CohortWarningsTests {
  private let catalog: Catalog

  init() throws { catalog = try CohortFixture.catalog() }

  @Test(
    "Clauses that let nothing in are told, with what there is instead",
    arguments: [
      ("attributes: {pediatric: [No, Ye]}", "attribute pediatric=Ye lets nothing of tiny in: did"),
      ("attributes: {pediatric: [Unclear]}", "its values are No and Yes."),
      (
        "having: {Fracture: [positive]}",
        "having Fracture lets nothing of tiny in: it does not annotate that finding, only Edema and "
          + "No Finding."
      ),
    ])
  func unknownWords(_ criteria: String, _ words: String) throws {
    let definition = try CohortDefinition(
      yaml: "name: n\ndatasets: [tiny]\n" + criteria, file: "f")
    let warnings = try CohortWarnings(definition, catalog: catalog).unknownWords()
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains(words) == true, "\(warnings)")
    for fine in [
      "attributes: {pediatric: No}", "having: {Fracture: [unannotated], Edema: positive}",
    ] {
      let definition = try CohortDefinition(
        yaml: "name: n\ndatasets: [tiny]\n" + fine, file: "f")
      #expect(try CohortWarnings(definition, catalog: catalog).unknownWords().isEmpty)
    }
  }

  @Test("A cohort without a radiograph names the rule that removed the last ones")
  func emptyCohort() throws {
    let definition = try CohortDefinition(
      yaml: "name: n\ndatasets: [tiny]\nviews: [AP]\nsex: [female]\nage: {min: 50}", file: "f")
    let content = try CohortMaker(definition).content(from: catalog)
    let warnings = CohortWarnings(definition, catalog: catalog)
    let error = #expect(throws: CohortError.self) { try warnings.requireMembers(content) }
    #expect(error?.code == .empty)
    #expect(error?.message.contains("the last 1 went by \"sex is not female\"") == true)
    #expect(warnings.emptyDatasets(content).isEmpty)
    let two = try CohortFixture.catalog(datasets: ["a", "b"])
    let half = try CohortDefinition(
      yaml: """
        name: n
        sources: [{dataset: a}, {dataset: b, age: {min: 100}}]
        """, file: "f")
    let some = try CohortMaker(half).content(from: two)
    #expect(throws: Never.self) { try CohortWarnings(half, catalog: two).requireMembers(some) }
    let told = CohortWarnings(half, catalog: two).emptyDatasets(some)
    #expect(told.map { $0.hasPrefix("no radiograph of b is in cohort n (the last 7") } == [true])
  }
}
