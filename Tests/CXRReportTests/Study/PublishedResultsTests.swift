// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import CXRStatistics
import CXRTestSupport
import Foundation
import Testing

@testable import CXRReport

@Suite("Published numbers")
struct PublishedResultsTests {
  /// The test sets and arms of the paper.
  private static let index = StudyIndex(
    name: "paper", title: "Paper", publication: .roentgenV2, labels: ["No Finding"],
    arms: ["real-only", "synthetic-only", "synthetic+real", "synthetic-pretrained"].map {
      .init(name: $0, strategy: $0, label: $0, model: $0, publishedAs: $0)
    },
    baseArm: "real-only",
    testSets: [
      ("mimic", ["sex*race", "sex*age"]), ("chexpert", ["sex*race", "sex*age"]),
      ("nih", ["sex*age"]), ("padchest", ["sex*age"]), ("vindr", []),
    ].map { name, groups in
      .init(
        dataset: name, label: name, role: name == "mimic" ? .inDistribution : .external,
        groups: groups, publishedAs: name)
    })

  private static func tables() throws -> StudyTables {
    let none = Provenance(
      software: "", command: "", seed: 0, dataset: "", sources: [], settings: [:])
    let evaluation = EvaluationDocument(
      summary: Summary(question: "", answer: "", warnings: []), runs: [], provenance: none)
    return try StudyTables(
      StudyResults(
        index: index,
        testSets: index.testSets.map {
          .init(set: $0, evaluation: evaluation, comparisons: [], audit: nil)
        }, changes: [], notes: [], adjustment: .holm, provenance: none),
      material: StudyMaterial())
  }

  @Test(
    "The paper's aggregates follow from its cells by the paper's rule",
    arguments: [
      (AggregateChange.Metric.auroc, AggregateChange.Scope.all, "synthetic-pretrained", 6.5),
      (.auroc, .external, "synthetic-pretrained", 7.3), (.auroc, .all, "synthetic+real", 2.7),
      (.aurocGap, .external, "synthetic-pretrained", -16.0),
      (.underdiagnosisGap, .all, "synthetic-pretrained", -19.3),
      // Printed as 2.1 %; its cells, rounded as they are, give this.
      (.auroc, .all, "synthetic-only", 1.95),
    ])
  func aggregates(
    metric: AggregateChange.Metric, scope: AggregateChange.Scope, arm: String, percent: Double
  ) throws {
    let change = AggregateChange(
      metric: metric, scope: scope, model: arm, base: "real-only", comparisons: [], left: [],
      relative: .undefined(""), difference: .undefined(""))
    let value = try #require(try Self.tables().publishedChange(change))
    // Published to one decimal; half a unit in the third decimal of every cell moves the mean of five
    // changes by at most 0.14 points, and of gaps by more.
    #expect((100 * value).isClose(to: percent, absolute: 0.1))
  }

  @Test("No aggregate is made when the paper lacks one of the cells")
  func incomplete() throws {
    let change = AggregateChange(
      metric: .auprc, scope: .all, model: "synthetic-only", base: "real-only", comparisons: [],
      left: [], relative: .undefined(""), difference: .undefined(""))
    #expect(try Self.tables().publishedChange(change) == nil)
  }

  @Test("Both papers are built in, with their sources")
  func builtIn() throws {
    for publication in StudyIndex.Publication.allCases {
      #expect(try !PublishedResults(of: publication).source.title.isEmpty)
    }
    var (arm, set) = (Self.index.arms[0], Self.index.testSets[0])
    (arm.publishedAs, set.publishedAs) = ("Synth-50", "kermany")
    let article = try PublishedResults(of: .syntheticXRay)
    #expect(article.value(.classifier, of: arm, on: set, metric: "f1") == 0.927)
    #expect(article.value(.classifier, of: arm, on: set, metric: "recall") == nil)
    let distance = StudyIndex.Distance(label: "Normal", metric: "FID", publishedAs: "normal")
    #expect(article.value(of: distance) == 61.88)
    #expect(article.value(of: .init(label: "Normal", metric: "FID")) == nil)
  }
}
