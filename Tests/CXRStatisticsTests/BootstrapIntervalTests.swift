// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("BootstrapInterval")
struct BootstrapIntervalTests {
  @Test("Agrees with SciPy given its resamples", .enabled(if: Shared.isPresent))
  func agreesWithSciPy() throws {
    let fixture = try ResamplingFixture("pred_n200")
    let golden = try Golden.json("golden_bca_scipy_n200.json")["results"]
    for key in try golden.keys {
      let expected = try golden[key]
      let values = try expected["distribution"].numbers
      // SciPy's own intervals are NaN when a resample is; ours drop it, or refuse.
      guard values.allSatisfy(\.isFinite) else { continue }
      let distribution = try ResampledDistribution(
        estimate: expected["estimate"].number, values: values)
      let leftOut = try Self.leaveOneOut(key, fixture)
      for (row, value) in zip(leftOut.rows, leftOut.values) {
        #expect(try value.isClose(to: expected["jackknife"][Int(row)].number, absolute: 1e-12))
      }
      let acceleration = leftOut.acceleration()
      #expect(try acceleration.isClose(to: expected["acceleration"].number, absolute: 1e-12))
      let methods: [(String, BootstrapInterval.Method)] = [
        ("percentile", .percentile), ("basic", .basic), ("BCa", .bca(acceleration: acceleration)),
      ]
      for (name, method) in methods {
        let interval = try BootstrapInterval(distribution, method: method)
        let ends = try expected["ci"][name].numbers
        #expect(interval.interval.lower.isClose(to: ends[0], absolute: 1e-12))
        #expect(interval.interval.upper.isClose(to: ends[1], absolute: 1e-12))
        if let bias = interval.biasCorrection {
          #expect(try bias.isClose(to: expected["z0"].number, absolute: 1e-12))
        }
      }
    }
  }

  @Test("Gives BCa intervals on the portable resamples", .enabled(if: Shared.isPresent))
  func agreesOnPortableResamples() async throws {
    let fixture = try ResamplingFixture("pred_n200")
    let golden = try Golden.json("golden_bca_portable_n200.json")["results"]
    let resampled = try await Bootstrap(fixture.plan(.image, resamples: 1000)).distributions(
      of: fixture.a)
    for key in try golden.keys {
      let expected = try golden[key]
      let label = try #require(Golden.labels.firstIndex { key.hasPrefix($0) })
      let whole =
        key.hasSuffix("_ap") ? resampled.averagePrecision[label] : resampled.auroc[label]
      // The golden drops undefined resamples however many there are.
      let distribution = ResampledDistribution(
        estimate: whole.estimate, values: whole.definedValues)
      #expect(try distribution.values.count == expected["n_defined"].integer)
      let acceleration = try Self.leaveOneOut(key, fixture).acceleration()
      #expect(try acceleration.isClose(to: expected["acceleration"].number, absolute: 1e-12))
      let bca = try BootstrapInterval(distribution, method: .bca(acceleration: acceleration))
      #expect(try (bca.biasCorrection ?? .nan).isClose(to: expected["z0"].number, absolute: 1e-12))
      #expect(try bca.interval.lower.isClose(to: expected["bca"][0].number, absolute: 1e-12))
      #expect(try bca.interval.upper.isClose(to: expected["bca"][1].number, absolute: 1e-12))
      let basic = try BootstrapInterval(distribution, method: .basic)
      #expect(try basic.interval.lower.isClose(to: expected["basic"][0].number, absolute: 1e-12))
    }
  }

  private static func leaveOneOut(
    _ key: String, _ fixture: ResamplingFixture
  ) throws -> LeaveOneOut {
    let label = try #require(Golden.labels.firstIndex { key.hasPrefix($0) })
    return try LeaveOneOut(key.hasSuffix("_ap") ? .averagePrecision : .auroc, of: fixture.a[label])
  }

  @Test("Is the estimate itself when every resample is")
  func degenerates() throws {
    let constant = ResampledDistribution(estimate: 1, values: [1, 1, 1, 1])
    for method in [BootstrapInterval.Method.percentile, .basic, .bca(acceleration: 0)] {
      let interval = try BootstrapInterval(constant, method: method).interval
      #expect(interval == Interval(lower: 1, upper: 1))
    }
  }

  @Test("Counts a few undefined resamples and refuses more than 5 %")
  func countsUndefined() throws {
    let values = (1...100).map { Double($0) }
    func distribution(undefined: Int) -> ResampledDistribution {
      ResampledDistribution(
        estimate: 50,
        values: [Double](repeating: .nan, count: undefined) + values.dropFirst(undefined))
    }
    #expect(try BootstrapInterval(distribution(undefined: 5)).undefinedCount == 5)
    let error = #expect(throws: StatisticsError.self) {
      try BootstrapInterval(distribution(undefined: 6))
    }
    #expect(error?.code == .tooManyUndefined)
    let empty = #expect(throws: StatisticsError.self) {
      try BootstrapInterval(ResampledDistribution(estimate: nil, values: values))
    }
    #expect(empty?.code == .empty)
  }

  @Test("Refuses BCa when all resamples lie on one side")
  func refusesOneSide() {
    let error = #expect(throws: StatisticsError.self) {
      try BootstrapInterval(
        ResampledDistribution(estimate: 9, values: [1, 2, 3]), method: .bca(acceleration: 0))
    }
    #expect(error?.code == .notConverged)
  }
}
