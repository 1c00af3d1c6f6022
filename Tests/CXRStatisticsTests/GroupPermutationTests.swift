// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("GroupPermutation")
struct GroupPermutationTests {
  @Test("Equals brute force on shuffled patients, with more than eight groups")
  func equalsBruteForce() async throws {
    let count = 240
    let ranked = try ResamplingFixture.random(6, count: count, levels: 12)
    let patients = (0..<count).map { $0 / 2 }
    // Eleven groups; every twelfth patient is in none.
    let groups = patients.map { $0 % 12 - 1 }
    let permuted = try await GroupPermutation(
      groups: groups, patients: patients, permutations: 3, seed: 9
    ).distributions(of: [ranked], decisions: [BinaryDecisions(ranked, threshold: 6)], threads: 2)
    #expect(permuted.count == 11)
    let members = (0..<120).filter { $0 % 12 > 0 }
    for permutation in 0..<3 {
      let stream = RandomStream(seed: 9, index: permutation)
      let order = members.sorted { stream.word(at: $0) < stream.word(at: $1) }
      var shuffled = [Int](repeating: -1, count: 120)
      for (patient, source) in zip(members, order) { shuffled[patient] = source % 12 - 1 }
      for group in 0..<11 {
        let positions = ranked.rows.indices.filter {
          shuffled[patients[Int(ranked.rows[$0])]] == group
        }
        let rows = positions.map { (ranked.scores[$0], ranked.isPositive[$0]) }
        let expected = BruteForce.auroc(rows.map { (score: $0.0, isPositive: $0.1) })
        #expect(permuted[group].auroc[0].values[permutation].isClose(to: expected, absolute: 1e-15))
        let called = rows.count { $0.0 >= 6 && $0.1 }
        #expect(permuted[group].confusions[0].truePositives.values[permutation] == Double(called))
      }
    }
  }

  @Test("Keeps radiographs of no group out")
  func keepsOthersOut() async throws {
    let ranked = try ResamplingFixture.random(7, count: 30)
    let groups = (0..<30).map { $0 < 10 ? -1 : $0 % 2 }
    let permuted = try await GroupPermutation(
      groups: groups, patients: (0..<30).map { $0 }, permutations: 5, seed: 1
    ).distributions(of: [], decisions: [BinaryDecisions(ranked, threshold: 0)])
    for resample in 0..<5 {
      let total = permuted.reduce(0) { sum, group in
        let cells = group.confusions[0]
        return sum + cells.truePositives.values[resample] + cells.falsePositives.values[resample]
      }
      #expect(total == 20)
    }
  }
}
