// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// Predictions by models that were not trained here, and weights that were not, on phantoms.
@Suite("Published models", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct PublishedModelTests {
  private let folder: TemporaryFolder
  private var program: Program { Program(folder: folder.url) }

  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "CXRTensorTests/Golden/age.pt")

  init() throws { folder = try TemporaryFolder() }

  /// Ingests and stores a few radiographs of NIH.
  private func prepare(side: Int) throws {
    for arguments in [
      [
        "phantom", "--out", "ph", "--patients", "40", "--images", "64", "--only", "nih", "--seed",
        "3",
      ],
      ["ingest", "nih", "--root", "ph/nih"],
      [
        "split", "create", "--dataset", "nih", "--name", "study", "--method", "proportions",
        "--part", "train=0.6", "--part", "val=0.2", "--part", "test=0.2", "--seed", "1",
      ],
      ["images", "build", "--root", "ph/nih", "--side", "\(side)", "--out", "stores/nih"],
    ] {
      let outcome = try program.run(arguments)
      #expect(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }
  }

  private func predict(_ arguments: String...) throws -> Program.Outcome {
    try program.run(["predict", "--store", "nih", "--split", "study:test"] + arguments)
  }

  private func lines(of name: String) throws -> [[Substring]] {
    try String(contentsOfFile: folder.path(name), encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false) }
  }

  @Test("A program enters the labels that the dataset has, and is evaluated like any model")
  func script() throws {
    try prepare(side: 64)
    try FileManager.default.copyItem(
      at: Self.script, to: folder.url.appending(path: "net.pt"))
    let missing = try predict("--classifier", "net.pt", "--model", "net")
    #expect(missing.status == 66 && missing.messages.contains("net.json"), "\(missing.messages)")
    func describe(_ label: String) throws {
      try folder.write(
        """
        {"outputs": ["\(label)"], "values": "logits", "side": 64, "channels": 1,
         "scale": {"mean": [2.5], "standardDeviation": [1]}}
        """, to: "net.json")
    }
    try describe("Tapeworm")
    let unknown = try predict("--classifier", "net.pt", "--model", "net")
    #expect(
      unknown.status == 65 && unknown.messages.contains("no label for any output"),
      "\(unknown.messages)")
    // A label of NIH's own, in another spelling.
    try describe("pleural thickening")
    let outcome = try predict(
      "--classifier", "net.pt", "--model", "net", "--out", "net.csv", "--json")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(try outcome.json()["findings"] as? [String] == ["Pleural_Thickening"])
    #expect(try outcome.json()["kind"] as? String == "script")
    let table = try lines(of: "net.csv")
    #expect(table[0] == ["imageName", "pleural thickening"])
    let scores = table.dropFirst().compactMap { Double($0[1]) }
    #expect(scores.count == table.count - 1 && Set(scores).count > 1)
    let catalog = try Catalog(path: folder.path("cxr.sqlite"), access: .read)
    let selection = try catalog.predictions(
      PredictionRequest(
        dataset: "nih", models: ["net"], labels: .named(["Pleural_Thickening"])))
    #expect(selection.imageNames.count == scores.count)
    #expect(selection.runs[0].fileName == "net.pt")
    let again = try predict("--classifier", "net.pt", "--model", "net")
    #expect(again.output.contains("has these predictions already"), "\(again.messages)")
  }

  @Test("Age goes to a file alone, and the catalog stays as it was")
  func age() throws {
    try prepare(side: 224)
    try FileManager.default.copyItem(
      at: Self.script, to: folder.url.appending(path: "years.pt"))
    let before = try Data(contentsOf: folder.url.appending(path: "cxr.sqlite"))
    let outcome = try predict("--classifier", "years.pt", "--as", "age", "--out", "age.csv")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("wrote them to age.csv"))
    let table = try lines(of: "age.csv")
    #expect(table[0] == ["imageName", "ageYears"])
    #expect(table.count > 2 && table.dropFirst().allSatisfy { Double($0[1]) != nil })
    #expect(try Data(contentsOf: folder.url.appending(path: "cxr.sqlite")) == before)
    for (arguments, words) in [
      (["--as", "age"], "with --out"), (["--as", "age", "--model", "a"], "leave --model out"),
      (["--as", "agee"], "did you mean age?"), (["--as", "xrv:all"], "--model"),
    ] {
      let outcome = try program.run(
        ["predict", "--store", "nih", "--classifier", "years.pt"] + arguments)
      #expect(outcome.status == 64 && outcome.messages.contains(words), "\(outcome.messages)")
    }
  }

  private func train(_ name: String, _ more: String...) throws -> Program.Outcome {
    try program.run(
      [
        "train", "--name", name, "--out", "runs/\(name)", "--dataset", "nih", "--store", "nih",
        "--train", "study:train", "--validate", "study:val", "--network", "densenet-small",
        "--epochs", "1", "--batch-size", "16", "--policy", "u-zeros",
      ] + more)
  }

  @Test("A classifier learns sex and race, and tells shares that add up to 1")
  func demographics() throws {
    try prepare(side: 64)
    let trained = try train("who", "--demographics", "sex,race")
    #expect(trained.status == 0, "\(trained.messages)")
    let told = try predict("--classifier", "runs/who/best", "--out", "who.csv")
    #expect(told.status == 0, "\(told.messages)")
    let table = try lines(of: "who.csv")
    #expect(
      table[0] == [
        "imageName", "sex", "race", "share F", "share M", "share Asian", "share Black",
        "share Hispanic",
        "share White",
      ])
    for line in table.dropFirst() {
      let shares = line.dropFirst(3).compactMap { Double($0) }
      #expect(abs(shares[..<2].reduce(0, +) - 1) < 1e-9)
      #expect(abs(shares[2...].reduce(0, +) - 1) < 1e-9)
      #expect(line[1] == (shares[0] > shares[1] ? "F" : "M"))
    }
    let wrong = try train("age", "--demographics", "age")
    #expect(wrong.status == 64 && wrong.messages.contains("sex,race"), "\(wrong.messages)")
  }

  @Test("Training begins with a file of weights, says what fits, and tries it in a dry run")
  func weights() throws {
    try prepare(side: 64)
    let three = try train("three", "--findings", "Edema,Effusion,Fracture")
    #expect(three.status == 0, "\(three.messages)")
    let file = "runs/three/best/model.safetensors"
    let plan = try train("one", "--channels", "1", "--weights", file, "--dry-run")
    #expect(plan.status == 0, "\(plan.messages)")
    for words in [
      "from \(file)", "sum of 3 input channels", "classifier is new",
      "3 outputs, and 14 are wanted",
    ] {
      #expect(plan.output.contains(words), "\(plan.output)")
    }
    let one = try train("one", "--channels", "1", "--weights", file)
    #expect(one.status == 0 && one.messages.contains("classifier is new"), "\(one.messages)")
    let wrong = try train("two", "--network", "resnet34", "--weights", file)
    #expect(wrong.status == 65 && wrong.messages.contains("missing (conv1.weight"))
    #expect(
      !FileManager.default.fileExists(atPath: folder.path("runs/two")), "refused beforehand")
    let absent = try train("two", "--weights", "none.safetensors", "--dry-run")
    #expect(absent.status == 66 && absent.messages.contains("none.safetensors"))
  }
}
