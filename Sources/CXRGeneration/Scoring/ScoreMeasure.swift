// SPDX-License-Identifier: Apache-2.0

/// A quantity by which checkpoints of a generator are compared.
public struct ScoreMeasure: Hashable, Codable, Sendable {
  /// What a quantity is about.
  public enum Aspect: String, Codable, CaseIterable, Sendable {
    /// Whether an image shows what its prompt says.
    case alignment
    /// Whether images resemble real ones.
    case similarity
    /// Whether images of one prompt differ from one another.
    case diversity
  }

  /// Which of two values is to be preferred.
  public enum Preference: String, Codable, Sendable {
    /// The larger one, as for an AUROC.
    case larger
    /// The smaller one, as for a distance.
    case smaller
  }

  /// What people call it, such as `FID`.
  public let name: String
  /// What it is about.
  public let aspect: Aspect
  /// Which of two values is to be preferred.
  public let preference: Preference

  /// Creates a measure.
  ///
  /// - Parameters:
  ///   - name: What people call it.
  ///   - aspect: What it is about.
  ///   - preference: Which of two values is to be preferred.
  public init(_ name: String, _ aspect: Aspect, preferring preference: Preference) {
    self.name = name
    self.aspect = aspect
    self.preference = preference
  }

  /// A value on a scale on which larger is better.
  func goodness(of value: Double) -> Double {
    switch preference {
    case .larger: value
    case .smaller: -value
    }
  }
}

extension ScoreMeasure {
  /// The AUROC of a classifier's prediction of a finding against the prompt's.
  public static func auroc(of finding: String) -> ScoreMeasure {
    ScoreMeasure("AUROC \(finding)", .alignment, preferring: .larger)
  }
  /// The mean of the AUROCs of those findings that all compared sets have one of.
  public static let meanAUROC = ScoreMeasure("mean AUROC", .alignment, preferring: .larger)
  /// The share of images whose estimated sex is the prompt's.
  public static let sexAccuracy = ScoreMeasure("sex accuracy", .alignment, preferring: .larger)
  /// The share of images whose estimated race is the prompt's, among races that the model knows.
  public static let raceAccuracy = ScoreMeasure("race accuracy", .alignment, preferring: .larger)
  /// The root mean square difference of estimated and prompted age, in years.
  public static let ageRMSE = ScoreMeasure("age RMSE", .alignment, preferring: .smaller)
  /// The Fréchet distance to real images.
  public static let fid = ScoreMeasure("FID", .similarity, preferring: .smaller)
  /// The mean MS-SSIM with the paired real image.
  public static let pairedMSSSIM = ScoreMeasure(
    "MS-SSIM to real", .similarity, preferring: .larger)
  /// The mean cosine of embeddings with the paired real image.
  public static let pairedCosine = ScoreMeasure("cosine to real", .similarity, preferring: .larger)
  /// The mean MS-SSIM of images of one prompt.
  public static let promptMSSSIM = ScoreMeasure(
    "MS-SSIM in prompt", .diversity, preferring: .smaller)
  /// The mean cosine of embeddings of images of one prompt.
  public static let promptCosine = ScoreMeasure(
    "cosine in prompt", .diversity, preferring: .smaller)

  /// What checkpoints are chosen by unless something else is asked for: each question once, whatever
  /// the number of findings.
  public static let standard: [ScoreMeasure] = [
    .meanAUROC, .sexAccuracy, .raceAccuracy, .ageRMSE, .fid, .pairedMSSSIM, .pairedCosine,
    .promptMSSSIM, .promptCosine,
  ]
}
