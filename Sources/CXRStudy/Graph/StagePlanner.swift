// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort

/// Expands the sections of a manifest into stages.
struct StagePlanner {
  let manifest: StudyManifest
  let layout: StudyLayout
  private(set) var drafts: [StageDraft] = []
  var problems: [(line: Int, message: String)] = []

  init(_ manifest: StudyManifest) {
    self.manifest = manifest
    layout = StudyLayout(folder: manifest.folder)
  }

  mutating func add(_ draft: StageDraft) { drafts.append(draft) }

  mutating func planAll() {
    planPhantoms()
    planDatasets()
    planCohorts()
    planSplits()
    planSubsets()
    planPrompts()
    planStores()
    planJudges()
    planGenerators()
    planRuns()
    planPredictions()
    planReports()
  }

  // MARK: What sections refer to

  /// The datasets of a cohort of the study.
  func datasets(ofCohort name: String) -> [String] {
    manifest.cohorts.first { $0.definition.name == name }?.definition.sources.map(\.dataset) ?? []
  }

  /// The datasets that a section is about: those it names, else those of its cohort, else the only one.
  func datasets(of options: VerbOptions) -> [String] {
    if options.has("dataset") { return options["dataset"] }
    if let cohort = options.value("cohort") { return datasets(ofCohort: cohort) }
    return manifest.datasets.count == 1 ? manifest.datasets.map(\.name) : []
  }

  /// What a part of a split needs, given as `NAME` or `NAME:PART`.
  func splits(_ text: String?, of datasets: [String]) -> [Resource] {
    guard let name = text?.split(separator: ":").first.map(String.init) else { return [] }
    // The publisher's own division comes with the ingest.
    if name == "official" { return datasets.map { .dataset($0) } }
    let known = Set(drafts.flatMap(\.provides))
    let resources = datasets.map { Resource.split(name, of: $0) }
    let found = resources.filter(known.contains)
    return found.isEmpty ? Array(resources.prefix(1)) : found
  }

  /// What a section needs that chooses radiographs.
  func radiographs(_ options: VerbOptions) -> [Resource] {
    let datasets = datasets(of: options)
    return datasets.map { .dataset($0) } + options["cohort"].map { .cohort($0) }
      + splits(options.value("split"), of: datasets)
  }

  /// The files and folders outside the study that options name.
  func inputs(_ options: VerbOptions, _ names: [String]) -> [StageInput] {
    names.flatMap { options[$0] }.map { .path($0) }
  }
}
