// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore

/// What the cohort verbs print for people beside tables.
enum CohortText {
  /// The cohorts with their sizes.
  static func list(_ cohorts: [CohortInfo]) -> String {
    let lines = cohorts.map { cohort in
      let datasets = cohort.steps.map(\.dataset).distinct.joined(separator: ", ")
      return TextLines.wrapped(
        "\(cohort.name): \(NumberText.count(cohort.radiographCount, "radiograph")) of "
          + "\(NumberText.count(cohort.patientCount, "patient")) from \(datasets)", indent: 2)
    }
    return lines.isEmpty
      ? "There are no cohorts; make one with `cxr cohort create`.\n"
      : lines.joined(separator: "\n") + "\n"
  }

  /// Warns on standard error of cohorts that are older than what their datasets hold.
  static func warn(of cohorts: [CohortInfo]) {
    for cohort in cohorts where !cohort.outdatedDatasets.isEmpty {
      let option = cohort.commandLine.contains("--replace") ? "" : " with --replace"
      Console.note(
        "warning: cohort \(cohort.name) was made before "
          + "\(NumberText.list(cohort.outdatedDatasets)) was last ingested; run "
          + "`\(cohort.commandLine)` again\(option).")
    }
  }
}
