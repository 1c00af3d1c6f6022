// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort
internal import CXRFiles
internal import CXRReport

extension StagePlanner {
  /// Plans the tables and figures of the whole study.
  mutating func planStudyReport(_ runs: [StudyRun]) {
    guard manifest.canReport, let options = manifest.report, !manifest.tests.isEmpty else { return }
    let index = StudyIndex(manifest, runs: runs, options: options)
    do {
      try index.validate()
    } catch {
      problems.append((options.line, error.message))
      return
    }
    guard let text = try? JSONDocument.encode(index) else {
      problems.append((options.line, "a number of the report is not finite; write another"))
      return
    }
    var draft = StageDraft("report", "study report", line: options.line)
    draft.arguments = [layout.index, "--out", layout.report]
    draft.documents = [
      Stage.Document(path: layout.index, text: String(decoding: text, as: UTF8.self))
    ]
    for test in manifest.tests {
      draft.need(runs.map { .predictions($0.name, on: test.dataset) })
      draft.need(splits(test.split, of: [test.dataset]), line: test.line)
    }
    if manifest.thresholds != nil { draft.need(runs.map { .thresholds($0.name) }) }
    draft.need(manifest.cohorts.map { .cohort($0.definition.name) })
    for population in manifest.populations {
      draft.need([.dataset(population.dataset)], line: population.line)
      if let cohort = population.cohort { draft.need([.cohort(cohort)], line: population.line) }
      draft.need(splits(population.split, of: [population.dataset]), line: population.line)
    }
    for generator in manifest.generators {
      draft.need([.generatedImages(generator.name)])
      if generator.checkpoints != nil { draft.need([.scores("checkpoints-\(generator.name)")]) }
      if generator.scoring != nil { draft.need([.scores("score-\(generator.name)")]) }
    }
    draft.outputs = [layout.report]
    add(draft)
  }
}
