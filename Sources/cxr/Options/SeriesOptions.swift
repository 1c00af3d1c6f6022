// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRClassifier
import CXRCore

/// Whether a strategy is trained once, or on several shares of its real patients.
struct SeriesOptions: ParsableArguments {
  /// One run.
  struct Member: Hashable {
    /// The name in the catalog.
    let name: String
    /// The folder.
    let folder: String
    /// What is learned from.
    let strategy: TrainingStrategy
  }

  @Option(
    help: ArgumentHelp(
      """
      A label-efficiency series: a run for each of these shares of the real patients, each share \
      within the larger ones, with commas, such as 0.01,0.1,1. The runs are in OUT/1pct, OUT/10pct \
      and so on, by the names NAME-1pct, NAME-10pct and so on.
      """, valueName: "shares"),
    transform: SeriesOptions.readShares)
  var shares: [Double] = []

  /// The runs.
  ///
  /// - Parameters:
  ///   - name: The name of the run, or what those of a series begin with.
  ///   - folder: The folder of the run, or the one above those of a series.
  ///   - strategy: What is learned from.
  /// - Returns: The runs, the smallest share first.
  /// - Throws: `ValidationError` for a strategy without all real images.
  func members(
    name: String, folder: String, strategy: TrainingStrategy
  ) throws -> [Member] {
    guard !shares.isEmpty else {
      return [Member(name: name, folder: folder, strategy: strategy)]
    }
    guard strategy.stages.contains(where: { $0.mix.real == .all }) else {
      throw ValidationError(
        "--shares are of all real images, which no stage of \(strategy) learns from.")
    }
    let shares = shares.sorted()
    return zip(shares, strategy.labelEfficiency(shares: shares)).map { share, strategy in
      let suffix = "\(MixAmount.share(share))".dropLast() + "pct"
      return Member(name: "\(name)-\(suffix)", folder: "\(folder)/\(suffix)", strategy: strategy)
    }
  }

  @Sendable private static func readShares(_ text: String) throws -> [Double] {
    let shares = try text.split(separator: ",", omittingEmptySubsequences: false).map { word in
      guard let share = Double(word), share > 0, share <= 1 else {
        throw ValidationError("--shares takes numbers above 0, up to 1, such as 0.01,0.1,1.")
      }
      return share
    }
    guard Set(shares).count == shares.count else {
      throw ValidationError("--shares takes each share once.")
    }
    return shares
  }
}
