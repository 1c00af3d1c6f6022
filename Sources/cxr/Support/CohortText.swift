// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
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

  /// Warns on standard error of cohorts that are older than what their datasets hold, or than the
  /// splits that they were chosen by.
  ///
  /// - Parameters:
  ///   - cohorts: The cohorts.
  ///   - catalog: The catalog that holds them.
  /// - Returns: The cohorts with what is outdated of them.
  /// - Throws: `CohortError` if a definition cannot be read, `CatalogError` if SQLite fails.
  @discardableResult
  static func warn(of cohorts: [CohortInfo], in catalog: Catalog) throws -> [CohortInfo] {
    let cohorts = try cohorts.map { try $0.checked(in: catalog) }
    for cohort in cohorts {
      let option = cohort.commandLine.contains("--replace") ? "" : " with --replace"
      let again = "run `\(cohort.commandLine)` again\(option)."
      if !cohort.outdatedDatasets.isEmpty {
        Console.note(
          "warning: cohort \(cohort.name) was made before "
            + "\(NumberText.list(cohort.outdatedDatasets)) was last ingested; \(again)")
      }
      for split in cohort.outdatedSplits {
        let name = "split \(split.split) of \(split.dataset)"
        if !split.isPresent {
          Console.note(
            "warning: cohort \(cohort.name) was chosen by \(name), which the catalog has no longer; "
              + "make the split again, or remove the cohort.")
        } else if !cohort.outdatedDatasets.contains(split.dataset) {
          Console.note(
            "warning: cohort \(cohort.name) was made before \(name) was made anew; \(again)")
        }
      }
    }
    return cohorts
  }
}
