// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

/// A disk without space, for which a limit on the length of files stands in.
@Suite("Full disk")
struct FullDiskTests {
  let folder: TemporaryFolder
  let program: Program

  private static let build = [
    "images", "build", "--root", "ph/padchest", "--side", "400", "--threads", "2", "--out",
  ]

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
    for arguments in [
      ["phantom", "--only", "padchest", "--out", "ph", "--patients", "30", "--images", "64"],
      ["ingest", "padchest", "--root", "ph/padchest"],
    ] {
      let outcome = try program.run(arguments)
      try #require(outcome.status == 0, "\(outcome.messages)")
    }
  }

  /// Runs the program in a shell that lets no file become longer.
  private func run(_ arguments: [String], kibibytes: Int) throws -> (status: Int32, words: String) {
    let messages = folder.url.appending(path: "messages")
    try Data().write(to: messages)
    let process = Process()
    process.executableURL = URL(filePath: "/bin/bash")
    // Without its signal the limit is an error of the write, as a full disk is.
    process.arguments = [
      "-c", "trap '' XFSZ; ulimit -f \(kibibytes); exec \"$@\"", "bash", Program.path,
    ]
    process.arguments? += arguments
    process.currentDirectoryURL = folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: messages)
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: messages, encoding: .utf8))
  }

  @Test("A build that finds no space names the file and the remedy, and a later one finishes")
  func buildResumes() throws {
    try #require(try program.run(Self.build + ["whole"]).status == 0)
    let catalog = folder.path("cxr.sqlite")
    let before = try program.run("images", "list").output
    // The catalog is smaller than the pixels, and is not written before them.
    let size = try FileManager.default.attributesOfItem(atPath: catalog)[.size] as? Int
    let pixels =
      try FileManager.default.attributesOfItem(
        atPath: folder.path("whole/shard-00000.npy"))[.size] as? Int
    let limit = try #require(size) / 1_024 + 512
    try #require(try #require(pixels) > limit * 1_024)

    let failed = try run(Self.build + ["cut"], kibibytes: limit)
    #expect(failed.status == 1)
    #expect(failed.words.contains("cut/shard-00000.npy cannot be written"), "\(failed.words)")
    #expect(failed.words.contains("free space"), "\(failed.words)")
    // No part of a shard stays, and the catalog names no store.
    #expect(try folder.digests(of: "cut").keys.sorted() == ["store.json"])
    #expect(try program.run("images", "list").output == before)

    let finished = try program.run(Self.build + ["cut"])
    #expect(finished.status == 0, "\(finished.messages)")
    #expect(try folder.digests(of: "cut") == folder.digests(of: "whole"))
  }

  @Test("A phantom that finds no space names the file and the remedy, and leaves no part of it")
  func phantomFails() throws {
    let arguments = ["phantom", "--only", "mimic-cxr", "--out", "small", "--patients", "200"]
    let failed = try run(arguments, kibibytes: 16)
    #expect(failed.status == 1)
    #expect(failed.words.contains("cannot be written") && failed.words.contains("free space"))
    let left = try FileManager.default.subpathsOfDirectory(atPath: folder.path("small"))
    #expect(!left.contains { $0.hasSuffix(".part") }, "\(left)")
  }
}
