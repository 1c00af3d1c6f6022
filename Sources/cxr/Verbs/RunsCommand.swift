// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRReport
import Foundation

/// The command `cxr runs`.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs",
    abstract: "Look at training runs, alone or beside one another.",
    discussion: """
      The catalog has what every epoch came to while a run goes on, so another terminal can look.

      Example:
        cxr runs list
        cxr runs curves real mixed --out curves.svg
      """,
    subcommands: [List.self, Show.self, Curves.self])

  /// The command `cxr runs list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the training runs with their best mean AUROC.",
      discussion: """
        Example:
          cxr runs list
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let runs = try Catalog(path: catalog.path, access: .read).trainingRuns()
      try output.write(runs) { style in
        guard !runs.isEmpty else { return "The catalog has no training run yet; see cxr train.\n" }
        return TrainingReport(runs).overview(
          strategies: runs.map(\.strategyText), style: style)
      }
    }
  }

  /// The command `cxr runs show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Print what each epoch of training runs came to.",
      discussion: """
        Example:
          cxr runs show real
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The names of the runs.")
    var names: [String]

    func run() throws {
      let runs = try Catalog(path: catalog.path, access: .read).trainingRuns(named: names)
      try output.write(runs) { TrainingReport(runs).text(style: $0) }
    }
  }

  /// The command `cxr runs curves`.
  struct Curves: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "curves",
      abstract: "Draw losses, validation AUROC and learning rate of training runs in one figure.",
      discussion: """
        Writes SVG. The figure of a run alone is in its folder already, as curves.svg.

        Example:
          cxr runs curves real mixed --out curves.svg
        """)

    @OptionGroup var catalog: CatalogOptions

    @Argument(help: "The names of the runs (default: every run).")
    var names: [String] = []

    @OptionGroup var file: ExportFileOptions

    func run() async throws {
      try file.requireOther(than: catalog)
      let catalog = try Catalog(path: catalog.path, access: .read)
      let runs = try names.isEmpty ? catalog.trainingRuns() : catalog.trainingRuns(named: names)
      let drawn = runs.filter { !$0.epochs.isEmpty }
      guard !drawn.isEmpty else {
        throw CatalogError(
          .unknownName,
          runs.isEmpty
            ? "The catalog has no training run yet; see cxr train."
            : "\(runs.map(\.name).joined(separator: ", ")): no epoch is finished yet.")
      }
      try file.write(Array(try await TrainingReport(drawn).curves().utf8))
      try file.report(drawn.count, "curve", of: "training")
    }
  }
}

extension TrainingRunContent {
  /// The strategy as it is typed.
  fileprivate var strategyText: String {
    (try? JSONDecoder().decode(TrainingConfiguration.self, from: Data(configurationJSON.utf8)))?
      .strategy.description ?? ""
  }
}

extension Catalog {
  /// The training runs of some names, in the order of the names.
  fileprivate func trainingRuns(named names: [String]) throws -> [TrainingRunContent] {
    let runs = try trainingRuns()
    return try names.map { name in
      guard let run = runs.first(where: { $0.name == name }) else {
        let known = runs.isEmpty ? "none" : runs.map(\.name).joined(separator: ", ")
        throw CatalogError(
          .unknownName, "There is no training run named \(name); the catalog has \(known).")
      }
      return run
    }
  }
}
