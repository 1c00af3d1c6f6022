// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import Foundation

/// A run with the images that it accepted, to be compared with other runs.
struct RunImages {
  /// Which image it is.
  struct Key: Hashable, Comparable {
    let prompt: Int
    let copy: Int

    static func < (left: Key, right: Key) -> Bool {
      (left.prompt, left.copy) < (right.prompt, right.copy)
    }
  }

  let info: GenerationRunContent
  let record: RunRecord
  let total: GenerationYield.Row
  let images: [Key: AcceptedImage]

  /// Reads a run.
  ///
  /// - Throws: `CatalogError` with code `.unknownName`; ``GenerationError`` with code
  ///   `.incomparableRuns` if images are still to be made, `.empty` if none was accepted.
  init(_ name: String, in catalog: Catalog) throws {
    info = try catalog.generationRun(name)
    record = try JSONDecoder().decode(RunRecord.self, from: Data(info.configurationJSON.utf8))
    total = try GenerationYield(of: name, in: catalog).total
    guard total.open == 0 else {
      throw GenerationError(
        .incomparableRuns,
        "Run \(name) is not finished: \(NumberText.count(total.open, "image")) of "
          + "\(NumberText.count(total.wanted)) are still to be made; give its cxr diffusion sample again."
      )
    }
    let accepted = try catalog.acceptedImages(of: name)
    guard !accepted.isEmpty else {
      throw GenerationError(
        .empty,
        "Run \(name) has no accepted image: its checks turned down all "
          + "\(NumberText.count(total.discarded)); see cxr diffusion yield \(name), or sample without "
          + "models that check.")
    }
    images = Dictionary(
      uniqueKeysWithValues: accepted.map { (Key(prompt: $0.item.prompt, copy: $0.item.copy), $0) })
  }

  /// Checks that a run can be compared with another.
  ///
  /// - Throws: ``GenerationError`` with code `.incomparableRuns`.
  func requireComparable(with first: RunImages) throws(GenerationError) {
    guard info.promptSetDigest == first.info.promptSetDigest else {
      let words =
        info.promptSet == first.info.promptSet
        ? "two versions of the prompts \(info.promptSet)"
        : "the prompts \(first.info.promptSet) and \(info.promptSet)"
      throw GenerationError(
        .incomparableRuns,
        "Runs \(first.info.name) and \(info.name) are made from \(words); sample all checkpoints from "
          + "one prompt set.")
    }
    let (copies, firstCopies) = (record.settings.copies, first.record.settings.copies)
    guard copies == firstCopies, total.wanted == first.total.wanted else {
      throw GenerationError(
        .incomparableRuns,
        "Run \(first.info.name) makes \(firstCopies.words) and run \(info.name) \(copies.words); "
          + "distances and diversity depend on the number, so sample all checkpoints with the same "
          + "--copies.")
    }
  }

  /// The files of some images.
  func checkpoint(_ keys: [Key]) -> ScoringPlan.Checkpoint {
    let attempts = keys.compactMap { images[$0]?.attempt }
    precondition(attempts.count == keys.count, "the run has these images")
    return ScoringPlan.Checkpoint(
      name: info.name, generator: record.generator, judges: record.judges,
      paths: zip(keys, attempts).map { key, attempt in
        let path = attempt.relativePath ?? Candidate.path(prompt: key.prompt, copy: key.copy)
        return "\(info.folder)/\(path)"
      },
      digests: attempts.map { $0.fileSHA256 ?? "" }, wantedCount: total.wanted,
      discardedCount: total.discarded)
  }

  /// Says that the checks of the runs left no image that all of them have.
  static func nothingInCommon(_ runs: [RunImages]) -> GenerationError {
    GenerationError(
      .empty,
      "No image was accepted in all of the runs \(NumberText.list(runs.map(\.info.name))); see what "
        + "checks turned down with cxr diffusion yield, or sample without models that check.")
  }

  /// What images were given up, and in what runs differ beside their model.
  static func notes(on runs: [RunImages]) -> [String] {
    var notes = runs.filter { $0.total.discarded > 0 }.map { run in
      "Run \(run.info.name) gave up \(NumberText.count(run.total.discarded)) of "
        + "\(NumberText.count(run.total.wanted, "image")), which are left out of all; it is scored on "
        + "what its own checks let pass."
    }
    let keys = Set(runs.flatMap { $0.record.generator.settings.keys }).sorted()
    for key in keys {
      let values = runs.map { $0.record.generator.settings[key] ?? "none" }.distinct
      if values.count > 1 {
        notes.append("Runs differ in \(key), not in their model alone: \(NumberText.list(values)).")
      }
    }
    if runs.count > 1, Set(runs.map(\.record.generator.digest)).count < runs.count {
      notes.append("Two runs have the same model.")
    }
    return notes
  }
}

extension CopyPlan {
  /// The plan in words.
  fileprivate var words: String {
    switch self {
    case .each(let number): "\(NumberText.count(number, "image")) of each prompt"
    case .balanced(let number): "\(NumberText.count(number, "image")) of each cell"
    }
  }
}
