// SPDX-License-Identifier: Apache-2.0
import CXRGeneration
import CXRStatistics

/// Made-up scores of three checkpoints.
enum ScoredCheckpoints {
  /// A comparison as it is read from a file: three checkpoints, of which the second is beaten.
  static func comparison() throws -> CheckpointComparison {
    let measures: [ScoreMeasure] = [.auroc(of: "Edema"), .meanAUROC, .fid, .promptCosine]
    func score(
      _ name: String, _ auroc: Double, _ fid: Double?, _ cosine: Double?
    ) -> CheckpointScore {
      var values: [ScoreMeasure: Double] = [.meanAUROC: auroc]
      (values[.fid], values[.promptCosine]) = (fid, cosine)
      return CheckpointScore(
        name, imageCount: 40, values: values,
        reasons: [
          .auroc(of: "Edema"): "no image is labelled positive", .fid: "the real | images",
        ].filter { values[$0.key] == nil },
        intervals: [.meanAUROC: Interval(lower: auroc - 0.1, upper: auroc + 0.1)])
    }
    let scores = [
      score("s5", 0.75, 60, 0.5), score("s7", 0.70, 62, 0.6), score("s10", 0.80, 70, 0.4),
    ]
    let choice = CheckpointComparison.Choice(
      try CheckpointChoice(among: scores, by: measures))
    let check = try MemorizationCheck(
      synthetic: UnitVectors([1, 0.1, 1, 0.9], dimensions: 2),
      real: UnitVectors([1, 0, 0, 1, 1, 1], dimensions: 2), patients: [0, 1, 2])
    return CheckpointComparison(
      promptSet: "validation", promptCount: 10, store: "real-512", measures: measures,
      scores: scores, real: score("real images", 0.88, nil, nil), choice: choice,
      memorization: [MemorizationSummary(check, of: "s5", sources: nil)],
      memorizationReference: "the radiographs that prompts came from",
      conventions: ["FID": "Inception v3, resized as clean-fid"], sources: [],
      resampling: (1000, 1), notes: ["Two runs have the same model."])
  }
}
