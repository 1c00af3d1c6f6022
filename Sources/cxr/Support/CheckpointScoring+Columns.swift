// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRGeneration
import CXRImage
import CXRStatistics
import CXRTensor

extension CheckpointScoring {
  /// Everything that was found out about the images.
  struct Findings: Sendable {
    /// The columns of each checkpoint.
    var checkpoints: [[ScoreColumn]] = []
    /// The columns of the real images.
    var real: [ScoreColumn] = []
    /// The embeddings of each checkpoint's images, row by row; empty without a network.
    var embeddings: [[Float]] = []
    /// The embeddings of the real images.
    var realEmbeddings: [Float] = []
    /// What a reader must know.
    var notes: [String] = []
  }

  /// Looks at all images.
  ///
  /// - Parameters:
  ///   - findings: The findings, an AUROC each.
  ///   - policy: What uncertain and unmentioned labels count as.
  /// - Returns: What was found.
  /// - Throws: What loading a network or reading an image throws; `CancellationError`.
  @TensorActor func look(
    for findings: [Finding], policy: LabelPolicy
  ) async throws -> Findings {
    var found = Findings()
    let reals = reals
    found.real = ScoreColumn.alignment(
      of: try await estimates(for: reals, "Real images"), told: aspects,
      targets: plan.reals.map(\.target), findings: findings, policy: policy)
    for measure in ScoreMeasure.standard where measure.aspect != .alignment {
      let reason =
        measure.aspect == .diversity
        ? "a prompt has one real image" : "the real images are what is compared with"
      found.real.append(ScoreColumn(measure, .undefined(reason)))
    }
    let realFID = try await optional(fid) { try await features(of: reals, by: $0, "Real images") }
    if let embedding {
      found.realEmbeddings =
        try embedding.identity == fid?.identity
        ? realFID ?? [] : await features(of: reals, by: embedding, "Real images")
    }
    for (checkpoint, set) in zip(plan.checkpoints, synthetics) {
      let name = checkpoint.name
      var columns = ScoreColumn.alignment(
        of: try await estimates(for: set, name), told: aspects, targets: plan.rows.map(\.target),
        findings: findings, policy: policy)
      var fidFeatures: [Float]?
      if let fid {
        let features = try await features(of: set, by: fid, name)
        fidFeatures = features
        columns.append(distance(realFID ?? [], features, &found.notes))
      } else {
        columns.append(ScoreColumn(.fid, .undefined("no --fid-network was given")))
      }
      columns += try await similarityColumns(of: set, with: reals, name)
      if let embedding {
        let features =
          if let fidFeatures, try embedding.identity == fid?.identity { fidFeatures } else {
            try await features(of: set, by: embedding, name)
          }
        columns += try cosineColumns(features, found.realEmbeddings)
        found.embeddings.append(features)
      } else {
        columns += [ScoreMeasure.pairedCosine, .promptCosine].map {
          ScoreColumn($0, .undefined("no network for embeddings was given"))
        }
      }
      found.checkpoints.append(columns)
    }
    found.notes = found.notes.distinct
    return found
  }

  @TensorActor private func optional(
    _ file: FeatureFile?, _ body: @TensorActor (FeatureFile) async throws -> [Float]
  ) async throws -> [Float]? {
    guard let file else { return nil }
    return try await body(file)
  }

  private func distance(
    _ real: [Float], _ synthetic: [Float], _ notes: inout [String]
  ) -> ScoreColumn {
    do throws(StatisticsError) {
      let distance = try FrechetDistance(
        real, synthetic, dimensions: real.count / max(1, plan.reals.count))
      if distance.isRankDeficient {
        notes.append(
          "FID of \(NumberText.count(plan.reals.count)) real and "
            + "\(NumberText.count(plan.rows.count)) synthetic images by "
            + "\(NumberText.count(distance.dimensions, "feature")): with fewer images than features it "
            + "is biased upwards, and says nothing beside one of other numbers of images.")
      }
      return ScoreColumn(.fid, .whole(distance.value))
    } catch {
      return ScoreColumn(.fid, .undefined(error.message))
    }
  }

  @TensorActor private func similarityColumns(
    of set: ImageSet, with reals: ImageSet, _ name: String
  ) async throws -> [ScoreColumn] {
    if let similarityProblem {
      return [ScoreMeasure.pairedMSSSIM, .promptMSSSIM].map {
        ScoreColumn($0, .undefined(similarityProblem))
      }
    }
    let paired = try await pairedSimilarities(of: set, with: reals, name)
    let within = try await promptSimilarities(of: set, name)
    return [
      ScoreColumn(.pairedMSSSIM, .mean(paired), rows: Array(plan.rows.indices)),
      diversityColumn(.promptMSSSIM, within),
    ]
  }

  private func cosineColumns(_ features: [Float], _ real: [Float]) throws -> [ScoreColumn] {
    let width = real.count / plan.reals.count
    func row(_ values: [Float], _ index: Int) -> [Float] {
      Array(values[index * width..<(index + 1) * width])
    }
    let paired = try plan.rows.indices.map { index in
      try CosineSimilarity.between(row(features, index), row(real, plan.rows[index].real))
    }
    let within = try diversePrompts.map { rows in
      var cosines: [Double] = []
      for second in rows {
        for first in rows.lowerBound..<second {
          cosines.append(
            try CosineSimilarity.between(row(features, first), row(features, second)))
        }
      }
      return cosines.reduce(0, +) / Double(cosines.count)
    }
    return [
      ScoreColumn(.pairedCosine, .mean(paired), rows: Array(plan.rows.indices)),
      diversityColumn(.promptCosine, within),
    ]
  }

  /// A number for each prompt stands in the row of its first image, so that it is drawn with its patient.
  private func diversityColumn(_ measure: ScoreMeasure, _ values: [Double]) -> ScoreColumn {
    guard !values.isEmpty else {
      return ScoreColumn(measure, .undefined("no prompt has two images; sample with --copies 4"))
    }
    return ScoreColumn(measure, .mean(values), rows: diversePrompts.map(\.lowerBound))
  }
}
