// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRStudy
import Foundation

/// The command `cxr study run`.
struct StudyRunCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Run the stages of a study that are not up to date.",
    discussion: """
      Each stage is a process of its own; what it prints is in logs/STAGE.log in the folder of the \
      study. Ctrl-C lets the stage write what it has. After that, or after a kill or a failure, the \
      same command goes on where the study stopped. A stage whose settings or inputs have changed is \
      made anew, and so is all that follows from it; nothing else runs again.

      With --launcher slurm, stages that compute networks become array jobs, each with as many \
      tasks as are ready at the same time; the folder of the study must be seen by all machines.

      Example:
        cxr study run manifests/studies/phantom.yaml
        cxr study run manifests/studies/phantom.yaml --until train-real
        cxr study run manifests/studies/phantom.yaml --only evaluation --dry-run
        cxr study run manifests/studies/roentgen-v2.yaml --launcher slurm \\
          --sbatch=--gres=gpu:1
      """)

  @OptionGroup var study: StudyOptions
  @OptionGroup var stages: StageOptions
  @OptionGroup var output: OutputOptions

  @Option(help: "What runs stages that compute networks: local, or slurm.")
  var launcher = Launcher.local

  @Option(
    name: .customLong("sbatch"),
    help: "An option for Slurm's sbatch, such as --sbatch=--gres=gpu:1; repeatable.")
  var slurmOptions: [String] = []

  @Flag(name: .customLong("dry-run"), help: "Print the plan; run nothing.")
  var isDryRun = false

  /// What runs stages that compute networks.
  enum Launcher: String, CaseIterable, ExpressibleByArgument {
    case local
    case slurm
  }

  /// What came of a run.
  private struct Document: Encodable {
    let study: String
    let folder: String
    let ranCount: Int
    let upToDateCount: Int
    let seconds: Double
  }

  func run() async throws {
    let (manifest, graph, layout) = try study.expand()
    let names = try stages.names(in: graph)
    if isDryRun {
      let document = try study.document(
        StagePlan(graph, layout: layout), of: names, manifest, graph)
      return try output.write(document) { _ in
        StudyText.plan(document) + "Dry run, nothing was run.\n"
      }
    }
    let runner = StudyRunner(graph, layout: layout, program: try Self.program())
    let start = ContinuousClock.now
    let progress = StudyProgress()
    let ranCount = try await Interruption.explained(by: {
      "stages that are done stay; the same command goes on."
    }) {
      try await runner.run(names, scheduler: scheduler(layout)) { progress.show($0) }
    }
    let document = Document(
      study: manifest.name, folder: layout.folder, ranCount: ranCount,
      upToDateCount: names.count - ranCount,
      seconds: (ContinuousClock.now - start) / .seconds(1))
    try output.write(document) { _ in
      "Study \(manifest.name): \(NumberText.count(ranCount, "stage")) ran in "
        + "\(StudyText.duration(document.seconds)), \(document.upToDateCount) were up to date.\n"
        + "Everything is in \(layout.folder).\n"
    }
  }

  func validate() throws {
    guard slurmOptions.isEmpty || launcher == .slurm else {
      throw ValidationError("--sbatch goes with --launcher slurm.")
    }
  }

  private func scheduler(_ layout: StudyLayout) -> (any StageScheduler)? {
    switch launcher {
    case .local: nil
    case .slurm: SlurmScheduler(layout: layout, options: slurmOptions)
    }
  }

  /// The path of this program.
  private static func program() throws -> String {
    try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
  }
}
