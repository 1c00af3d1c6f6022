// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRFairness
import CXRStatistics
import CXRTestSupport
import Testing

@Suite("Subgroups")
struct SubgroupsTests {
  private static let table = PredictionTable(
    patients: [0, 1, 2, 3, 4], sexes: [.male, .female, .male, nil, .female],
    races: [.white, .asian, nil, .black, .white], agesYears: [18, 39.9, 40, 60, 12],
    views: [.pa, .pa, .pa, .pa, .pa],
    labels: [
      .init(name: "No Finding", states: [.positive, .negative, .uncertain, .positive, .negative])
    ],
    models: [
      .init(
        name: "model", scores: ["No Finding": [0.9, 0.1, 0.5, nil, 0.2]],
        thresholds: ["No Finding": 0.5])
    ])

  @Test("Follow attributes and half-open age bins")
  func followAttributes() throws {
    let sex = try Subgroups(of: Self.table, by: [.sex])
    #expect(sex.names == ["F", "M"] && sex.codes == [1, 0, 1, -1, 0])
    let age = try Subgroups(of: Self.table, by: [.age])
    #expect(age.names == ["18-40", "40-60", "60-80"] && age.codes == [0, 0, 1, 2, -1])
    let both = try Subgroups(of: Self.table, by: [.sex, .age])
    #expect(both.attribute == "sex*age")
    #expect(both.names == ["F|18-40", "M|18-40", "M|40-60"] && both.codes == [1, 0, 2, -1, -1])
  }

  @Test("Refuse a table in which nobody has the attribute")
  func refuseEmpty() {
    let empty = PredictionTable(
      patients: [0], sexes: [nil], races: [nil], agesYears: [nil], views: [.pa], labels: [],
      models: [])
    let error = #expect(throws: FairnessError.self) { try Subgroups(of: empty, by: [.race]) }
    #expect(error?.code == .noGroups)
  }

  @Test(
    "Are read from text", arguments: ["sex": [SubgroupAttribute.sex], "age*race": [.age, .race]])
  func readFromText(text: String, attributes: [SubgroupAttribute]) throws {
    #expect(try SubgroupAttribute.list(parsing: text) == attributes)
  }

  @Test("Refuse unknown and repeated attributes", arguments: ["", "height", "sex*sex", "sex*"])
  func refuseUnknown(text: String) {
    let error = #expect(throws: FairnessError.self) { try SubgroupAttribute.list(parsing: text) }
    #expect(error?.code == .unknownAttribute)
  }

  @Test("A sample takes the rows that have a target and a score")
  func sampleTakesUsableRows() throws {
    let sample = try FairnessSample(Self.table, policy: .uIgnore)
    #expect(sample.labels == ["No Finding"] && sample.noFinding == 0)
    #expect(sample.models[0].rankings[0].rows == [0, 4, 1])
    #expect(sample.models[0].thresholds == [0.5])
  }
}
