// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRStudy
import Foundation

/// The command `cxr study`.
struct StudyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "study",
    abstract: "Run a whole study as a manifest says, from ingest to report.",
    discussion: """
      A manifest names datasets, cohorts, splits, prompts, generators, training arms, test sets and \
      reports. It becomes stages, each an ordinary command line of cxr; a stage runs again only when \
      something that its result follows from has changed.

      Example:
        cxr study check manifests/studies/phantom.yaml
        cxr study plan manifests/studies/phantom.yaml
        cxr study run manifests/studies/phantom.yaml
        cxr study report studies/mine --out reports/mine
      """,
    subcommands: [
      Check.self, Plan.self, StudyRunCommand.self, Status.self, StudyReportCommand.self,
    ])

  /// The command `cxr study check`.
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "check",
      abstract: "Tell everything that is wrong with a manifest; no data are read.",
      discussion: """
        Example:
          cxr study check manifests/studies/phantom.yaml
        """)

    @OptionGroup var study: StudyOptions
    @OptionGroup var output: OutputOptions

    private struct Document: Encodable {
      let study: String
      let title: String
      let stageCount: Int
      let downloadedDatasets: [String]
    }

    func run() throws {
      let (manifest, graph, _) = try study.expand()
      let document = Document(
        study: manifest.name, title: manifest.title, stageCount: graph.stages.count,
        downloadedDatasets: manifest.downloadedDatasets)
      try output.write(document) { _ in
        "\(manifest.fileName) is in order: \(NumberText.count(graph.stages.count, "stage")).\n"
      }
    }
  }

  /// The command `cxr study plan`.
  struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan",
      abstract: "Print the stages of a study: done or to do, why, and their command lines.",
      discussion: """
        Files outside the study are looked up and their digests taken, so the first plan of large \
        datasets takes a while. How much there is to do is told in images, prompts, steps and \
        resamples: by what the catalog has, or, with the word about, by the stages before. How long it \
        takes is told once one of the same verb has run. What is missing is listed at the end.

        Example:
          cxr study plan manifests/studies/roentgen-v2.yaml --root nih=/data/nih
        """)

    @OptionGroup var study: StudyOptions
    @OptionGroup var stages: StageOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let (manifest, graph, layout) = try study.expand()
      let document = try study.document(
        StagePlan(graph, layout: layout), of: stages.names(in: graph), manifest, graph)
      try output.write(document) { _ in StudyText.plan(document) }
      guard !document.stages.contains(where: { $0.status == "missing" }) else {
        throw ExitStatus.missingInput.exitCode
      }
    }
  }

  /// The command `cxr study status`.
  struct Status: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "status",
      abstract: "Print how far a study is, and how long its stages took.",
      discussion: """
        May be given while the study runs.

        Example:
          cxr study status manifests/studies/phantom.yaml
        """)

    @OptionGroup var study: StudyOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let (manifest, graph, layout) = try study.expand()
      let document = try study.document(
        StagePlan(graph, layout: layout), of: nil, manifest, graph)
      try output.write(document) { _ in StudyText.status(document) }
    }
  }
}
