// SPDX-License-Identifier: Apache-2.0
internal import CXRStatistics

extension AggregateChange {
  /// One metric of the model and of the base on one test set.
  private struct Pair {
    let name: String
    let model: ResampledDistribution
    let base: ResampledDistribution

    var isDefined: Bool {
      guard model.estimate != nil, let value = base.estimate else { return false }
      return value != 0
    }
  }

  /// The changes of every model over the test sets, by metric, scope and model.
  ///
  /// A scope whose test sets are all of them is not repeated, and a metric that no test set has is
  /// left out.
  ///
  /// - Parameters:
  ///   - samples: The resamples of each test set, of the same number each.
  ///   - models: The models in reporting order.
  ///   - base: The model that they are compared with.
  ///   - options: How intervals are made.
  /// - Returns: The changes.
  public static func changes(
    over samples: [TestSetResamples], models: [String], base: String, options: EvaluationOptions
  ) -> [AggregateChange] {
    let external = samples.filter(\.isExternal)
    let scopes: [(Scope, [TestSetResamples])] =
      external.isEmpty || external.count == samples.count
      ? [(.all, samples)] : [(.all, samples), (.external, external)]
    return Metric.allCases.flatMap { metric in
      scopes.flatMap { scope, samples in
        models.filter { $0 != base }.compactMap { model in
          change(metric, scope, of: model, from: base, over: samples, options: options)
        }
      }
    }
  }

  private static func change(
    _ metric: Metric, _ scope: Scope, of model: String, from base: String,
    over samples: [TestSetResamples], options: EvaluationOptions
  ) -> AggregateChange? {
    let pairs = samples.flatMap { sample -> [Pair] in
      guard let first = sample.models.firstIndex(of: model),
        let second = sample.models.firstIndex(of: base)
      else { return [] }
      return sample.series.filter { $0.metric == metric }.map { series in
        Pair(
          name: sample.name + (series.attribute.map { " \($0)" } ?? ""),
          model: series.distributions[first], base: series.distributions[second])
      }
    }
    guard !pairs.isEmpty else { return nil }
    let used = pairs.filter(\.isDefined)
    let estimator = IntervalEstimator(options: options, patients: [])
    func mean(_ change: (Double, Double) -> Double) -> Estimate {
      let flat = used.flatMap { [$0.model, $0.base] }
      let distribution = ResampledDistribution.combining(flat) { values in
        let sum = stride(from: 0, to: values.count, by: 2).reduce(0.0) {
          $0 + change(values[$1], values[$1 + 1])
        }
        let mean = sum / Double(values.count / 2)
        return mean.isFinite ? mean : .nan
      }
      return estimator.estimate(
        distribution, undefinedBecause: "no test set has it for both models")
    }
    return AggregateChange(
      metric: metric, scope: scope, model: model, base: base, comparisons: used.map(\.name),
      left: pairs.filter { !$0.isDefined }.map(\.name),
      relative: mean { ($0 - $1) / $1 }, difference: mean { $0 - $1 })
  }
}
