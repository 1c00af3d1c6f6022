// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

/// DeLong against pROC and against an independent clustered reference: 1e-12 absolute, and 1e-9
/// relative on p-values, which magnify the last digits of a large statistic.
@Suite("DeLong against references", .enabled(if: Shared.isPresent))
struct DeLongGoldenTests {
  private let tolerance = 1e-12

  @Test("Paired, as pROC", arguments: GoldenTables.predictions)
  func pairedAgreesWithPROC(name: String) throws {
    let golden = try Golden.json("golden_proc_\(name).json")["paired_delong"]
    let table = try GoldenTables.table(name)
    for label in Golden.labels {
      let (a, b) = (
        try GoldenColumn(table, model: "a", label: label),
        try GoldenColumn(table, model: "b", label: label)
      )
      try expectPaired(DeLong(scores: [a.scores, b.scores], labels: a.labels), golden[label])
    }
  }

  @Test("The aneurysm data, whose answers are published")
  func aneurysm() throws {
    let golden = try Golden.json("golden_proc_asah.json")
    let table = try GoldenTables.table("asah")
    let labels = try table.numbers("y").map { $0 == 1 }
    for (first, second) in [("s100b", "wfns"), ("s100b", "ndka"), ("wfns", "ndka")] {
      let scores = [try table.numbers(first), try table.numbers(second)]
      try expectPaired(
        DeLong(scores: scores, labels: labels), golden["\(first)_vs_\(second)"])
    }
  }

  @Test("Hanley and McNeil's ratings of 1982")
  func hanleyMcNeil() throws {
    let golden = try Golden.json("golden_proc_hanley_mcneil.json")
    let table = try GoldenTables.table("hanley_mcneil_1982")
    let result = try DeLong(
      scores: [table.numbers("rating")], labels: table.numbers("y").map { $0 == 1 })
    #expect(
      result.aurocs[0].value.isClose(to: try golden["auc"].number, absolute: tolerance))
    #expect(
      try result.covariance[0][0].isClose(
        to: golden["var_delong"].number, absolute: tolerance))
    try expectInterval(result.interval(of: 0), golden["ci_delong"])
  }

  @Test("Unpaired, as pROC", arguments: GoldenTables.predictions)
  func unpairedAgreesWithPROC(name: String) throws {
    let golden = try Golden.json("golden_proc_\(name).json")["unpaired_delong"]
    let table = try GoldenTables.table(name)
    let sexes = try table.strings("sex")
    let results = try ["M", "F"].map { sex in
      let column = try GoldenColumn(table, model: "a", label: "No_Finding") { sexes[$0] == sex }
      return try DeLong(scores: [column.scores], labels: column.labels)
    }
    let comparison = try results[0].comparison(of: 0, withIndependent: results[1], model: 0)
    let statistic = try #require(comparison.statistic)
    #expect(statistic.isClose(to: try golden["d"].number, absolute: 1e-11))
    let degreesOfFreedom = try #require(comparison.degreesOfFreedom)
    #expect(degreesOfFreedom.isClose(to: try golden["df"].number, relative: tolerance))
    #expect(
      try #require(comparison.pValue).isClose(to: golden["p"].number, relative: 1e-9))
  }

  @Test("Four models at once", arguments: ["pred_n200", "pred_n5000"])
  func fourModels(name: String) throws {
    let golden = try Golden.json("golden_multi_delong.json")["results"][name]
    let table = try GoldenTables.table(name)
    for label in Golden.labels {
      let column = try GoldenColumn(table, model: "a", label: label)
      let (a, b) = (column.scores, try GoldenColumn(table, model: "b", label: label).scores)
      let scores = [
        a, b, zip(a, b).map { ($0 + $1) / 2 }, zip(a, b).map { max($0, $1) },
      ]
      let result = try DeLong(scores: scores, labels: column.labels)
      let expected = try golden[label]
      for model in scores.indices {
        let area = result.aurocs[model].value
        #expect(area.isClose(to: try expected["auc"][model].number, absolute: tolerance))
        for other in scores.indices {
          let covariance = try result.covariance[model][other]
          let reference = try expected["covariance"][model][other].number
          #expect(covariance.isClose(to: reference, absolute: tolerance))
        }
      }
      let test = try result.overallTest()
      #expect(test.degreesOfFreedom == (try expected["df"].integer))
      // The reference inverts a covariance of like models, whose digits cancel.
      #expect(test.statistic.isClose(to: try expected["overall_chi2"].number, relative: 1e-11))
      #expect(test.pValue.isClose(to: try expected["overall_p"].number, relative: 1e-9))
      #expect(try result.comparisons().count == 6)
    }
  }

  @Test("Clustered by patient", arguments: [200, 5000])
  func clustered(count: Int) throws {
    let golden = try Golden.json("golden_cluster_delong_n\(count).json")
    let table = try GoldenTables.table("pred_n\(count)")
    let patients = try table.codes("patient_id")
    for label in Golden.labels {
      let (a, b) = (
        try GoldenColumn(table, model: "a", label: label),
        try GoldenColumn(table, model: "b", label: label)
      )
      let result = try DeLong(
        scores: [a.scores, b.scores], labels: a.labels, clusters: patients)
      let expected = try golden["results"][label]
      let covariance = try result.covariance
      let comparison = try result.comparison(of: 0, with: 1)
      let statistic = try #require(comparison.statistic)
      #expect(result.clusterCount == (try golden["n_patients"].integer))
      #expect(covariance[0][0].isClose(to: try expected["var_a"].number, absolute: tolerance))
      #expect(covariance[1][1].isClose(to: try expected["var_b"].number, absolute: tolerance))
      #expect(covariance[0][1].isClose(to: try expected["cov_ab"].number, absolute: tolerance))
      #expect(statistic.isClose(to: try expected["z_a_minus_b"].number, absolute: tolerance))
      #expect(
        try #require(comparison.pValue).isClose(to: expected["p"].number, relative: 1e-9))
      let designEffect = try result.designEffect(of: 0)
      #expect(designEffect.isClose(to: try expected["design_effect_a"].number, absolute: 1e-11))
    }
  }

  private func expectPaired(_ result: DeLong, _ golden: GoldenJSON) throws {
    let covariance = try result.covariance
    let comparison = try result.comparison(of: 0, with: 1)
    func expectClose(_ value: Double?, _ key: String) throws {
      let value = try #require(value)
      #expect(value.isClose(to: try golden[key].number, absolute: tolerance), "\(key)")
    }
    try expectClose(result.aurocs[0].value, "auc_a")
    try expectClose(result.aurocs[1].value, "auc_b")
    try expectClose(covariance[0][0], "var_a")
    try expectClose(covariance[1][1], "var_b")
    try expectClose(covariance[0][1], "cov_ab")
    try expectClose(comparison.statistic, "z")
    #expect(try #require(comparison.pValue).isClose(to: golden["p"].number, relative: 1e-9))
    try expectInterval(result.interval(of: 0), golden["ci_a"])
    try expectInterval(result.interval(of: 1), golden["ci_b"])
    let interval = try #require(comparison.interval)
    #expect(interval.lower.isClose(to: try golden["diff_ci"][0].number, absolute: tolerance))
    #expect(interval.upper.isClose(to: try golden["diff_ci"][1].number, absolute: tolerance))
  }

  /// Compares with pROC's lower end, estimate and upper end.
  private func expectInterval(_ interval: Interval, _ golden: GoldenJSON) throws {
    #expect(interval.lower.isClose(to: try golden[0].number, absolute: tolerance))
    #expect(interval.upper.isClose(to: try golden[2].number, absolute: tolerance))
  }
}
