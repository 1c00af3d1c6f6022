// SPDX-License-Identifier: Apache-2.0
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("DeLong")
struct DeLongTests {
  @Test("Clusters of one radiograph change nothing", arguments: [UInt64(1), 2, 3])
  func singletonClusters(seed: UInt64) throws {
    let table = Simulated(seed: seed, count: 120, models: 3)
    let plain = try DeLong(scores: table.scores, labels: table.labels)
    // Any numbering will do, with gaps.
    let clusters = table.labels.indices.map { 2 * ($0 * 7 % 120) }
    let clustered = try DeLong(scores: table.scores, labels: table.labels, clusters: clusters)
    #expect(plain.clusterCount == nil && clustered.clusterCount == 120)
    for first in 0..<3 {
      for second in 0..<3 {
        let (a, b) = (
          try plain.covariance[first][second], try clustered.covariance[first][second]
        )
        // Sums of a hundred terms in another order.
        #expect(a.isClose(to: b, relative: 1e-13))
      }
      #expect(try clustered.designEffect(of: first).isClose(to: 1, absolute: 1e-13))
    }
  }

  @Test("Equals the textbook formula on every pair", arguments: [UInt64(4), 5], [3, 50])
  func equalsTextbook(seed: UInt64, levels: Int) throws {
    let table = Simulated(seed: seed, count: 50, models: 2, levels: levels)
    let (positives, negatives) = (
      table.labels.indices.filter { table.labels[$0] },
      table.labels.indices.filter { !table.labels[$0] }
    )
    func wins(_ scores: [Double], _ p: Int, _ n: Int) -> Double {
      scores[p] > scores[n] ? 1 : scores[p] == scores[n] ? 0.5 : 0
    }
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    func covariance(_ x: [Double], _ y: [Double]) -> Double {
      zip(x, y).reduce(0) { $0 + ($1.0 - mean(x)) * ($1.1 - mean(y)) } / Double(x.count - 1)
    }
    let ofPositives = table.scores.map { scores in
      positives.map { p in mean(negatives.map { wins(scores, p, $0) }) }
    }
    let ofNegatives = table.scores.map { scores in
      negatives.map { n in mean(positives.map { wins(scores, $0, n) }) }
    }
    let result = try DeLong(scores: table.scores, labels: table.labels)
    for a in 0..<2 {
      for b in 0..<2 {
        let expected =
          covariance(ofPositives[a], ofPositives[b]) / Double(positives.count)
          + covariance(ofNegatives[a], ofNegatives[b]) / Double(negatives.count)
        #expect(try result.covariance[a][b].isClose(to: expected, absolute: 1e-15))
      }
    }
    let matrix = try result.covariance
    let difference = matrix[0][0] + matrix[1][1] - 2 * matrix[0][1]
    #expect(try result.differenceVariance[0][1].isClose(to: difference, absolute: 1e-15))
  }

  @Test("Order of rows and names of patients do not matter", arguments: [UInt64(6), 7])
  func ignoresOrder(seed: UInt64) throws {
    let table = Simulated(seed: seed, count: 90, models: 2)
    let order = (0..<90).map { $0 * 11 % 90 }
    let straight = try DeLong(
      scores: table.scores, labels: table.labels, clusters: table.patients)
    let shuffled = try DeLong(
      scores: table.scores.map { column in order.map { column[$0] } },
      labels: order.map { table.labels[$0] }, clusters: order.map { 500 - table.patients[$0] })
    let (a, b) = (
      try straight.comparison(of: 0, with: 1), try shuffled.comparison(of: 0, with: 1)
    )
    #expect(a.difference == b.difference)
    #expect(a.standardError.isClose(to: b.standardError, relative: 1e-13))
    let reverse = try straight.comparison(of: 1, with: 0)
    #expect(reverse.difference == -a.difference && reverse.pValue == a.pValue)
  }

  @Test("Models that rank alike differ by exactly nothing")
  func zeroVarianceWithoutDifference() throws {
    let table = Simulated(seed: 9, count: 100, levels: 30)
    let cubed = table.scores[0].map { $0 * $0 * $0 }
    for clusters in [nil, table.patients] {
      let result = try DeLong(
        scores: [table.scores[0], cubed], labels: table.labels, clusters: clusters)
      let comparison = try result.comparison(of: 0, with: 1)
      #expect(comparison.hasZeroVariance && comparison.standardError == 0)
      #expect(comparison.statistic == 0 && comparison.pValue == 1)
      #expect(comparison.interval == nil)
      let overall = try result.overallTest()
      #expect(overall.degreesOfFreedom == 0 && overall.pValue == 1)
    }
  }

