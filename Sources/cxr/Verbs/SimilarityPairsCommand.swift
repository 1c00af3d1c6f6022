// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRFiles

/// The command `cxr similarity pairs`.
struct SimilarityPairsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pairs",
    abstract: "Compare images of two folders that have the same name, or two images.",
    discussion: """
      Names are compared below the folders and without their endings. Images \
      that only one folder has are counted and left out, and so are pairs of \
      which an image cannot be decoded; the exit status is 65 when no pair is left.

      Example:
        cxr similarity pairs real synthetic --side 512 --list pairs.csv
      """)

  @OptionGroup var options: SimilarityOptions

  @Argument(help: "A folder of images, or an image.")
  var first: String

  @Argument(help: "The other folder, or the other image.")
  var second: String

  func run() async throws {
    let (firsts, seconds) = try (
      SimilarityOptions.images(at: first), SimilarityOptions.images(at: second)
    )
    let names = firsts.keys.filter { seconds[$0] != nil }.sorted()
    guard !names.isEmpty else {
      throw FileError(
        .malformed, "No image of \(first) has a namesake in \(second); pair them by their names.")
    }
    let alone = firsts.count + seconds.count - 2 * names.count
    if alone > 0 {
      Console.note("Left out: \(NumberText.count(alone, "image")) without a namesake.")
    }
    try await options.compare(
      names.compactMap { name in
        guard let first = firsts[name], let second = seconds[name] else { return nil }
        return (first, second)
      })
  }
}
