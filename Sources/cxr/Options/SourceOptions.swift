// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore

/// Which radiographs a verb works on: a dataset's or a cohort's, or a part of them.
struct SourceOptions: ParsableArguments {
  @Option(help: "The members of a cohort.")
  var cohort: String?

  @Option(help: "The radiographs of a dataset (default without a cohort: the only one).")
  var dataset: String?

  @Option(help: "Only radiographs in a part of a split, as NAME, or NAME:PART.")
  var split: String?

  @Option(help: "The part of the split.")
  var part: String?

  @Option(help: "One view only, such as pa.")
  var view: View?

  mutating func validate() throws {
    guard part == nil || split != nil else {
      throw ValidationError("--part needs the split that it is a part of; name it with --split.")
    }
    guard let split, split.contains(":") else { return }
    guard SplitPart(argument: split) != nil, part == nil else {
      throw ValidationError("Name the part once: --split NAME:PART, or --split NAME --part PART.")
    }
  }

  /// The radiographs, with the dataset looked up where none is named; warns of a cohort that is older
  /// than its datasets.
  func source(in catalog: Catalog) throws -> RadiographSource {
    if let cohort { try CohortText.warn(of: [catalog.cohort(cohort)], in: catalog) }
    let named = split.flatMap { SplitPart(argument: $0) }
    return RadiographSource(
      dataset: dataset == nil && cohort != nil ? nil : try catalog.datasetName(dataset),
      cohort: cohort, split: named?.split ?? split, part: named?.part ?? part, view: view)
  }
}

extension RadiographSource {
  /// The source in a few words, such as `nih, split study:train, PA view`.
  var words: String {
    var words = [dataset, cohort.map { "cohort \($0)" }].compactMap(\.self)
    if let split { words.append("split \(split)" + (part.map { ":\($0)" } ?? "")) }
    if let view { words.append("\(view.rawValue) view") }
    return words.joined(separator: ", ")
  }
}