  @Test("A difference without variance has no p-value")
  func zeroVarianceWithDifference() throws {
    let labels = [false, false, true, true]
    let result = try DeLong(scores: [[0, 1, 2, 3], [5, 5, 5, 5]], labels: labels)
    let comparison = try result.comparison(of: 0, with: 1)
    #expect(comparison.difference == 0.5 && comparison.hasZeroVariance)
    #expect(comparison.statistic == nil && comparison.pValue == nil)
    for error in [
      #expect(throws: StatisticsError.self) { try result.interval(of: 0) },
      #expect(throws: StatisticsError.self) { try result.interval(of: 1, scale: .logit) },
      #expect(throws: StatisticsError.self) { try result.overallTest() },
      #expect(throws: StatisticsError.self) { try result.designEffect(of: 0) },
    ] {
      #expect(error?.code == .zeroVariance)
    }
  }

  @Test("A duplicated model costs the overall test a degree of freedom, and nothing else")
  func overallTestOfDuplicates() throws {
    let table = Simulated(seed: 12, count: 150, models: 3)
    let three = try DeLong(scores: table.scores, labels: table.labels).overallTest()
    let four = try DeLong(
      scores: table.scores + [table.scores[1]], labels: table.labels
    ).overallTest()
    #expect(three.degreesOfFreedom == 2 && four.degreesOfFreedom == 2)
    #expect(four.statistic.isClose(to: three.statistic, relative: 1e-9))
    let pair = try DeLong(scores: Array(table.scores[..<2]), labels: table.labels)
    let z = try #require(try pair.comparison(of: 0, with: 1).statistic)
    #expect(try pair.overallTest().statistic.isClose(to: z * z, relative: 1e-13))
  }

  @Test("One positive has an area but no variance")
  func onePositive() throws {
    let result = try DeLong(scores: [[0.1, 0.5, 0.3]], labels: [false, false, true])
    #expect(result.aurocs[0].value == 0.5)
    let error = #expect(throws: StatisticsError.self) { try result.covariance }
    #expect(error?.code == .zeroVariance)
    #expect(error?.message.contains("1 positive") == true)
    // Two positives of one patient are no better.
    let clustered = try DeLong(
      scores: [[0.1, 0.5, 0.3, 0.4]], labels: [false, false, true, true], clusters: [0, 1, 2, 2])
    #expect(throws: StatisticsError.self) { try clustered.standardError(of: 0) }
  }

  @Test("Near 1 the logit interval stays inside, the linear one is cut off")
  func intervalsNearOne() throws {
    let scores = (0..<40).map { Double($0) }
    let labels = (0..<40).map { $0 > 30 || $0 == 29 }
    let result = try DeLong(scores: [scores], labels: labels)
    let linear = try result.interval(of: 0)
    let logit = try result.interval(of: 0, scale: .logit)
    #expect(linear.upper == 1)
    #expect(logit.upper < 1 && logit.lower < linear.lower)
    #expect(logit.lower < result.aurocs[0].value && result.aurocs[0].value < logit.upper)
    let narrow = try result.interval(of: 0, confidence: 0.5)
    #expect(narrow.lower > linear.lower)
  }

  @Test("Refuses missing classes, unusable scores and single models")
  func refuses() throws {
    func code(_ body: () throws -> Void) -> StatisticsError.Code? {
      #expect(throws: StatisticsError.self) { try body() }?.code
    }
    #expect(code { _ = try DeLong(scores: [[1, 2]], labels: [false, false]) } == .noPositives)
    #expect(code { _ = try DeLong(scores: [[1, 2]], labels: [true, true]) } == .noNegatives)
    #expect(code { _ = try DeLong(scores: [[]], labels: []) } == .empty)
    #expect(code { _ = try DeLong(scores: [[1, .nan]], labels: [true, false]) } == .nonFinite)
    let single = try DeLong(scores: [[1, 2, 3, 4]], labels: [true, false, true, false])
    #expect(code { _ = try single.overallTest() } == .invalidArgument)
  }

  @Test("Stops a caller whose clusters do not fit")
  func trapsOnClusters() async {
    await #expect(processExitsWith: .failure) {
      _ = try DeLong(scores: [[0.1, 0.2]], labels: [true, false], clusters: [0])
    }
    await #expect(processExitsWith: .failure) {
      _ = try DeLong(scores: [[0.1, 0.2]], labels: [true, false], clusters: [0, -1])
    }
  }
}
