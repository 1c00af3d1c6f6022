// SPDX-License-Identifier: Apache-2.0
import CXRPhantom
import CXRTestSupport
import Testing

@Suite("NIH phantom")
struct NIHPhantomTests {
  @Test(
    "The same seed gives the same bytes, another seed others", arguments: NIHPhantom.File.allCases)
  func isAFunctionOfTheSeed(_ file: NIHPhantom.File) {
    let text = NIHPhantom(patientCount: 200, seed: 3).text(of: file)
    #expect(text == NIHPhantom(patientCount: 200, seed: 3).text(of: file))
    #expect(text != NIHPhantom(patientCount: 200, seed: 4).text(of: file))
  }

  @Test("More patients only add rows")
  func isStableUnderGrowth() {
    let few = NIHPhantom(patientCount: 50, seed: 3).text(of: .dataEntry2020)
    #expect(NIHPhantom(patientCount: 60, seed: 3).text(of: .dataEntry2020).hasPrefix(few))
  }

  @Test("No patient is in both official lists, and every radiograph is in one")
  func listsAreDisjoint() {
    let test = Set(phantom.lines(of: .testList))
    let trainValidation = Set(phantom.lines(of: .trainValidationList))
    let patients = { (names: Set<String>) in Set(names.map { $0.prefix(8) }) }
    #expect(patients(test).isDisjoint(with: patients(trainValidation)))
    #expect(test.union(trainValidation) == Set(phantom.rows(of: .dataEntry2020).map(\.[0])))
  }

  // Shares of the published files; the tolerances are four standard errors or more at 1,500
  // patients, widened because a patient's radiographs are alike.
  @Test(
    "Labels are about as frequent as in the published files",
    arguments: [
      ("No Finding", 0.54, 0.06), ("Infiltration", 0.18, 0.05), ("Effusion", 0.12, 0.05),
      ("Atelectasis", 0.10, 0.05), ("Pneumothorax", 0.05, 0.03), ("Edema", 0.02, 0.02),
    ])
  func hasPublishedShares(label: String, share: Double, tolerance: Double) {
    let rows = phantom.rows(of: .dataEntry2020)
    let found = rows.share { $0[1].split(separator: "|").contains { $0 == label } }
    #expect(found.isClose(to: share, absolute: tolerance))
  }

  @Test("Sexes, ages, views and images a patient are mixed as in the published files")
  func hasPublishedMix() {
    let rows = phantom.rows(of: .dataEntry2020)
    #expect(rows.share { $0[5] == "M" }.isClose(to: 0.565, absolute: 0.06))
    #expect(rows.share { $0[6] == "PA" }.isClose(to: 0.60, absolute: 0.06))
    #expect(rows.share { Int($0[4]) ?? 0 < 18 }.isClose(to: 0.05, absolute: 0.03))
    #expect(rows.share { (40..<60).contains(Int($0[4]) ?? 0) }.isClose(to: 0.44, absolute: 0.06))
    let byPatient = Dictionary(grouping: rows, by: \.[3])
    #expect(byPatient.values.share { $0.count == 1 }.isClose(to: 0.55, absolute: 0.06))
    #expect(byPatient.values.contains { $0.count > 20 })
    #expect(byPatient.values.allSatisfy { Set($0.map(\.[5])).count == 1 })
  }

  @Test("A phantom of no patients is a mistake of the caller")
  func refusesNoPatients() async {
    await #expect(processExitsWith: .failure) { _ = NIHPhantom(patientCount: 0, seed: 1) }
  }
}
