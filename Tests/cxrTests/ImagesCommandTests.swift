// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("Images on the command line")
struct ImagesCommandTests {
  let folder: TemporaryFolder
  let program: Program

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

  private func build(_ arguments: String...) throws -> Program.Outcome {
    try program.run(
      ["images", "build", "--root", "ph/padchest", "--side", "32", "--out"] + arguments)
  }

  private func digests(_ store: String) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(store))
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try FileDigest(path: folder.path("\(store)/\($0)")).sha256)
      })
  }

  @Test("A check counts what cannot be decoded as planted, lists it and exits with 65")
  func check() throws {
    let outcome = try program.run(
      "images", "check", "--root", "ph/padchest", "--list", "problems.csv", "--json")
    #expect(outcome.status == 65)
    let problems = try #require(try outcome.json()["problems"] as? [[String: Any]])
    // The truth has a row per file, also of records that the catalog does not keep.
    let rows = try String(
      contentsOfFile: folder.path("ph/truth/padchest-images.csv"), encoding: .utf8)
    let damaged = rows.split(separator: "\n").dropFirst().filter { !$0.hasSuffix(",") }
      .compactMap { $0.split(separator: ",").first?.split(separator: "/").last.map(String.init) }
    let export = try program.run("export", "--out", "-").output
    let kept = damaged.filter { export.contains("\($0),") }
    #expect(!kept.isEmpty && kept.count <= damaged.count)
    #expect(Set(problems.compactMap { $0["imageName"] as? String }) == Set(kept))
    let list = try String(contentsOfFile: folder.path("problems.csv"), encoding: .utf8)
    #expect(list.split(separator: "\n").count == problems.count + 1)
  }

  @Test("A store is the same whatever the threads, and is built once")
  func store() throws {
    let first = try build("stores/one", "--threads", "1")
    #expect(first.status == 0, "\(first.messages)")
    #expect(first.output.contains("Left out:"))
    #expect(try build("stores/two", "--threads", "2").status == 0)
    #expect(try digests("stores/one") == digests("stores/two"))
    #expect(try build("stores/one").output.contains("Store one: unchanged."))
    let other = try build("stores/one", "--bits", "16")
    #expect(other.status == 1 && other.messages.contains("name another folder"))
    let list = try program.run("images", "list").output
    #expect(list.contains("one: ") && list.contains("two: "))
    #expect(try program.run("images", "remove", "two").status == 0)
    #expect(try !program.run("images", "list").output.contains("two: "))
    #expect(try digests("stores/two") == digests("stores/one"))
  }

  @Test("A dry run writes nothing")
  func dryRun() throws {
    let outcome = try build("stores/dry", "--dry-run")
    #expect(outcome.status == 0 && outcome.output.contains("nothing was written"))
    #expect(!FileManager.default.fileExists(atPath: folder.path("stores")))
    #expect(try program.run("images", "list").output == "There is no image store yet.\n")
  }

  @Test("Statistics, duplicates and a sheet come from a store and from files")
  func statisticsAndDuplicates() throws {
    // The first image becomes a copy of the second, which another patient may have.
    let rows = try program.run("export", "--out", "-").output.split(separator: "\n").dropFirst()
    let paths = rows.map { String($0.split(separator: ",", omittingEmptySubsequences: false)[2]) }
    let usable = paths.filter { path in
      let bytes = try? Data(contentsOf: URL(filePath: folder.path("ph/padchest/\(path)")))
      return (bytes?.count ?? 0) > 2000
    }
    let last = try #require(usable.last)
    try FileManager.default.removeItem(atPath: folder.path("ph/padchest/\(last)"))
    try FileManager.default.copyItem(
      atPath: folder.path("ph/padchest/\(usable[0])"), toPath: folder.path("ph/padchest/\(last)"))
    #expect(try build("s").status == 0)
    let split = try program.run(
      "split", "create", "--name", "d", "--method", "proportions", "--part", "a=0.5", "--part",
      "b=0.5", "--seed", "2")
    #expect(split.status == 0, "\(split.messages)")
    let found = try program.run("images", "dedupe", "--store", "s", "--exact", "--json").json()
    let groups = try #require(found["groups"] as? [[String: Any]])
    #expect(groups.contains { ($0["degree"] as? String) == "file" })
    #expect(try program.run("catalog", "verify").status == 0)
    #expect(try program.run("images", "dedupe", "--store", "s", "--exact", "--mark").status == 0)
    let leaks = groups.flatMap { $0["leaks"] as? [String] ?? [] }
    #expect(!leaks.isEmpty, "the copies are of patients in different parts")
    #expect(try program.run("catalog", "verify").status != 0)
    let statistics = try program.run("images", "stats", "--store", "s", "--split", "d:a")
    #expect(statistics.status == 0 && statistics.output.contains("standard deviation"))
    let sheet = try program.run(
      "images", "sheet", "--root", "ph/padchest", "--count", "4", "--out", "sheet.png")
    #expect(sheet.status == 0, "\(sheet.messages)")
    let magic = try Data(contentsOf: folder.url.appending(path: "sheet.png")).prefix(4)
    #expect(Array(magic.dropFirst()) == Array("PNG".utf8))
  }

  @Test(
    "Mistakes name their remedy",
    arguments: [
      (["check", "--root", "nowhere"], 66, "no folder"),
      (["check"], 64, "--root"),
      (["build", "--root", "ph/padchest", "--out", "s", "--side", "0"], 64, "--side takes"),
      (["build", "--root", "ph/padchest", "--out", "ph"], 1, "no image store"),
      (["stats", "--store", "none"], 65, "no image store none"),
      (["sheet", "--root", "nih=ph", "--out", "a.png"], 66, "no folder"),
      (["check", "--root", "ph", "--root", "ph/padchest"], 64, "two folders"),
      (["build", "--root", "ph/padchest", "--out", "s", "--name", ""], 64, "--name takes"),
      (["sheet", "--root", "ph/padchest", "--out", "cxr.sqlite"], 64, "is the catalog"),
      (["dedupe", "--store", "s", "--distance", "64"], 64, "0 to 15"),
    ])
  func mistakes(_ arguments: [String], status: Int, words: String) throws {
    let outcome = try program.run(["images"] + arguments)
    #expect(outcome.status == Int32(status), "\(outcome.messages)")
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("s")))
  }
}
