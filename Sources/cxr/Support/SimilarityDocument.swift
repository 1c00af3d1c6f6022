// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRFiles
import CXRImage

/// What the verbs that compare images print.
struct SimilarityDocument: Encodable {
  /// One measure over all pairs.
  struct Measure: Encodable {
    let name: String
    let mean: Double
    let standardDeviation: Double?
    let minimum: Double
    let maximum: Double
  }

  /// Two images and how alike they are.
  struct Pair: Encodable, Sendable {
    let first: String
    let second: String
    let similarity: PairSimilarity
  }

  let pairCount: Int
  /// The number of pairs that could not be compared, by reason.
  let problemCounts: [String: Int]
  let measures: [Measure]

  /// Summarises pairs.
  ///
  /// - Parameters:
  ///   - pairs: The pairs that were compared.
  ///   - problemCounts: The number of pairs that could not be compared, by reason.
  /// - Precondition: There is a pair.
  init(_ pairs: [Pair], problemCounts: [String: Int]) {
    pairCount = pairs.count
    self.problemCounts = problemCounts
    let names = pairs[0].similarity.measures.map(\.name)
    measures = names.indices.map { index in
      let values = pairs.map { $0.similarity.measures[index].value }
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      return Measure(
        name: names[index], mean: mean,
        standardDeviation: values.count > 1 ? (squares / (count - 1)).squareRoot() : nil,
        minimum: values.min() ?? mean, maximum: values.max() ?? mean)
    }
  }

  var text: String {
    let width = measures.map(\.name.count).max() ?? 0
    let rows = measures.map { measure in
      measure.name.padding(to: width) + "  " + NumberText.decimal(measure.mean)
        + (measure.standardDeviation.map { " ± \(NumberText.decimal($0))" } ?? "")
        + "  \(NumberText.decimal(measure.minimum)) to \(NumberText.decimal(measure.maximum))"
    }
    return "\(NumberText.count(pairCount, "pair")): mean ± standard deviation, range\n"
      + rows.joined(separator: "\n") + "\n"
  }

  /// The pairs as CSV.
  static func table(_ pairs: [Pair]) -> [UInt8] {
    var table = CSVWriter(
      header: [
        "first", "second", "msssimPytorchMSSSIM", "msssimTorchmetrics", "ssimPytorchMSSSIM",
        "ssimTorchmetrics", "pixelCosine",
      ])
    for pair in pairs {
      table.append([pair.first, pair.second] + pair.similarity.measures.map { "\($0.value)" })
    }
    return table.bytes
  }
}

extension String {
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: Swift.max(0, width - count))
  }
}
