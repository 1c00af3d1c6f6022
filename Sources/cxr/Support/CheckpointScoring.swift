// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRFiles
import CXRGeneration
import CXRImage
import CXRStatistics
import CXRTensor
import Foundation

/// Looks at the images of checkpoints and at the real ones, and makes the numbers that scores are
/// computed from.
struct CheckpointScoring: Sendable {
  /// Which images.
  let plan: ScoringPlan
  /// The real images.
  let store: ImageStore
  /// The models that tell what images show.
  let judges: [ModelFile]
  /// The network of the Fréchet distance.
  let fid: FeatureFile?
  /// The network of cosines and nearest images.
  let embedding: FeatureFile?
  /// Where numbers are kept.
  let cache: RowCache
  /// How images are given to networks.
  let batches: PictureBatches
  /// How many pairs of images are compared at the same time.
  let threads: Int

  /// The convention of MS-SSIM: that of the published study.
  static let similarity = StructuralSimilarity(.unpadded)

  /// The real images that prompts came from.
  var reals: ImageSet { ImageSet(plan.reals.map(\.storeIndex), of: store) }

  /// The images of each checkpoint.
  var synthetics: [ImageSet] {
    plan.checkpoints.map { ImageSet($0, preparedBy: store.description.preparation) }
  }

  /// What all models tell, in order.
  var aspects: [JudgedAspect] { judges.flatMap { ModelJudge.aspects(of: $0.outputs) } }

  /// What models tell of images.
  ///
  /// - Parameters:
  ///   - set: The images.
  ///   - name: What is done, for the progress line.
  /// - Returns: For each image an estimate for each of ``aspects``.
  /// - Throws: What loading a model or reading an image throws; `CancellationError`.
  @TensorActor func estimates(for set: ImageSet, _ name: String) async throws -> [[QualityEstimate]]
  {
    var estimates = [[QualityEstimate]](repeating: [], count: set.count)
    for file in judges {
      let model = LoadedOnce { try file.model(on: batches.device) }
      let values = try await rows("values \(file.identity)", of: set, isSingle: false, name) {
        try await batches.values(of: $0.count, by: model.value, image: set.reader(from: $0))
      }
      let width = file.outputs.count
      for row in 0..<set.count {
        estimates[row] += ModelJudge.estimates(
          Array(values[row * width..<(row + 1) * width]), of: file.outputs)
      }
    }
    return estimates
  }

  /// The features of images, row by row.
  @TensorActor func features(
    of set: ImageSet, by file: FeatureFile, _ name: String
  ) async throws -> [Float] {
    let network = LoadedOnce {
      let network = try file.network(on: batches.device)
      for note in network.notes { Console.note("weights: \(note)") }
      return network
    }
    return try await rows("features \(file.identity)", of: set, isSingle: true, name) {
      try await batches.features(of: $0.count, by: network.value, image: set.reader(from: $0))
        .map(Double.init)
    }.map(Float.init)
  }

  /// Why MS-SSIM is undefined for the images of the store; `nil` if it is defined.
  var similarityProblem: String? {
    let (side, least) = (
      store.description.preparation.side, Self.similarity.convention.smallestSide
    )
    return side < least
      ? "the images of the store have \(side) pixels a side, and MS-SSIM needs \(least)" : nil
  }

  /// MS-SSIM of each image of a checkpoint with the real image of its prompt.
  @TensorActor func pairedSimilarities(
    of set: ImageSet, with reals: ImageSet, _ name: String
  ) async throws -> [Double] {
    let items = plan.rows.indices.map { "\(set.digests[$0]) \(reals.digests[plan.rows[$0].real])" }
    let (rows, threads) = (plan.rows, threads)
    return try await self.rows("msssim pair", items: items, isSingle: false, name) { range in
      try await range.concurrentMap(width: threads) { row in
        try Self.similarity.multiscale(set.image(row), reals.image(rows[row].real))
      }
    }
  }

  /// The mean MS-SSIM among the images of each prompt that has two or more.
  @TensorActor func promptSimilarities(of set: ImageSet, _ name: String) async throws -> [Double] {
    let prompts = diversePrompts
    let items = prompts.map { set.digests[$0].joined(separator: " ") }
    let threads = threads
    return try await rows("msssim prompt", items: items, isSingle: false, name) { range in
      try await Array(prompts[range]).concurrentMap(width: threads) { rows in
        try Self.similarity.meanMultiscale(among: rows.map { try set.image($0) })
      }
    }
  }

  /// The rows of each prompt that has two images or more.
  var diversePrompts: [Range<Int>] { plan.promptRows.filter { $0.count > 1 } }

  @TensorActor private func rows(
    _ kind: String, of set: ImageSet, isSingle: Bool, _ name: String,
    compute: @TensorActor (Range<Int>) async throws -> [Double]
  ) async throws -> [Double] {
    try await rows(kind, items: set.digests, isSingle: isSingle, name, compute: compute)
  }

  @TensorActor private func rows(
    _ kind: String, items: [String], isSingle: Bool, _ name: String,
    compute: @TensorActor (Range<Int>) async throws -> [Double]
  ) async throws -> [Double] {
    let line = ProgressLine(name, total: items.count)
    defer { line.finish() }
    return try await cache.rows(
      kind, of: items, isSingle: isSingle, progress: { line.update($0) }, compute: compute)
  }
}

extension ImageSet {
  /// Reads images by their number within a range.
  fileprivate func reader(from range: Range<Int>) -> @Sendable (Int) throws -> GrayImage {
    { [image] in try image(range.lowerBound + $0) }
  }
}

/// Something that is loaded when it is first asked for; it stays on the thread of the tensors.
@TensorActor private final class LoadedOnce<Value> {
  private let load: () throws -> Value
  private var loaded: Value?

  init(_ load: @escaping () throws -> Value) { self.load = load }

  var value: Value {
    get throws {
      if let loaded { return loaded }
      let value = try load()
      loaded = value
      return value
    }
  }
}
