// SPDX-License-Identifier: Apache-2.0

/// A mean over labels that knows which labels it is over.
///
///     let mean = MacroMean(.commonLabels, sample: [aurocsOfA, aurocsOfB])
///     let difference = mean.distribution(of: resampledB) - mean.distribution(of: resampledA)
///
/// The labels are chosen once, on the sample; a resample on which one of them is undefined is
/// undefined, unless the policy says otherwise.
public struct MacroMean: Hashable, Sendable {
  /// What is done with undefined labels.
  public let policy: MacroPolicy
  /// The labels that enter, by position, ascending.
  public let labels: [Int]

  /// Chooses labels on the sample.
  ///
  /// - Parameters:
  ///   - policy: What is done with undefined labels.
  ///   - sample: The statistic of each label, `nil` where undefined, for everything that is
  ///     compared: models, groups; shape `[compared][labels]`.
  /// - Precondition: The inner arrays have the same count.
  public init(_ policy: MacroPolicy, sample: [[Double?]]) {
    let count = sample.first?.count ?? 0
    precondition(sample.allSatisfy { $0.count == count }, "a value or nil for every label")
    self.policy = policy
    self.labels = (0..<count).filter { label in
      policy != .commonLabels || sample.allSatisfy { $0[label] != nil }
    }
  }

  /// Fixes the labels, such as those that a minimum cell size leaves; all of them are required.
  ///
  /// - Parameter labels: The labels that enter, by position.
  public init(labels: [Int]) {
    self.policy = .commonLabels
    self.labels = labels.sorted()
  }

  /// Averages one value per label.
  ///
  /// - Parameter values: A value per label, NaN where undefined, shape `[labels]`.
  /// - Returns: The mean, NaN where the policy leaves it undefined.
  public func value(_ values: [Double]) -> Double {
    var sum = 0.0
    var count = 0
    for label in labels {
      let value = values[label]
      if value.isNaN {
        if policy == .definedLabels { continue }
        guard policy == .zero else { return .nan }
      } else {
        sum += value
      }
      count += 1
    }
    return count == 0 ? .nan : sum / Double(count)
  }

  /// Averages the distributions of labels, resample by resample.
  ///
  /// - Parameter distributions: One distribution per label, all from the same plan.
  /// - Returns: The distribution of the mean.
  public func distribution(of distributions: [ResampledDistribution]) -> ResampledDistribution {
    .combining(distributions, value)
  }

  /// The number of labels that enter the mean on the sample.
  ///
  /// - Parameter values: A value per label, `nil` where undefined.
  /// - Returns: The divisor of the mean.
  public func labelCount(_ values: [Double?]) -> Int {
    policy == .definedLabels ? labels.count { values[$0] != nil } : labels.count
  }
}
