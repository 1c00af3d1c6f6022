// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import CXRFiles
import CXRGeneration
import CXRReport
import Foundation

extension StudySession {
  /// Collects what there is besides predictions; what is not there is noted by part of the report.
  static func material(
    _ index: StudyIndex, catalog: Catalog, folder: URL
  ) throws -> StudyMaterial {
    var material = StudyMaterial()
    /// Runs a step; when something that the index names is not there, says so.
    func collect(_ parts: [StudyPart], _ step: () throws -> Void) throws {
      do {
        try step()
      } catch let error as CatalogError {
        for part in parts { material.problems[part] = error.message }
      } catch let error as CohortError {
        for part in parts { material.problems[part] = error.message }
      } catch let error as FileError {
        for part in parts { material.problems[part] = error.message }
      } catch let error as GenerationError {
        for part in parts { material.problems[part] = error.message }
      }
    }
    var flows: [CohortFlow] = []
    try collect([.flow]) {
      flows = try (index.flows ?? []).map { try CohortFlow(catalog.cohort($0), catalog: catalog) }
    }
    var population: PopulationTable?
    try collect([.population, .intersections]) {
      population = try Self.population(index, catalog: catalog)
    }
    var yields: [GenerationYield] = []
    try collect([.yield]) {
      yields = try (index.generationRuns ?? []).map { try GenerationYield(of: $0, in: catalog) }
    }
    var checkpoints: CheckpointScores?
    var comparison: CheckpointComparison?
    try collect([.checkpoints]) {
      guard let path = index.checkpoints?.path else { return }
      let file = URL(filePath: path, relativeTo: folder).path
      if path.hasSuffix(".json") {
        comparison = try JSONDocument.read(from: file)
      } else {
        checkpoints = try CheckpointScores(path: file)
      }
    }
    var generated: [CheckpointComparison] = []
    try collect([.distances]) {
      generated = try (index.generationScores ?? []).map {
        try JSONDocument.read(from: URL(filePath: $0, relativeTo: folder).path)
      }
    }
    var distances: [StudyIndex.Distance] = []
    try collect([.distances]) {
      distances = try (index.distances ?? []).map { distance in
        guard let path = distance.path else { return distance }
        return distance.filled(
          from: try JSONDocument.read(from: URL(filePath: path, relativeTo: folder).path))
      }
    }
    let known = try catalog.trainingRuns()
    material.trainingRuns = index.arms.compactMap(\.trainingRun).distinct.compactMap { name in
      known.first { $0.name == name && !$0.epochs.isEmpty }
    }
    material.flows = flows
    material.population = population
    material.yields = yields
    material.checkpoints = checkpoints
    material.distances = distances
    material.comparison = comparison
    material.generated = generated
    return material
  }

  /// The columns of the population tables under the labels of the index.
  private static func population(
    _ index: StudyIndex, catalog: Catalog
  ) throws -> PopulationTable? {
    guard let columns = index.populations, !columns.isEmpty else { return nil }
    let tables = try columns.map { column in
      var request = PopulationRequest(
        datasets: [column.dataset], cohorts: column.cohort.map { [$0] } ?? [])
      request.split = column.split
      request.parts = column.part.map { [$0] } ?? []
      request.view = column.view
      let findings = index.labels.compactMap { Finding(name: $0) }
      if !findings.isEmpty { request.findings = findings }
      if let policy = index.statistics.policy { request.labelPolicy = try LabelPolicy(policy) }
      if let bounds = index.statistics.ageBins, let bins = AgeBins(lowerBounds: bounds) {
        request.ageBins = bins
      }
      let limit = index.statistics.suppressBelow ?? 10
      request.suppressionLimit = limit > 1 ? limit : nil
      return try PopulationTable(request, catalog: catalog)
    }
    return PopulationTable(
      title: "Who was studied",
      populations: zip(columns, tables).flatMap { column, table in
        table.populations.map { $0.renamed(column.label) }
      },
      reference: nil, labelPolicy: tables[0].labelPolicy, notes: tables.flatMap(\.notes).distinct)
  }
}
