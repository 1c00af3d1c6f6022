// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// Checkpoints set beside one another: two runs of a small model, with phantoms for real images.
@Suite("Diffusion scores", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionScoreTests {
  private let folder: TemporaryFolder
  private var program: Program { Program(folder: folder.url) }
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "CXRTensorTests/Golden/age.pt")

  init() throws {
    folder = try TemporaryFolder()
    try SmallDiffusionModel.write(to: folder.path("model"))
    try run(["phantom", "--out", "ph", "--patients", "16", "--images", "192", "--only", "nih"])
    try run(["ingest", "nih", "--root", "ph/nih"])
    try run([
      "prompts", "build", "--name", "p", "--dataset", "nih", "--view", "pa", "--template",
      "{age} year old {sex}. {labels}",
    ])
    try run(["images", "build", "--root", "ph/nih", "--side", "192", "--out", "stores/real"])
    for name in ["net.pt", "years.pt"] {
      try FileManager.default.copyItem(at: Self.script, to: folder.url.appending(path: name))
    }
    try folder.write(
      """
      {"outputs": ["Effusion"], "values": "logits", "side": 64, "channels": 1,
       "scale": {"mean": [2.5], "standardDeviation": [1]}}
      """, to: "net.json")
    let architecture = try #require(
      Architecture(named: "densenet-small", inputChannels: 1, outputs: 1))
    try Classifier(
      ClassifierDescription(
        architecture: architecture, labels: .findings(.edema), side: 32, scale: .signedUnit),
      seed: 4, on: .cpu
    ).write(to: folder.path("embedder"))
  }

  @discardableResult
  private func run(_ arguments: [String]) throws -> Program.Outcome {
    let outcome = try program.run(arguments)
    try #require(outcome.status == 0, "\(arguments): \(outcome.messages)")
    return outcome
  }

  private func sample(_ name: String, seed: String, _ more: String...) throws {
    try run(
      [
        "diffusion", "sample", "--name", name, "--model", "model", "--prompts", "p", "--out", name,
        "--steps", "1", "--device", "cpu", "--threads", "1", "--seed", seed, "--copies", "2",
      ] + more)
  }

  private static let arguments = [
    "diffusion", "score", "--run", "a", "--run", "b", "--store", "real", "--out", "score",
    "--classifier", "net.pt", "--age-model", "years.pt", "--fid-network", "embedder", "--findings",
    "Effusion,Edema", "--policy", "u-zeros", "--resamples", "50", "--device", "cpu", "--threads",
    "1",
  ]

  @Test("Scores, chooses by the rule, and goes on from what networks said")
  func scores() throws {
    try sample("a", seed: "5")
    try sample("b", seed: "6")
    let dry = try run(Self.arguments + ["--dry-run", "--json"]).json()
    let imageCount = try #require(dry["imageCount"] as? Int)
    let promptCount = try #require(dry["promptCount"] as? Int)
    #expect(imageCount == 2 * promptCount && promptCount > 5)
    #expect(!FileManager.default.fileExists(atPath: folder.path("score")))
    let undefined = try #require(dry["undefinedMeasures"] as? [String: String])
    #expect(undefined["AUROC Edema"] == "no model tells it")

    let outcome = try run(Self.arguments + ["--json"])
    #expect(outcome.messages.contains("Two runs have the same model."))
    let document = try outcome.json()
    let scores = try #require(document["scores"] as? [[String: Any]])
    #expect(scores.compactMap { $0["name"] as? String } == ["a", "b"])
    let real = try #require(document["real"] as? [String: Any])
    let reasons = try #require(real["reasons"] as? [String: String])
    #expect(reasons["FID"]?.contains("compared with") == true)
    #expect((real["values"] as? [String: Double])?["age RMSE"] != nil)
    for score in scores {
      let values = try #require(score["values"] as? [String: Double])
      for (measure, range) in [
        ("AUROC Pleural Effusion", 0.0...1), ("mean AUROC", 0...1), ("age RMSE", 0...120),
        ("FID", 0...1e6), ("MS-SSIM to real", 0...1), ("cosine to real", -1...1),
        ("MS-SSIM in prompt", 0...1), ("cosine in prompt", -1...1),
      ] {
        #expect(values[measure].map { range.contains($0) } == true, "\(measure): \(values)")
      }
      #expect(values["sex accuracy"] == nil && values["AUROC Edema"] == nil)
      #expect((score["intervals"] as? [String: Any])?["cosine to real"] != nil)
    }
    let choice = try #require(document["choice"] as? [String: Any])
    #expect(["a", "b"].contains(choice["chosen"] as? String))
    #expect((choice["omittedMeasures"] as? [String])?.contains("sex accuracy") == true)
    #expect((choice["reason"] as? String)?.isEmpty == false)
    let nearest = try #require(document["memorization"] as? [[String: Any]])
    #expect(nearest.count == 2 && nearest[0]["syntheticCount"] as? Int == imageCount)
    let pairs = try String(contentsOfFile: folder.path("score/pairs.csv"), encoding: .utf8)
    #expect(pairs.split(separator: "\n").count == 1 + 2 * imageCount)

    // Nothing is computed again, and nothing comes out otherwise.
    let steps = try #require(
      try run(Self.arguments + ["--dry-run", "--json"]).json()["steps"] as? [[String: Any]])
    #expect(steps.count == 3 && steps.allSatisfy { $0["missingCount"] as? Int == 0 })
    let markdown = try String(contentsOfFile: folder.path("score/score.md"), encoding: .utf8)
    #expect(try run(Self.arguments + ["--json"]).output == outcome.output)
    #expect(
      try String(contentsOfFile: folder.path("score/score.md"), encoding: .utf8) == markdown)
    // A damaged file of the cache is made again.
    let cache = folder.path("score/cache")
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: cache).min())
    try Data("x".utf8).write(to: URL(filePath: "\(cache)/\(file)"))
    #expect(try run(Self.arguments + ["--json"]).output == outcome.output)
  }

  @Test("What cannot be compared is refused by name, with the remedy")
  func refused() throws {
    try sample("a", seed: "5")
    try sample("b", seed: "5", "--limit", "3")
    func refusal(_ more: String..., replacing: [String]? = nil) throws -> Program.Outcome {
      try program.run((replacing ?? Self.arguments) + more)
    }
    let open = try refusal()
    #expect(open.status == 65 && open.messages.contains("Run b is not finished"))
    let single = Self.arguments.filter { $0 != "b" }.enumerated()
      .filter { $0.offset != 4 }.map(\.element)
    #expect(single.filter { $0 == "--run" }.count == 1)
    let by = try refusal("--by", "FIDD", replacing: single)
    #expect(by.status == 64 && by.messages.contains("there is no measure 'FIDD'"))
    let store = try refusal("--store", "nothing", replacing: single)
    #expect(store.status == 65 && store.messages.contains("nothing"))
    let network = try refusal("--embedding-network", "net.json", replacing: single)
    #expect(network.status == 65, "\(network.messages)")
    // An image that is not the one that was logged.
    let images = folder.path("a/images/00000")
    let file = try #require(try FileManager.default.contentsOfDirectory(atPath: images).min())
    let other = try #require(try FileManager.default.contentsOfDirectory(atPath: images).max())
    try FileManager.default.removeItem(atPath: "\(images)/\(file)")
    try FileManager.default.copyItem(atPath: "\(images)/\(other)", toPath: "\(images)/\(file)")
    let changed = try refusal(replacing: single)
    #expect(changed.status == 65 && changed.messages.contains("is not the image that its run"))
  }

  @Test("Features of a folder, a store and a run are compared only if one network made them")
  func embed() throws {
    try sample("a", seed: "5")
    let embed = ["similarity", "embed", "--network", "embedder", "--device", "cpu"]
    let dry = try run(embed + ["--store", "real", "--out", "real.npy", "--dry-run"])
    #expect(dry.output.contains("Dry run") && dry.output.contains("classifier embedder"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("real.npy")))
    try run(embed + ["--store", "real", "--out", "real.npy", "--list", "real.csv"])
    let made = try run(embed + ["--run", "a", "--out", "a.npy", "--json"]).json()
    let record = try #require(made["record"] as? [String: Any])
    let count = try #require(record["imageCount"] as? Int)
    #expect(record["network"] as? String == "classifier embedder" && count > 10)
    let compared = try run(["similarity", "features", "real.npy", "a.npy", "--json"]).json()
    #expect(compared["network"] as? String == "classifier embedder")
    #expect((compared["sampleCounts"] as? [Int])?.last == count)
    let list = try String(contentsOfFile: folder.path("real.csv"), encoding: .utf8)
      .split(separator: "\n")
    #expect(list.count == 1 + ((compared["sampleCounts"] as? [Int])?.first ?? 0))
    #expect(list[1].hasPrefix("0,nih/"))
    // The images of a store are those of its folder here, but not of one size.
    try folder.write(#"{"side": 16, "channels": 1, "scale": "unit"}"#, to: "net.json")
    try run([
      "similarity", "embed", "--network", "net.pt", "--folder", "a/images", "--out", "b.npy",
      "--device", "cpu",
    ])
    let refused = try program.run("similarity", "features", "a.npy", "b.npy")
    #expect(refused.status == 65 && refused.messages.contains("features an image"))
    let usage = try program.run(embed + ["--out", "c.npy"])
    #expect(usage.status == 64 && usage.messages.contains("--folder, --store or --run"))
  }
}
