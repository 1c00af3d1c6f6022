// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore

/// The command `cxr`: it parses the command line and calls the modules, one file per verb.
struct CXR: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cxr",
    abstract: "From raw chest-radiograph datasets to a defensible paper table.",
    discussion: """
      Everything is kept in one SQLite catalog, named by --catalog or CXR_CATALOG
      (cxr.sqlite in the current folder when neither is given).

      Exit status: 0 success, 1 failure, 64 usage, 65 bad data, 66 missing input,
      69 unavailable, 130 interrupted.

      Example:
        cxr ingest nih --root data/nih
        cxr predictions import preds.csv --dataset nih --model mine
        cxr audit --model mine --group sex --group 'sex*age'
      """,
    version: Version.current,
    groupedSubcommands: [
      CommandGroup(
        name: "Curate",
        subcommands: [
          IngestCommand.self, PredictionsCommand.self, ThresholdsCommand.self, SplitCommand.self,
          CohortCommand.self, PromptsCommand.self, ExportCommand.self, CatalogCommand.self,
          DatasetCommand.self, ImagesCommand.self,
        ]),
      CommandGroup(
        name: "Evaluate",
        subcommands: [
          EvaluateCommand.self, CompareCommand.self, AuditCommand.self, ReportCommand.self,
          SimilarityCommand.self,
        ]),
      CommandGroup(name: "Generate", subcommands: [DiffusionCommand.self]),
      CommandGroup(
        name: "Train", subcommands: [TrainCommand.self, RunsCommand.self, PredictCommand.self]),
      CommandGroup(name: "Run whole studies", subcommands: [StudyCommand.self]),
      CommandGroup(name: "Simulate", subcommands: [PhantomCommand.self]),
      CommandGroup(name: "Check this machine", subcommands: [DoctorCommand.self]),
    ])
}
