// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// Images of a small model from prompts of phantoms, by one process and by several.
@Suite("Diffusion sampling", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionSampleTests {
  private let folder: TemporaryFolder
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "CXRTensorTests/Golden/age.pt")

  init() throws {
    folder = try TemporaryFolder()
    try SmallDiffusionModel.write(to: folder.path("model"))
    let program = Program(folder: folder.url)
    for arguments in [
      ["phantom", "--out", "ph", "--patients", "40", "--only", "nih"],
      ["ingest", "nih", "--root", "ph/nih"],
      [
        "prompts", "build", "--name", "p", "--dataset", "nih", "--view", "pa", "--template",
        "{age} year old {sex}. {labels}",
      ],
    ] {
      let outcome = try program.run(arguments)
      try #require(outcome.status == 0, "\(arguments): \(outcome.messages)")
    }
    // A program that tells something of an image; what it is does not matter here.
    try FileManager.default.copyItem(at: Self.script, to: folder.url.appending(path: "net.pt"))
    try folder.write(
      """
      {"outputs": ["Effusion"], "values": "logits", "side": 64, "channels": 1,
       "scale": {"mean": [0.5], "standardDeviation": [1]}}
      """, to: "net.json")
  }

  private static let arguments = [
    "diffusion", "sample", "--name", "run", "--model", "../model", "--prompts", "p", "--out",
    "images", "--steps", "2", "--attempts", "2", "--device", "cpu", "--threads", "1", "--seed",
    "5", "--classifier", "../net.pt", "--check", "Effusion=0.5", "--keep-rejected",
  ]

  /// Makes a folder with a catalog of its own.
  private func place(_ name: String) throws -> Program {
    let place = folder.url.appending(path: name)
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    try FileManager.default.copyItem(
      at: folder.url.appending(path: "cxr.sqlite"), to: place.appending(path: "cxr.sqlite"))
    return Program(folder: place)
  }

  /// The files of images, by name, and the log.
  private func result(of program: Program) throws -> (files: [String: String], log: String) {
    let walk = try FolderWalk(path: program.folder.appending(path: "images").path)
    var files: [String: String] = [:]
    while let path = try walk.next() {
      guard path.hasSuffix(".png") else { continue }
      files[path] = try FileDigest(path: program.folder.appending(path: "images/\(path)").path)
        .sha256
    }
    let log = try program.run("diffusion", "log", "run", "--out", "-")
    try #require(log.status == 0, "\(log.messages)")
    return (files, log.output)
  }

  /// Starts the program, and sends it a signal once there is an image.
  private func interrupt(
    _ program: Program, _ arguments: [String], by signal: Int32
  ) throws -> (status: Int32, messages: String) {
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = arguments
    process.currentDirectoryURL = program.folder
    let messages = program.folder.appending(path: ".messages")
    try Data().write(to: messages)
    process.standardError = try FileHandle(forWritingTo: messages)
    process.standardOutput = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    let images = program.folder.appending(path: "images")
    func imageCount() throws -> Int {
      guard FileManager.default.fileExists(atPath: images.path) else { return 0 }
      let walk = try FolderWalk(path: images.path)
      var count = 0
      while let path = try walk.next() { count += path.hasSuffix(".png") ? 1 : 0 }
      return count
    }
    let before = try imageCount()
    try process.run()
    let end = ContinuousClock.now + .seconds(120)
    while process.isRunning, ContinuousClock.now < end, try imageCount() == before {
      usleep(10_000)
    }
    kill(process.processIdentifier, signal)
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: messages, encoding: .utf8))
  }

  @Test("One process, two shards and processes that were stopped make the same bytes and log")
  func sameBytes() throws {
    let one = try place("one")
    let outcome = try one.run(Self.arguments + ["--json"])
    try #require(outcome.status == 0, "\(outcome.messages)")
    let document = try outcome.json()
    let count = try #require(document["imageCount"] as? Int)
    let progress = try #require(document["progress"] as? [String: Any])
    #expect(count > 10 && progress["finishedCount"] as? Int == count)
    let expected = try result(of: one)
    // The check has to make a difference, or attempts and seeds are not looked at here.
    let rejected = expected.files.keys.count { $0.hasPrefix("rejected/") }
    #expect(rejected > 0 && rejected < expected.files.count)
    #expect(Set(expected.files.values).count == expected.files.count)
    #expect(expected.log.contains("untested") && expected.log.contains("passed"))

    let two = try place("two")
    for shard in ["2/2", "1/2"] {
      let part = try two.run(Self.arguments + ["--shard", shard, "--batch-size", "3"])
      try #require(part.status == 0, "\(part.messages)")
    }
    let sharded = try result(of: two)
    #expect(sharded.files == expected.files && sharded.log == expected.log)

    let stopped = try place("stopped")
    let first = Self.arguments + ["--shard", "1/2"]
    #expect(try interrupt(stopped, first, by: SIGKILL).status == SIGKILL)
    let interrupted = try interrupt(stopped, first, by: SIGINT)
    #expect(interrupted.status == 130, "\(interrupted.messages)")
    #expect(interrupted.messages.contains("the same command goes on from there"))
    #expect(try result(of: stopped).files.count < expected.files.count / 2)
    for shard in ["1/2", "2/2"] {
      let part = try stopped.run(Self.arguments + ["--shard", shard])
      try #require(part.status == 0, "\(part.messages)")
    }
    let resumed = try result(of: stopped)
    #expect(resumed.files == expected.files && resumed.log == expected.log)
  }

  @Test("A run is counted beforehand, made in parts, and never continued with other settings")
  func parts() throws {
    let program = try place("parts")
    let dry = try program.run(Self.arguments + ["--dry-run", "--json"])
    #expect(dry.status == 0, "\(dry.messages)")
    #expect(dry.messages.contains("not checked, because no model was given: sex, race and age"))
    let images = program.folder.appending(path: "images").path
    #expect(!FileManager.default.fileExists(atPath: images))
    let count = try #require(try dry.json()["imageCount"] as? Int)
    let planned = try program.run(
      Self.arguments + ["--dry-run", "--shard", "2/3", "--limit", "2", "--json"])
    let share = try #require(try planned.json()["shardImageCount"] as? Int)
    #expect((count / 3...count / 3 + 1).contains(share))
    let words = try program.run(Self.arguments + ["--dry-run", "--shard", "2/3", "--limit", "2"])
    #expect(
      words.output.contains("\(count) images from the prompts p, \(share) of them in the part"))
    #expect(words.output.contains("2/3, 2 at most by this command."))
    let workers = try program.run(Self.arguments + ["--workers", "1"])
    #expect(workers.status == 64, "\(workers.messages)")
    let part = try program.run(Self.arguments + ["--limit", "2", "--json"])
    let progress = try #require(try part.json()["progress"] as? [String: Any])
    #expect(progress["finishedCount"] as? Int == 2 && progress["openCount"] as? Int == count - 2)
    for other in [
      ["--guidance", "5"], ["--sampler", "euler"], ["--threads", "2"], ["--precision", "bfloat16"],
      ["--channels-last"],
    ] {
      let refused = try program.run(Self.arguments + other)
      #expect(refused.status == 65, "\(other): \(refused.messages)")
    }
    let built = try program.run(
      "prompts", "build", "--name", "long", "--dataset", "nih", "--view", "pa", "--template",
      "\(String(repeating: "a", count: 75)) {age}")
    try #require(built.status == 0, "\(built.messages)")
    let long = try program.run(Self.arguments + ["--prompts", "long", "--dry-run", "--json"])
    #expect(long.messages.contains("the first is prompt 1, of which 2 tokens are cut"))
    let plan = try long.json()
    #expect(plan["cutPromptCount"] as? Int == plan["imageCount"] as? Int)
    let unknown = try program.run(Self.arguments + ["--check", "Edema=0.5"])
    #expect(unknown.status == 65 && unknown.messages.contains("tells Edema"))
    let steps = try program.run(Self.arguments + ["--width", "33"])
    #expect(steps.status == 1 && steps.messages.contains("multiples of 2"))
  }
}
