// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRFiles
import CXRImage
import CXRStatistics

/// The command `cxr similarity features`.
struct SimilarityFeaturesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "features",
    abstract: "Compare two sets of feature vectors: Frechet and kernel distance.",
    discussion: """
      Each file is a NumPy matrix of floats, a row per image, such as cxr \
      similarity embed writes with a JSON file beside it. The distances \
      depend on the network, on how its input was resized and on the number of \
      images: all three are printed beside them.

      Example:
        cxr similarity features real.npy synthetic.npy --network inception-v3 \\
          --resize clean-fid
      """)

  /// Two distances and what they depend on.
  struct Document: Encodable {
    let network: String?
    let resize: String?
    let sampleCounts: [Int]
    let dimensions: Int
    let frechetDistance: Double
    let isRankDeficient: Bool
    let kernelDistance: Double
    /// The mean cosine of rows with the same number, where there are as many of both.
    let pairedCosine: Double?
  }

  @OptionGroup var output: OutputOptions

  @Argument(help: "The features of one set, such as the real images.")
  var first: String

  @Argument(help: "The features of the other set.")
  var second: String

  @Option(help: "The network that made the features, to be printed beside the distances.")
  var network: String?

  @Option(help: "How the network's input was resized, to be printed beside the distances.")
  var resize: ResizeConvention?

  @Flag(
    name: .customLong("paired"), help: "Rows with the same number belong together: their cosine.")
  var isPaired = false

  func run() throws {
    let (one, other) = try (NPYMatrix(path: first), NPYMatrix(path: second))
    guard one.columnCount == other.columnCount else {
      throw FileError(
        .malformed,
        "\(first) has \(one.columnCount) features an image and \(second) \(other.columnCount); take "
          + "both from the same network.")
    }
    guard !isPaired || one.rowCount == other.rowCount else {
      throw FileError(
        .malformed,
        "\(first) has \(one.rowCount) images and \(second) \(other.rowCount); pairs need as many of "
          + "both.")
    }
    let records = [first, second].compactMap { FeatureRecord.read(of: $0) }
    if records.count == 2, !records[0].isComparable(with: records[1]) {
      throw FileError(
        .malformed,
        "\(first) was made by \(records[0].network), \(records[0].convention), and \(second) by "
          + "\(records[1].network), \(records[1].convention), or with other weights; take both from "
          + "the same network.")
    }
    let frechet = try FrechetDistance(one.values, other.values, dimensions: one.columnCount)
    let kernel = try KernelInceptionDistance(
      one.values, other.values, dimensions: one.columnCount)
    let cosines =
      try isPaired
      ? (0..<one.rowCount).map {
        try CosineSimilarity.between(one.row($0).map(Float.init), other.row($0).map(Float.init))
      } : []
    let document = Document(
      network: network ?? records.first?.network,
      resize: resize?.description ?? records.first?.convention,
      sampleCounts: [one.rowCount, other.rowCount],
      dimensions: one.columnCount, frechetDistance: frechet.value,
      isRankDeficient: frechet.isRankDeficient, kernelDistance: kernel.value,
      pairedCosine: isPaired ? cosines.reduce(0, +) / Double(cosines.count) : nil)
    if document.isRankDeficient {
      Console.note(
        "warning: fewer images than features; the distance is biased upwards and must not be "
          + "compared with one of more images.")
    }
    try output.write(document) { _ in Self.text(document) }
  }

  private static func text(_ document: Document) -> String {
    var lines = [
      "Fréchet distance  \(NumberText.decimal(document.frechetDistance))",
      "kernel distance   \(document.kernelDistance)",
    ]
    if let cosine = document.pairedCosine {
      lines.append("cosine of pairs   \(NumberText.decimal(cosine))")
    }
    lines.append(
      "n = \(document.sampleCounts.map { NumberText.count($0) }.joined(separator: " and ")), "
        + "\(NumberText.count(document.dimensions, "feature")), "
        + "network: \(document.network ?? "not stated"), input: "
        + (document.resize ?? "not stated"))
    return lines.joined(separator: "\n") + "\n"
  }
}
