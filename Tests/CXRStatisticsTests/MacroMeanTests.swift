// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("MacroMean")
struct MacroMeanTests {
  @Test("Treats an undefined label as its policy says")
  func followsPolicies() {
    let sample: [[Double?]] = [[1, 0.75, nil]]
    let values = [1, 0.75, Double.nan]
    #expect(MacroMean(.commonLabels, sample: sample).value(values) == 0.875)
    #expect(MacroMean(.definedLabels, sample: sample).value(values) == 0.875)
    #expect(MacroMean(.requireAll, sample: sample).value(values).isNaN)
    // What torchmetrics 1.7 reports for these three labels: 0.583 instead of 0.875.
    #expect(MacroMean(.zero, sample: sample).value(values) == 1.75 / 3)
  }

  @Test("Chooses common labels over everything that is compared")
  func choosesCommonLabels() {
    let mean = MacroMean(.commonLabels, sample: [[1, nil, 0.5], [0.5, 0.5, nil]])
    #expect(mean.labels == [0])
    #expect(MacroMean(.commonLabels, sample: [[nil, nil]]).value([.nan, .nan]).isNaN)
  }

  @Test("Needs its labels in every resample unless it averages what is defined")
  func needsItsLabels() {
    let labels = [
      ResampledDistribution(estimate: 0.5, values: [0.5, .nan]),
      ResampledDistribution(estimate: 1, values: [1, 1]),
    ]
    let common = MacroMean(.commonLabels, sample: [[0.5, 1]]).distribution(of: labels)
    #expect(common.estimate == 0.75 && common.values[0] == 0.75 && common.values[1].isNaN)
    let defined = MacroMean(.definedLabels, sample: [[0.5, 1]]).distribution(of: labels)
    #expect(defined.values == [0.75, 1])
  }

  @Test("Agrees with the golden macro means of resamples", .enabled(if: Shared.isPresent))
  func agreesWithGolden() async throws {
    let fixture = try ResamplingFixture("pred_n200")
    let golden = try Golden.json("golden_bootstrap_patient_n200.json")["results"]
    let resampled = try await Bootstrap(fixture.plan(.patient, resamples: 1000)).distributions(
      of: fixture.a + fixture.b, threads: 2)
    let estimates = resampled.auroc.map(\.estimate)
    let sample = [Array(estimates.prefix(8)), Array(estimates.suffix(8))]
    let policies: [(MacroPolicy, String)] = [
      (.requireAll, "drop_incomplete_resamples"), (.definedLabels, "mean_of_defined_labels"),
    ]
    for (policy, key) in policies {
      let mean = MacroMean(policy, sample: sample)
      let macro = mean.distribution(of: Array(resampled.auroc.prefix(8)))
      let expected = try golden["a"]["macro_auroc"][key]
      #expect(try macro.definedValues.count == expected["n_defined"].integer)
      let ends = Quantile.linear(macro.definedValues, at: [0.025, 0.975])
      #expect(try ends[0].isClose(to: expected["q025"].number, absolute: 1e-12))
      #expect(try ends[1].isClose(to: expected["q975"].number, absolute: 1e-12))
    }
    let mean = MacroMean(.requireAll, sample: sample)
    let difference =
      mean.distribution(of: Array(resampled.averagePrecision.suffix(8)))
      - mean.distribution(of: Array(resampled.averagePrecision.prefix(8)))
    let expected = try golden["difference_b_minus_a"]["macro_ap"]
    for (value, golden) in zip(difference.values, try expected["first"].numbers) {
      #expect(value.isClose(to: golden, absolute: 1e-12))
    }
  }
}
