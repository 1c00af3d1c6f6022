// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@Suite("The documents of the verbs")
struct DocumentTests {
  let study: SimulatedStudy

  init() throws { study = try SimulatedStudy() }

  @Test("evaluate prints the promised keys, and null beside a reason")
  func evaluateKeys() throws {
    let document = try study.program.run(
      "evaluate", "--model", "a", "--labels", "fourteen", "--split", "half:test", "--bootstrap",
      "50", "--json"
    ).json()
    let run = try #require((document["runs"] as? [[String: Any]])?.first)
    #expect(run["model"] as? String == "a")
    #expect(run["n"] as? Int ?? 0 > 100)
    let labels = try #require(run["labels"] as? [[String: Any]])
    #expect(labels.count == 14)
    let edema = try #require(labels.first { $0["label"] as? String == "Pleural Effusion" })
    for key in ["n", "positives", "auroc", "auprc", "threshold", "f1"] {
      #expect(edema[key] != nil, "\(key)")
    }
    let auroc = try #require(edema["auroc"] as? [String: Any])
    let value = try #require(auroc["value"] as? Double)
    let lower = try #require(auroc["lower"] as? Double)
    let upper = try #require(auroc["upper"] as? Double)
    #expect(lower <= value && value <= upper && lower < upper)
    let fracture = try #require(labels.first { $0["label"] as? String == "Fracture" })
    let undefined = try #require(fracture["auroc"] as? [String: Any])
    #expect(undefined["value"] is NSNull)
    #expect((undefined["reason"] as? String ?? "").isEmpty == false)
    let macro = try #require(run["macro"] as? [String: Any])
    let mean = try #require(macro["auroc"] as? [String: Any])
    #expect(mean["labelCount"] as? Int ?? 0 > 0)
  }

  @Test("compare prints one entry per label and metric, and the means")
  func compareKeys() throws {
    let document = try study.program.run(
      "compare", "--model", "a", "--model", "b", "--split", "half:test", "--bootstrap", "50",
      "--json"
    ).json()
    let comparisons = try #require(document["comparisons"] as? [[String: Any]])
    #expect(comparisons.count == 2 * (8 + 1))
    let macro = try #require(
      comparisons.first { $0["label"] as? String == "macro" && $0["metric"] as? String == "auroc" })
    let a = try #require(macro["a"] as? Double)
    let b = try #require(macro["b"] as? Double)
    let difference = try #require(macro["difference"] as? Double)
    // This reader of numbers is off by a unit in the last place.
    #expect(abs(difference - (a - b)) < 1e-15)
    for key in ["lower", "upper", "test", "statistic", "p", "pAdjusted"] {
      #expect(macro[key] != nil, "\(key)")
    }
    #expect(comparisons.allSatisfy { ($0["p"] as? Double).map { (0...1).contains($0) } ?? true })
  }

  @Test("audit prints groups, gaps and the gap expected by chance")
  func auditKeys() throws {
    let document = try study.program.run(
      "audit", "--model", "a", "--group", "sex", "--split", "half:test", "--bootstrap", "50",
      "--json"
    ).json()
    let attribute = try #require((document["attributes"] as? [[String: Any]])?.first)
    #expect(attribute["attribute"] as? String == "sex")
    let groups = try #require(attribute["groups"] as? [[String: Any]])
    #expect(groups.map { $0["group"] as? String } == ["F", "M"])
    for group in groups {
      let rate = try #require(group["underdiagnosisRate"] as? [String: Any])
      let value = try #require(rate["value"] as? Double)
      #expect((0...1).contains(value))
      for key in ["n", "positives", "negatives", "overdiagnosisRate", "auroc"] {
        #expect(group[key] != nil, "\(key)")
      }
    }
    let gaps = try #require(attribute["gaps"] as? [[String: Any]])
    let gap = try #require(gaps.first { $0["metric"] as? String == "underdiagnosisRate" })
    let rates = groups.compactMap {
      ($0["underdiagnosisRate"] as? [String: Any])?["value"] as? Double
    }
    let value = try #require(gap["value"] as? Double)
    #expect(abs(value - abs(rates[0] - rates[1])) < 1e-15)
    #expect(gap["worst"] as? String == (rates[0] > rates[1] ? "F" : "M"))
    for key in ["lower", "upper", "best", "nullMean", "nullUpper", "p"] {
      #expect(gap[key] is Double || gap[key] is String, "\(key)")
    }
  }

  @Test(
    "The number of threads changes no byte",
    arguments: [
      ["evaluate"], ["compare", "--model", "a", "--model", "b"],
      ["audit", "--group", "sex*age", "--min-group", "1"],
    ])
  func threads(_ arguments: [String]) throws {
    let common = arguments + ["--split", "half:test", "--bootstrap", "64", "--json"]
    let one = try study.program.run(common + ["--threads", "1"])
    let two = try study.program.run(common + ["--threads", "2"])
    #expect(one.status == 0, "\(one.messages)")
    #expect(one.output == two.output)
    let other = try study.program.run(common + ["--seed", "2"])
    #expect(one.output != other.output)
  }

  @Test("A threshold is not used on the radiographs that it was chosen on")
  func thresholdsStayAway() throws {
    let document = try study.program.run(
      "evaluate", "--model", "a", "--split", "half:train", "--bootstrap", "0", "--json"
    ).json()
    let labels = try #require(
      ((document["runs"] as? [[String: Any]])?.first)?["labels"] as? [[String: Any]])
    #expect(labels.allSatisfy { $0["threshold"] is NSNull })
    let summary = try #require(document["summary"] as? [String: Any])
    let warnings = try #require(summary["warnings"] as? [String])
    #expect(warnings.contains { $0.contains("chosen on") })
  }

  @Test("A split that is made anew takes the thresholds chosen on it along")
  func replacedSplit() throws {
    let replaced = try study.program.run(
      "split", "create", "--name", "half", "--test-size", "0.5", "--seed", "7", "--replace")
    #expect(replaced.status == 0, "\(replaced.messages)")
    let thresholds = try study.program.run("thresholds", "list", "--model", "a", "--json")
    #expect(thresholds.output.trimmingCharacters(in: .whitespacesAndNewlines).count <= 4)
    let document = try study.program.run(
      "evaluate", "--model", "a", "--split", "half:test", "--bootstrap", "0", "--json"
    ).json()
    let labels = try #require(
      ((document["runs"] as? [[String: Any]])?.first)?["labels"] as? [[String: Any]])
    #expect(labels.allSatisfy { $0["threshold"] is NSNull })
  }
}
