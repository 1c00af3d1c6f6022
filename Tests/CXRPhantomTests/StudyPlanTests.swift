// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CXRPhantom

@Suite("Study plans")
struct StagePlanTests {
  @Test(
    "Counts are fitted to a total without leaving their range",
    arguments: [100, 137, 250, 251, 480, 500])
  func fits(total: Int) {
    var counts = (0..<100).map { UInt8($0 % 4 + 1) }
    StagePlan.fit(&counts, to: total, maximum: 5)
    #expect(counts.reduce(0) { $0 + Int($1) } == total)
    #expect(counts.allSatisfy { (1...5).contains($0) })
  }

  @Test("A small gap changes few counts, and each by one")
  func changesLittle() {
    let before = (0..<100).map { UInt8($0 % 4 + 1) }
    var after = before
    StagePlan.fit(&after, to: 257, maximum: 9)
    let changes = zip(before, after).map { Int($1) - Int($0) }.filter { $0 != 0 }
    #expect(changes == Array(repeating: 1, count: 7))
  }

  @Test("A total out of reach is a mistake of the caller")
  func refuses() async {
    await #expect(processExitsWith: .failure) {
      var counts: [UInt8] = [1, 1]
      StagePlan.fit(&counts, to: 19, maximum: 9)
    }
  }

  @Test("The validation part of CheXpert has 234 radiographs of 200 patients at full size")
  func publishedValidation() {
    let cohort = CheXpertCohort(size: .published, seed: 4)
    let patients = cohort.patients.filter { $0.part == .valid }
    let radiographs = patients.flatMap { cohort.studies(of: $0) }.flatMap(\.radiographs)
    #expect(patients.count == 200 && radiographs.count == 234)
    #expect(radiographs.count { $0.isFrontal } == 202)
  }
}
