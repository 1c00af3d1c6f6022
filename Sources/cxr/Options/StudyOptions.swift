// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRStudy
import Foundation

/// Which study, and where its datasets and its results lie.
struct StudyOptions: ParsableArguments {
  @Argument(help: "The manifest, a YAML file.")
  var manifest: String

  @Option(help: "The folder of all that the study makes (default: the manifest's).")
  var folder: String?

  @Option(
    help: "Where a dataset lies, as DATASET=DIR; repeatable (default: the manifest's).",
    transform: Assignment.reading("DATASET=DIR, such as nih=data/nih"))
  var root: [Assignment] = []

  /// Reads the manifest.
  ///
  /// - Throws: `StudyError` with everything that is wrong.
  func read() throws -> StudyManifest {
    var study = try StudyManifest(path: manifest, vocabulary: .ofThisProgram())
    if let folder { study.folder = folder }
    for root in root { try study.setRoot(root.value, of: root.name) }
    return study
  }

  /// Reads the manifest and expands it.
  ///
  /// - Returns: The study, its stages, and where everything lies.
  /// - Throws: `StudyError` with everything that is wrong, values of options included.
  func expand() throws -> (StudyManifest, StageGraph, StudyLayout) {
    let study = try read()
    let graph = try StageGraph(study)
    var problems: [String] = []
    for stage in graph.stages {
      do {
        _ = try CXR.parseAsRoot(stage.arguments)
      } catch {
        let lines = CXR.message(for: error).split(separator: "\n")
        // The values that an option knows stand on lines of their own.
        let values = lines.dropFirst().prefix { $0.hasPrefix("  - ") }.map { $0.dropFirst(4) }
        problems.append(
          "\(study.fileName):\(stage.line): \(stage.name): \(lines.first ?? "cannot be run")"
            + (values.isEmpty ? "" : " \(values.joined(separator: ", "))."))
      }
    }
    guard problems.isEmpty else {
      throw StudyError(.invalidManifest, problems.joined(separator: "\n"))
    }
    return (study, graph, StudyLayout(folder: study.folder))
  }
}

extension StudyOptions {
  /// A plan as it is printed, with the work that follows from what the catalog has so far.
  ///
  /// - Parameters:
  ///   - plan: The plan of all stages.
  ///   - names: The stages that are printed; `nil` for all.
  ///   - study: The study.
  ///   - graph: Its stages.
  /// - Returns: The plan.
  /// - Throws: `FileError` when the verbs cannot be described.
  func document(
    _ plan: StagePlan, of names: Set<String>?, _ study: StudyManifest, _ graph: StageGraph
  ) throws -> PlanDocument {
    let layout = StudyLayout(folder: study.folder)
    // A plan is worth having without counts, such as those of another version's catalog.
    var sizes = CatalogSizes()
    if FileManager.default.fileExists(atPath: layout.catalog),
      let counted = try? Catalog(path: layout.catalog, access: .read).sizes()
    {
      sizes = counted
    }
    let estimator = try WorkEstimator(
      graph, sizes: sizes, vocabulary: .ofThisProgram())
    return PlanDocument(
      plan, of: names, study: study.name, layout: layout, work: estimator.work(of:))
  }
}

/// Which stages of a study.
struct StageOptions: ParsableArguments {
  @Option(
    help: """
      Only stages of this name, or whose names begin with it, such as train; repeatable.
      """)
  var only: [String] = []

  @Option(help: "Stages of this name and all that they need; repeatable.")
  var until: [String] = []

  func validate() throws {
    guard only.isEmpty || until.isEmpty else {
      throw ValidationError("Give --only or --until, not both.")
    }
  }

  /// The names of the stages.
  ///
  /// - Parameter graph: The stages that there are.
  /// - Returns: The names; those of all stages where none is asked for.
  /// - Throws: `StudyError` with code `.unknownStage`.
  func names(in graph: StageGraph) throws -> Set<String> {
    if !only.isEmpty { return Set(try only.flatMap { try graph.names(matching: $0) }) }
    guard !until.isEmpty else { return Set(graph.stages.map(\.name)) }
    return graph.names(through: try until.flatMap { try graph.names(matching: $0) })
  }
}
