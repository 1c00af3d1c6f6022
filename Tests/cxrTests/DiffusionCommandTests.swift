// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRFiles
import CXRGeneration
import CXRImage
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// From the official files to a classifier that learns from generated images, on phantoms of 64²;
/// pictures that are copied stand in for those of a network.
@Suite("Diffusion verbs")
struct DiffusionCommandTests {
  /// Gives a picture of a folder for each request.
  private struct Copier: ImageGenerator {
    let identity = ModelIdentity(name: "copier", digest: "1")
    let pictures: [GrayImage]

    func images(for requests: [ImageRequest], isWorking: () throws -> Void) -> [GeneratedImage] {
      requests.map { .image(pictures[Int($0.seed % UInt64(pictures.count))]) }
    }
  }

  private let folder: TemporaryFolder
  private var program: Program { Program(folder: folder.url) }

  init() throws {
    folder = try TemporaryFolder()
    for arguments in [
      ["phantom", "--out", "ph", "--patients", "40", "--images", "64", "--only", "nih"],
      ["ingest", "nih", "--root", "ph/nih"],
      [
        "prompts", "build", "--name", "p", "--dataset", "nih", "--view", "pa", "--balanced",
        "--template", "{age} year old {RACE} {sex}. {labels}",
      ],
    ] { try succeed(arguments) }
    var paths: [String] = []
    let walk = try FolderWalk(path: folder.path("ph/nih"))
    while let path = try walk.next() {
      if path.hasSuffix(".png") { paths.append(folder.path("ph/nih/\(path)")) }
    }
    let pictures = try paths.sorted().prefix(8).map { try GrayImage(contentsOf: $0) }
    let session = try GenerationSession(
      GenerationSettings(name: "run", promptSet: "p"), folder: folder.path("images"),
      catalog: Catalog(path: folder.path("cxr.sqlite"), access: .update),
      generator: Copier(pictures: pictures), judges: [])
    try session.begin(
      provenance: Provenance(
        verb: "test", commandLine: "cxr test", startedAt: "2026-01-01T00:00:00Z"))
    try session.run(GenerationWork())
  }

  @discardableResult
  private func succeed(_ arguments: [String]) throws -> Program.Outcome {
    let outcome = try program.run(arguments)
    try #require(outcome.status == 0, "\(arguments): \(outcome.messages)")
    return outcome
  }

  @Test("What came of a run is listed, counted and logged")
  func reading() throws {
    #expect(try succeed(["diffusion", "list"]).output.hasPrefix("run: prompts p, images in"))
    let yield = try succeed(["diffusion", "yield", "run", "--json", "--out", "y"]).json()
    let total = try #require(yield["total"] as? [String: Any])
    let wanted = try #require(total["wanted"] as? Int)
    // Without a model everything is untested, which is told and not taken for passed.
    #expect(wanted > 100 && total["acceptedWithUntested"] as? Int == wanted)
    let text = try succeed(["diffusion", "yield", "run"]).output
    #expect(text.contains("sex:") && text.contains("untested"))
    let table = try String(contentsOfFile: folder.path("y/yield.csv"), encoding: .utf8)
    #expect(table.split(separator: "\n").count > 8)
    let log = try succeed(["diffusion", "log", "run", "--out", "-"]).output
    #expect(log.split(separator: "\n").count == wanted)
    let unknown = try program.run("diffusion", "yield", "rum")
    #expect(unknown.status == 65 && unknown.messages.contains("did you mean run?"))
  }

  @Test("The images are a dataset like any other: stored, divided, exported")
  func dataset() throws {
    let dry = try succeed(["diffusion", "enter", "run", "--dry-run", "--json"]).json()
    #expect(dry["outcome"] == nil)
    let made = try succeed(["diffusion", "enter", "run", "--json"]).json()
    #expect(made["outcome"] as? String == "created" && made["dataset"] as? String == "synthetic")
    let count = try #require(made["imageCount"] as? Int)
    for arguments in [
      [
        "images", "build", "--dataset", "synthetic", "--root", "images", "--side", "64", "--out",
        "stores/synthetic",
      ],
      [
        "split", "create", "--dataset", "synthetic", "--name", "study", "--method", "proportions",
        "--part", "train=0.8", "--part", "val=0.2", "--seed", "1",
      ],
      ["export", "--dataset", "synthetic", "--out", "synthetic.csv"],
      ["catalog", "verify"],
    ] { try succeed(arguments) }
    let table = try String(contentsOfFile: folder.path("synthetic.csv"), encoding: .utf8)
    #expect(table.split(separator: "\n").count == count + 1)
    let taken = try program.run("diffusion", "enter", "run", "--as", "nih", "--replace")
    #expect(taken.status == 65 && taken.messages.contains("ingested"))
  }

  @Test(
    "A classifier learns from generated images",
    .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  func training() throws {
    for arguments in [
      ["diffusion", "enter", "run"],
      [
        "images", "build", "--dataset", "synthetic", "--root", "images", "--side", "64", "--out",
        "stores/synthetic",
      ],
      [
        "images", "build", "--dataset", "nih", "--root", "ph/nih", "--side", "64", "--out",
        "stores/nih",
      ],
      [
        "split", "create", "--dataset", "nih", "--name", "study", "--method", "proportions",
        "--part", "train=0.6", "--part", "val=0.4", "--seed", "1",
      ],
    ] { try succeed(arguments) }
    let trained = try succeed([
      "train", "--name", "s", "--out", "runs/s", "--dataset", "nih", "--store", "nih",
      "--synthetic", "synthetic", "--synthetic-store", "synthetic", "--train", "study:train",
      "--validate", "study:val", "--network", "densenet-small", "--channels", "1", "--epochs", "1",
      "--batch-size", "16", "--policy", "u-zeros", "--strategy", "mixed", "--json",
    ])
    #expect(try trained.json()["epochCount"] as? Int == 1)
  }
}
