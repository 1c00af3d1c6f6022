// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRFiles

/// The command `cxr similarity within`.
struct SimilarityWithinCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "within",
    abstract: "Compare the images of a folder with one another: the diversity of a set.",
    discussion: """
      All pairs are compared. With --repetitions, images whose names differ \
      only behind the last underscore belong together, such as NAME_0.png to \
      NAME_3.png, and only pairs of such images are compared. Each image is \
      decoded once, unless the folder needs more than 256 MiB of pixels; it is \
      then compared block by block, with two blocks in memory at a time.

      Example:
        cxr similarity within samples --repetitions
      """)

  @OptionGroup var options: SimilarityOptions

  @Argument(help: "A folder of images.")
  var folder: String

  @Flag(name: .customLong("repetitions"), help: "Compare repetitions of the same prompt only.")
  var isByRepetition = false

  func run() async throws {
    let images = try SimilarityOptions.images(at: folder)
    let groups = Dictionary(grouping: images.keys.sorted()) { name in
      isByRepetition ? String(name[..<(name.lastIndex(of: "_") ?? name.endIndex)]) : ""
    }
    let pairs = groups.sorted { $0.key < $1.key }.flatMap { _, names in
      names.indices.flatMap { second in
        names[..<second].compactMap { name -> (first: String, second: String)? in
          guard let first = images[name], let second = images[names[second]] else { return nil }
          return (first, second)
        }
      }
    }
    guard !pairs.isEmpty else {
      throw FileError(
        .malformed,
        isByRepetition
          ? "\(folder) holds no two repetitions such as NAME_0.png and NAME_1.png."
          : "\(folder) holds one image only; a pair needs two.")
    }
    try await options.compare(pairs)
  }
}
