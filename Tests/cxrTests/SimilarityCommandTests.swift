// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("Similarity on the command line")
struct SimilarityCommandTests {
  let folder: TemporaryFolder
  let program: Program

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
  }

  private func phantom(_ name: String, seed: String) throws {
    let outcome = try program.run(
      "phantom", "--only", "nih", "--out", name, "--patients", "1", "--images", "192", "--seed",
      seed)
    try #require(outcome.status == 0, "\(outcome.messages)")
  }

  private func measures(_ outcome: Program.Outcome) throws -> [[String: Any]] {
    try #require(outcome.status == 0, "\(outcome.messages)")
    return try #require(try outcome.json()["measures"] as? [[String: Any]])
  }

  @Test("Images are like themselves, and less like others")
  func pairs() throws {
    try phantom("a", seed: "1")
    let same = try measures(program.run("similarity", "pairs", "a/nih", "a/nih", "--json"))
    #expect(same.count == 5)
    #expect(same.allSatisfy { abs(($0["mean"] as? Double ?? 0) - 1) < 1e-9 })
    try phantom("b", seed: "2")
    let image = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("a/nih/images")).min())
    let other = try #require(
      try FileManager.default.contentsOfDirectory(atPath: folder.path("b/nih/images")).min())
    let differing = try measures(
      program.run(
        "similarity", "pairs", "a/nih/images/\(image)", "b/nih/images/\(other)", "--json", "--list",
        "pairs.csv"))
    #expect(differing.allSatisfy { ($0["mean"] as? Double ?? 1) < 0.999 })
    #expect(FileManager.default.fileExists(atPath: folder.path("pairs.csv")))
  }

  @Test("Pairs within a folder may be repetitions of the same name only")
  func within() throws {
    try phantom("a", seed: "1")
    let images = folder.path("a/nih/images")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: images).min())
    for copy in ["p_0.png", "p_1.png", "q_0.png", "q_1.png"] {
      try FileManager.default.createDirectory(
        atPath: folder.path("w"), withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: "\(images)/\(name)", toPath: folder.path("w/\(copy)"))
    }
    #expect(try program.run("similarity", "within", "w").output.contains("6 pairs"))
    let grouped = try program.run("similarity", "within", "w", "--repetitions")
    #expect(grouped.output.contains("2 pairs"), "\(grouped.messages)")
  }

  @Test("A folder that is not there, and images that are too small, say what to do")
  func mistakes() throws {
    try phantom("a", seed: "1")
    let missing = try program.run("similarity", "pairs", "a/nih", "nowhere")
    #expect(missing.status == 66 && missing.messages.contains("There is no nowhere"))
    try program.run("phantom", "--only", "nih", "--out", "b", "--patients", "1", "--images", "64")
    let small = try program.run("similarity", "pairs", "b/nih", "b/nih")
    #expect(small.status == 65 && small.messages.contains("--side"), "\(small.messages)")
    #expect(try program.run("similarity", "pairs", "b/nih", "b/nih", "--side", "192").status == 0)
  }

  @Test("Files that cannot be decoded are left out and counted; 65 if nothing is left")
  func leavesOut() throws {
    try phantom("a", seed: "1")
    let images = folder.path("a/nih/images")
    let name = try #require(try FileManager.default.contentsOfDirectory(atPath: images).min())
    for side in ["x", "y"] {
      try FileManager.default.createDirectory(
        atPath: folder.path(side), withIntermediateDirectories: false)
      for number in 1...3 {
        try FileManager.default.copyItem(
          atPath: "\(images)/\(name)", toPath: folder.path("\(side)/\(number).png"))
      }
    }
    try folder.write("", to: "y/2.png")
    let outcome = try program.run("similarity", "pairs", "x", "y", "--json", "--list", "list.csv")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.messages.contains("left out 1 pair: 1 truncated or empty."))
    #expect(outcome.messages.contains("y/2.png is empty"), "\(outcome.messages)")
    let document = try outcome.json()
    #expect(document["pairCount"] as? Int == 2)
    #expect(document["problemCounts"] as? [String: Int] == ["truncated": 1])
    let list = try String(contentsOfFile: folder.path("list.csv"), encoding: .utf8)
    #expect(list.split(separator: "\n").count == 3)
    let within = try program.run("similarity", "within", "y", "--json").json()
    #expect(within["pairCount"] as? Int == 1)
    #expect(within["problemCounts"] as? [String: Int] == ["truncated": 2])
    for number in [1, 3] { try folder.write("", to: "y/\(number).png") }
    let none = try program.run("similarity", "pairs", "x", "y")
    #expect(none.status == 65 && none.output.isEmpty)
    #expect(none.messages.contains("None of 3 pairs can be compared."), "\(none.messages)")
  }

  @Test("Distances of features tell n and the convention; damaged matrices are refused")
  func features() throws {
    let header = NPYHeader(element: .float64, shape: [40, 3])
    for (name, shift) in [("a.npy", 0.0), ("b.npy", 2.0)] {
      let values = (0..<120).map { Double($0 * 7_919 % 101) / 101 + shift }
      let bytes = values.flatMap { value in
        unsafe withUnsafeBytes(of: value.bitPattern.littleEndian) { unsafe Array($0) }
      }
      try AtomicFile.write(header.bytes + bytes, to: folder.path(name))
    }
    let outcome = try program.run(
      "similarity", "features", "a.npy", "b.npy", "--resize", "clean-fid", "--paired", "--json")
    #expect(outcome.status == 0, "\(outcome.messages)")
    let document = try outcome.json()
    // Equal covariances, and means that differ by 2 in each of three dimensions.
    #expect(abs((document["frechetDistance"] as? Double ?? 0) - 12) < 1e-9)
    #expect(document["sampleCounts"] as? [Int] == [40, 40])
    #expect((document["resize"] as? String)?.contains("clean-fid") == true)
    try AtomicFile.write(header.bytes, to: folder.path("c.npy"))
    let cut = try program.run("similarity", "features", "a.npy", "c.npy")
    #expect(cut.status == 65 && cut.messages.contains("c.npy"))
    let nan = (0..<120).flatMap { position in
      let value = position == 100 ? Double.nan : Double(position)
      return unsafe withUnsafeBytes(of: value.bitPattern.littleEndian) { unsafe Array($0) }
    }
    try AtomicFile.write(header.bytes + nan, to: folder.path("d.npy"))
    let bad = try program.run("similarity", "features", "a.npy", "d.npy")
    #expect(bad.status == 65 && bad.messages.contains("d.npy: row 33 holds nan in column 1"))
  }
}
