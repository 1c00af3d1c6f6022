// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

/// The official NIH metadata and two published models, in a catalog made once for the tests below.
private enum PublishedStudy {
  static let result = Result { try PublishedStudy.made() }

  private static func made() throws -> (folder: TemporaryFolder, program: Program) {
    let folder = try TemporaryFolder()
    let program = Program(folder: folder.url)
    let data = try Shared.url("data").path
    var steps = [
      ["ingest", "nih", "--root", "\(data)/nih", "--set", "labels=v2020", "--set", "age=v2017"]
    ]
    for model in ["run11", "run76"] {
      let files = "\(data)/underdiagnosis-nih/\(model)"
      steps.append(["predictions", "import", "\(files)/preds.csv", "--model", model])
      steps.append(["thresholds", "import", "\(files)/Threshold.csv", "--model", model])
    }
    for step in steps {
      let outcome = try program.run(step)
      try #require(outcome.status == 0, "\(step): \(outcome.messages)")
    }
    return (folder, program)
  }
}

/// Seyyed-Kalantari et al., *Nature Medicine* 27 (2021): numbers published with the predictions.
@Suite("The published audit", .enabled(if: Shared.isPresent))
struct PublishedAuditTests {
  let program: Program

  init() throws { program = try PublishedStudy.result.get().program }

  /// A published table, which has a header.
  func table(_ model: String, _ name: String) throws -> GoldenTable {
    try GoldenTable(
      String(
        contentsOf: Shared.url("data/underdiagnosis-nih/\(model)/\(name).csv"), encoding: .utf8))
  }

  func document(_ arguments: [String]) throws -> GoldenJSON {
    let outcome = try program.run(arguments + ["--bootstrap", "0", "--json"])
    try #require(outcome.status == 0, "\(outcome.messages)")
    return try JSONDecoder().decode(GoldenJSON.self, from: Data(outcome.output.utf8))
  }

  @Test("Every AUROC and AUPRC is the published one", arguments: ["run11", "run76"])
  func evaluation(_ model: String) throws {
    let published = try table(model, "TestEval")
    let labels = try document(["evaluate", "--model", model, "--labels", "native"])["runs"][0][
      "labels"
    ].list
    let names = try published.strings("label")
    #expect(labels.count == names.count)
    for label in labels {
      let row = try #require(names.firstIndex(of: try label["label"].text))
      // The published numbers are printed in full.
      for (key, column) in [("auroc", "auc"), ("auprc", "auprc")] {
        let expected = try published.numbers(column)[row]
        #expect(try label[key]["value"].number.isClose(to: expected, absolute: 1e-9))
      }
    }
  }

  /// Expects a rate to equal a published one, which is rounded to three decimals.
  func expectRounded(_ rate: GoldenJSON, _ published: Double, _ name: String) throws {
    #expect(
      try rate["value"].number.isClose(to: published, absolute: 0.000_500_001), "\(name)")
  }

  func groups(_ model: String, by attribute: String) throws -> [String: GoldenJSON] {
    let audit = try document([
      "audit", "--model", model, "--group", attribute, "--age-bins", "0,20,40,60,80",
      "--min-group", "1",
    ])
    let list = try audit["attributes"][0]["groups"].list
    return try Dictionary(uniqueKeysWithValues: list.map { (try $0["group"].text, $0) })
  }

  @Test(
    "Counts and rates by sex and by age are the published ones",
    arguments: ["run11", "run76"], ["sex", "age"])
  func attribute(_ model: String, _ attribute: String) throws {
    let published = try table(model, "FPRFNR_NF_\(attribute)")
    let groups = try groups(model, by: attribute)
    #expect(groups.count == (attribute == "sex" ? 2 : 5))
    for (name, group) in groups {
      let column = name.replacing("+", with: "-")
      #expect(try group["negatives"].number == published.numbers("#NNF_\(column)")[0])
      #expect(try group["positives"].number == published.numbers("#PNF_\(column)")[0])
      try expectRounded(
        group["underdiagnosisRate"], published.numbers("FPR_\(column)")[0], name)
      try expectRounded(group["overdiagnosisRate"], published.numbers("FNR_\(column)")[0], name)
    }
  }

  @Test("Counts and rates by sex and age are the published ones", arguments: ["run11", "run76"])
  func intersection(_ model: String) throws {
    let negatives = try table(model, "Num_NNF_AgeSex")
    let positives = try table(model, "Num_PNF_AgeSex")
    let rates = try table(model, "FPFN_AgeSex")
    let groups = try groups(model, by: "sex*age")
    #expect(groups.count == 10)
    for (name, group) in groups {
      let parts = name.split(separator: "|").map(String.init)
      let (sex, age) = (parts[0], parts[1].replacing("+", with: "-"))
      let row = try #require(try negatives.strings("Age").firstIndex(of: age))
      #expect(try positives.strings("Age")[row] == age && rates.strings("SexAge")[row] == age)
      #expect(try group["negatives"].number == negatives.numbers(sex)[row])
      #expect(try group["positives"].number == positives.numbers(sex)[row])
      try expectRounded(group["underdiagnosisRate"], rates.numbers("FPR_\(sex)")[row], name)
      try expectRounded(group["overdiagnosisRate"], rates.numbers("FNR_\(sex)")[row], name)
    }
  }
}
