// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore

/// How many images are made from each prompt.
public enum CopyPlan: Codable, Hashable, Sendable {
  /// The same number from each.
  case each(Int)
  /// As many as it takes for every cell of sex, race and age that has a prompt to get the same number
  /// of images.
  ///
  /// The images of a cell are dealt to its prompts in an order drawn from the seed, so that their
  /// numbers differ by one at most. A prompt that leaves one of the three open gets none.
  ///
  /// The published rule, every impression with every sex and race, is made by the prompts themselves
  /// and balances sex and race; this balances ages as well, and prompts of any other kind.
  case balanced(perCell: Int)

  /// How often prompts are used.
  ///
  /// - Parameters:
  ///   - prompts: The prompts, in order.
  ///   - seed: The seed of the run.
  /// - Returns: The number of images for each prompt.
  /// - Throws: ``GenerationError`` with code `.invalidSetting` for a number below 1, `.empty` if no
  ///   prompt gets an image.
  /// - Complexity: O(*n* log *n*).
  public func counts(for prompts: [PromptRecord], seed: UInt64) throws(GenerationError) -> [Int] {
    let number =
      switch self {
      case .each(let number), .balanced(perCell: let number): number
      }
    guard (1...1_000_000).contains(number) else {
      throw GenerationError(
        .invalidSetting, "The number of images for a prompt or a cell lies from 1 to 1,000,000.")
    }
    guard case .balanced(let perCell) = self else {
      guard !prompts.isEmpty else {
        throw GenerationError(.empty, "There is no prompt to make images from.")
      }
      return prompts.map { _ in number }
    }
    var members: [DemographicCell: [Int]] = [:]
    for (index, prompt) in prompts.enumerated() {
      let cell = DemographicCell(
        sex: prompt.sex, race: prompt.race, ageYears: prompt.ageYears.map(Double.init))
      if cell.isStated { members[cell, default: []].append(index) }
    }
    guard !members.isEmpty else {
      throw GenerationError(
        .empty,
        "No prompt states sex, race and age, so there is nothing to balance; take a number of images "
          + "for each prompt instead.")
    }
    var counts = prompts.map { _ in 0 }
    for (_, indices) in members {
      let order = indices.map { index in
        (RandomStream(seed: seed, purpose: "generation.copies", index: index).word(at: 0), index)
      }.sorted { $0 < $1 }
      for (rank, (_, index)) in order.enumerated() {
        counts[index] = perCell / indices.count + (rank < perCell % indices.count ? 1 : 0)
      }
    }
    return counts
  }
}
