// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Changes over test sets")
struct AggregateChangeTests {
  private let options = EvaluationOptions(resampleCount: 100)

  /// A metric of the base and of an arm on a test set, with resamples around both.
  private func sample(
    _ name: String, isExternal: Bool, base: Double?, arm: Double?, attribute: String? = nil,
    metric: AggregateChange.Metric = .auroc
  ) -> TestSetResamples {
    func distribution(_ value: Double?, spread: Double) -> ResampledDistribution {
      ResampledDistribution(
        estimate: value,
        values: (0..<100).map { index in
          value.map { $0 + spread * (Double(index) / 99 - 0.5) } ?? .nan
        })
    }
    return TestSetResamples(
      name: name, isExternal: isExternal, models: ["base", "arm"],
      series: [
        .init(
          metric: metric, attribute: attribute,
          distributions: [distribution(base, spread: 0), distribution(arm, spread: 0.1)])
      ])
  }

  @Test("Is the mean of relative changes, and the mean of differences beside it")
  func means() throws {
    let changes = AggregateChange.changes(
      over: [
        sample("a", isExternal: false, base: 0.5, arm: 0.6),
        sample("b", isExternal: true, base: 0.8, arm: 0.84),
      ], models: ["base", "arm"], base: "base", options: options)
    let all = try #require(changes.first { $0.scope == .all })
    #expect(changes.count == 2 && all.comparisons == ["a", "b"] && all.left.isEmpty)
    #expect(try #require(all.relative.value).isClose(to: 0.125, absolute: 1e-12))
    #expect(try #require(all.difference.value).isClose(to: 0.07, absolute: 1e-12))
    // All resamples move together by at most 0.05 to either side, 95 % of them by 0.0475.
    #expect(try #require(all.difference.lower).isClose(to: 0.0225, absolute: 1e-9))
    #expect(try #require(all.difference.upper).isClose(to: 0.1175, absolute: 1e-9))
    let external = try #require(changes.first { $0.scope == .external })
    #expect(try #require(external.relative.value).isClose(to: 0.05, absolute: 1e-12))
    #expect(external.comparisons == ["b"])
  }

  @Test("Leaves out and names what is undefined for one of the models")
  func undefined() throws {
    let changes = AggregateChange.changes(
      over: [
        sample("a", isExternal: true, base: 0.2, arm: 0.1, attribute: "sex", metric: .aurocGap),
        sample("b", isExternal: true, base: nil, arm: 0.1, attribute: "age", metric: .aurocGap),
      ], models: ["base", "arm"], base: "base", options: options)
    // All test sets are external, so the external scope would only repeat them.
    let change = try #require(changes.first)
    #expect(changes.count == 1)
    #expect(change.comparisons == ["a sex"] && change.left == ["b age"])
    #expect(try #require(change.relative.value).isClose(to: -0.5, absolute: 1e-12))
  }

  @Test("Is undefined, not zero, when no test set has both models")
  func nothing() throws {
    let change = try #require(
      AggregateChange.changes(
        over: [sample("a", isExternal: true, base: nil, arm: 0.1)], models: ["base", "arm"],
        base: "base", options: options
      ).first)
    #expect(change.relative.value == nil && change.relative.reason != nil)
  }
}
