// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
public import CXRCohort
public import CXRGeneration

/// What a study's report shows besides the classifiers' predictions.
public struct StudyMaterial: Sendable {
  /// The ways into cohorts.
  public var flows: [CohortFlow] = []
  /// Who was studied.
  public var population: PopulationTable?
  /// The training runs, for curves.
  public var trainingRuns: [TrainingRunContent] = []
  /// What generation runs gave.
  public var yields: [GenerationYield] = []
  /// The scores of the generator's checkpoints, as another program wrote them.
  public var checkpoints: CheckpointScores?
  /// The scores of the generator's checkpoints, as `cxr diffusion score` wrote them.
  public var comparison: CheckpointComparison?
  /// The scores of generated images beside real ones, as `cxr diffusion score` wrote them.
  public var generated: [CheckpointComparison] = []
  /// Distances between real and generated images.
  public var distances: [StudyIndex.Distance] = []
  /// Why something that the index names is not there, by part of the report.
  public var problems: [StudyPart: String] = [:]

  /// Creates material without anything in it.
  public init() {}
}
