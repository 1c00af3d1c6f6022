// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import Foundation
import FoundationXML
import Testing

@testable import CXRReport

@Suite("Training curves")
struct TrainingReportTests {
  /// A run of two stages of three epochs, the second of each the best.
  private func run(
    _ name: String, stages: Int = 2, auroc: (Int) -> Double? = { 0.7 + 0.01 * Double($0) }
  ) -> TrainingRunContent {
    TrainingRunContent(
      name: name, folder: "runs/\(name)", configurationJSON: "{}", isFinished: stages > 1,
      epochs: (0..<3 * stages).map { epoch in
        TrainingRunContent.Epoch(
          epoch: epoch, stage: epoch / 3, step: 10 * epoch, learningRate: 1e-4,
          trainingLoss: 0.5 - 0.01 * Double(epoch), validationLoss: 0.6 - 0.01 * Double(epoch),
          validationMeanAUROC: auroc(epoch), definedFindingCount: 8, isBest: epoch % 3 < 2,
          seconds: 1.25, imageCount: 1_282)
      })
  }

  @Test("The kept epochs are ringed and the stages divided")
  func marks() throws {
    let script = TrainingCurves([run("a")]).figure(name: "curves").script
    // Epochs are counted from 1: the second of each stage is kept, the second stage begins after 3.
    let ring = try #require(script.firstMatch(of: /(\$data[0-9]+) using 1:2 with points pt 6/))
    #expect(script.contains("\(ring.output.1) << END\n2.0 0.71\n5.0 0.74\nEND\n"))
    #expect(script.components(separatedBy: "from first 3.5,graph 0").count == 4)
    #expect(script.contains("'a: AUROC 0.740 at epoch 5'"))
    let single = TrainingCurves([run("a", stages: 1)]).figure(name: "curves").script
    #expect(!single.contains("nohead lw 1 dt 2") && !single.contains("Vertical"))
  }

  @Test("A stage is not joined to the one before")
  func stagesApart() {
    let script = TrainingCurves([run("a")]).figure(name: "curves").script
    #expect(script.contains("<< END\n1.0 0.6\n2.0 0.59\n3.0 0.58\nEND"))
  }

  @Test("An epoch without an AUROC is left out, and a run without any says so")
  func undefined() {
    let some = TrainingCurves([run("a") { $0 == 1 ? nil : 0.75 }]).figure(name: "c").script
    #expect(some.contains("<< END\n1.0 0.75\n3.0 0.75\nEND"))
    let none = TrainingCurves([run("a") { _ in nil }]).figure(name: "c").script
    #expect(none.contains("'a: validation loss ") && !none.contains("AUROC"))
  }

  @Test(
    "The figure is well-formed, the same each time, and names no command",
    .enabled(if: FigureTests.isGnuplotInstalled), arguments: [1, 2, 40])
  func drawn(_ count: Int) async throws {
    let runs = (0..<count).map { run("run '\($0)' <b> `date`", stages: 1 + $0 % 2) }
    let svg = try await TrainingReport(runs).curves()
    #expect(try await TrainingReport(runs).curves() == svg)
    #expect(try XMLDocument(xmlString: svg).rootElement()?.name == "svg")
    #expect(svg.contains("&lt;b"))
  }

  @Test("A single epoch can be drawn", .enabled(if: FigureTests.isGnuplotInstalled))
  func oneEpoch() async throws {
    var first = run("a", stages: 1)
    first.epochs.removeLast(2)
    #expect(try await TrainingReport([first]).curves().contains("</svg>"))
  }

  @Test("Without gnuplot the error says how to get it")
  func missing() async throws {
    let report = TrainingReport([run("a")], gnuplot: "no-such-gnuplot")
    let error = await #expect(throws: ReportError.self) { try await report.curves() }
    #expect(error?.code == .gnuplotMissing)
  }

  @Test("Tables fit the terminal and mark the kept epochs")
  func tables() {
    let runs = [run("a"), run("a-run-with-a-long-name-of-its-own", stages: 1)]
    let report = TrainingReport(runs)
    let overview = report.overview(strategies: ["pretrain-finetune", "mixed:1:3,real=10%"])
    for line in (report.text() + overview).split(separator: "\n") {
      #expect(line.count <= 80, "\(line)")
    }
    #expect(report.text().components(separatedBy: "  kept\n").count == 4)
    #expect(overview.contains("0.740") && overview.contains("unfinished"))
  }
}
