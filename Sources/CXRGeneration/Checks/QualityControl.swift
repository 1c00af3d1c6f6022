// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRImage

/// Checks images against what their prompts asked for.
struct QualityControl {
  private let predicates: [QualityPredicate]
  private let judges: [any Judge]

  init(_ predicates: [QualityPredicate], judges: [any Judge]) {
    self.predicates = predicates
    self.judges = judges
  }

  /// Checks images.
  ///
  /// - Parameters:
  ///   - images: The images; together they make one batch.
  ///   - items: What each was to show.
  /// - Returns: For each image, a verdict for each predicate.
  /// - Throws: ``GenerationError`` with code `.unusableModel` if a judge gives fewer or other
  ///   estimates than it was asked for, or a number that is not finite; what a judge throws.
  func verdicts(
    on images: [GrayImage], for items: [GenerationItem]
  ) throws -> [[GenerationVerdict]] {
    guard !images.isEmpty else { return [] }
    var told = items.map { _ in [(aspect: JudgedAspect, estimate: QualityEstimate)]() }
    for judge in judges
    where predicates.contains(where: { predicate in
      judge.aspects.contains { predicate.isToldBy($0) }
    }) {
      let rows = try judge.estimates(for: images)
      guard rows.count == images.count else {
        throw GenerationError(
          .unusableModel,
          "\(judge.identity.name) told of \(rows.count) of \(NumberText.count(images.count, "image")); "
            + "check the model. Images that it was to check are not logged and will be made again.")
      }
      for (index, row) in rows.enumerated() {
        guard row.count == judge.aspects.count,
          zip(judge.aspects, row).allSatisfy({ $1.isAbout($0) }),
          row.allSatisfy({ $0.numbers.allSatisfy(\.isFinite) })
        else {
          throw GenerationError(
            .unusableModel,
            "\(judge.identity.name) gave something else than a finite estimate for each of what it "
              + "tells; check the model. Images that it was to check are not logged and will be made "
              + "again.")
        }
        told[index] += zip(judge.aspects, row).map { (aspect: $0, estimate: $1) }
      }
    }
    return zip(items, told).map { item, told in
      predicates.map { predicate in
        predicate.verdict(on: item, told: told.first { predicate.isToldBy($0.aspect) })
      }
    }
  }
}

extension QualityEstimate {
  /// Whether the estimate is of an aspect.
  fileprivate func isAbout(_ aspect: JudgedAspect) -> Bool {
    switch (self, aspect) {
    case (.sex, .sex), (.race, .race), (.ageYears, .ageYears), (.finding, .finding): true
    default: false
    }
  }
}
