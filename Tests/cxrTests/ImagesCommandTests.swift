// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRImage
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
    #expect(try folder.digests(of: "stores/one") == folder.digests(of: "stores/two"))
    #expect(try build("stores/one").output.contains("Store one: unchanged."))
    let other = try build("stores/one", "--bits", "16")
    #expect(other.status == 1 && other.messages.contains("name another folder"))
    let list = try program.run("images", "list").output
    #expect(list.contains("one: ") && list.contains("two: "))
    #expect(try program.run("images", "remove", "two").status == 0)
    #expect(try !program.run("images", "list").output.contains("two: "))
    #expect(try folder.digests(of: "stores/two") == folder.digests(of: "stores/one"))
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

  @Test("What a build leaves out is counted in its last line, with where to look")
  func leftOut() throws {
    let outcome = try build("s", "--json")
    let counts = try #require(try outcome.json()["problemCounts"] as? [String: Int])
    let left = counts.values.reduce(0, +)
    let stored = try #require(try outcome.json()["imageCount"] as? Int)
    #expect(left > 0)
    let text = try build("s").output.replacing("\n  ", with: " ")
    let words = "\(left) of \(left + stored) files \(left == 1 ? "is" : "are") not in the store: "
    #expect(text.contains(words), "\(text)")
    #expect(text.contains("index.csv") && text.contains("--list FILE"))
    let index = try String(contentsOfFile: folder.path("s/index.csv"), encoding: .utf8)
    #expect(index.split(separator: "\n").dropFirst().count { !$0.hasSuffix(",") } == left)
  }

  @Test("Larger images are refused with the option that lets them in")
  func limits() throws {
    let rows = try program.run("export", "--out", "-").output.split(separator: "\n").dropFirst()
    let path = try #require(rows.first?.split(separator: ",", omittingEmptySubsequences: false)[2])
    let pixels = ContiguousArray<UInt8>(repeating: 7, count: 1_200 * 1_000)
    try GrayImage(width: 1_200, height: 1_000, pixels: .bytes(pixels), bitDepth: 8)
      .writePNG(to: folder.path("ph/padchest/\(path)"))
    func tooLarge(_ megapixels: String) throws -> [String] {
      let outcome = try program.run(
        "images", "check", "--root", "ph/padchest", "--json", "--max-megapixels", megapixels)
      let problems = try #require(try outcome.json()["problems"] as? [[String: Any]])
      return problems.filter { $0["code"] as? String == "tooLarge" }
        .compactMap { $0["message"] as? String }
    }
    let messages = try tooLarge("1")
    #expect(messages.count == 1 && messages[0].contains("--max-megapixels 2"), "\(messages)")
    #expect(try tooLarge("2").isEmpty)
    let built = try build("s", "--max-megapixels", "1", "--json").json()
    #expect((built["problemCounts"] as? [String: Int])?["tooLarge"] == 1)
    // The same store with other limits takes the image in.
    let again = try build("s", "--json").json()
    #expect((again["problemCounts"] as? [String: Int])?["tooLarge"] == nil)
    let refused = try program.run(
      "images", "check", "--root", "ph/padchest", "--max-megapixels", "0")
    #expect(refused.status == 64 && refused.messages.contains("1 to 10000"))
  }

  @Test("A sheet goes to a PNG or to standard output, and tells in JSON what it shows")
  func sheet() throws {
    let sheet = ["images", "sheet", "--root", "ph/padchest", "--count", "4", "--side", "64"]
    let dry = try program.run(sheet + ["--out", "a.png", "--dry-run", "--json"])
    #expect(dry.status == 0, "\(dry.messages)")
    #expect(!folder.fileNames.contains("a.png"))
    let written = try program.run(sheet + ["--out", "a.png", "--json"])
    let documents = try [dry, written].map { try $0.json() }
    #expect(documents.map { $0["isDryRun"] as? Bool } == [true, false])
    for document in documents {
      let images = try #require(document["images"] as? [[String: String]])
      let left = try #require(document["problemCounts"] as? [String: Int]).values.reduce(0, +)
      #expect(images.count + left == 4 && !images.isEmpty)
      #expect(document["matchingCount"] as? Int ?? 0 >= 30)
    }
    let file = try GrayImage(contentsOf: folder.path("a.png"))
    // Program.Outcome holds text only, so that a shell has to write the bytes down.
    let shell = Process()
    shell.executableURL = URL(filePath: "/bin/sh")
    shell.currentDirectoryURL = folder.url
    shell.arguments =
      ["-c", "exec \"$0\" \"$@\" --out - > b.png 2> /dev/null", Program.path] + sheet
    try shell.run()
    shell.waitUntilExit()
    #expect(shell.terminationStatus == 0)
    #expect(try GrayImage(contentsOf: folder.path("b.png")) == file)
  }

  @Test("A store whose radiographs are not those of the catalog any more is told of")
  func stale() throws {
    func store() throws -> (vanished: Int, unstored: Int, messages: String) {
      let outcome = try program.run("images", "list", "--json")
      let stores = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8))
      let store = try #require((stores as? [[String: Any]])?.first)
      let unstored = try #require(store["unstoredCounts"] as? [String: Int])
      return (
        try #require(store["vanishedCount"] as? Int), unstored.values.reduce(0, +),
        outcome.messages
      )
    }
    func exportedNames() throws -> Set<String> {
      let rows = try program.run("export", "--out", "-").output.split(separator: "\n").dropFirst()
      return Set(rows.map { String($0.split(separator: ",")[1]) })
    }
    func ingest(_ patients: String, into folder: String) throws {
      try program.run("phantom", "--only", "padchest", "--out", folder, "--patients", patients)
      let outcome = try program.run(
        "ingest", "padchest", "--root", "\(folder)/padchest", "--replace")
      try #require(outcome.status == 0, "\(outcome.messages)")
    }
    #expect(try build("s").status == 0)
    let fresh = try store()
    #expect(fresh.vanished == 0 && fresh.unstored == 0 && fresh.messages.isEmpty)
    let info = try program.run("catalog", "info").output
    #expect(info.contains(#/Image stores\n  s: \d+ images of 32 × 32 pixels, 8 bits\n/#))

    // The first patients of a seed are the same whatever their number.
    try ingest("20", into: "fewer")
    let index = try String(contentsOfFile: folder.path("s/index.csv"), encoding: .utf8)
    let names = index.split(separator: "\n").dropFirst().filter { $0.hasSuffix(",") }
      .map { String($0.split(separator: ",")[1]) }
    let remaining = try exportedNames()
    let gone = names.count { !remaining.contains($0) }
    let fewer = try store()
    #expect(gone > 0 && fewer.vanished == gone && fewer.unstored == 0)
    let warning = "warning: image store s holds \(gone) images that the catalog has no longer;"
    #expect(fewer.messages.contains(warning), "\(fewer.messages)")
    let statistics = try program.run("images", "stats", "--store", "s", "--json")
    #expect(statistics.messages.contains(warning))
    let rows = try JSONSerialization.jsonObject(with: Data(statistics.output.utf8))
    let row = try #require((rows as? [[String: Any]])?.first)
    #expect(row["imageCount"] as? Int == names.count && row["vanishedCount"] as? Int == gone)
    #expect(row["unstoredCount"] as? Int == 0)
    #expect(
      try program.run("images", "stats", "--store", "s").output
        .contains("\(gone) of them are no longer in the catalog"))
    #expect(try program.run("catalog", "info").output.contains("not those of the catalog now"))

    try ingest("45", into: "more")
    let more = try store()
    #expect(more.messages.contains("radiographs that its options would choose now"))
    #expect(more.unstored > 0)

    // The radiographs are the store's again, but the catalog has forgotten where they lie in it.
    try program.run("ingest", "padchest", "--root", "ph/padchest", "--replace")
    #expect(try store().vanished == gone)
    #expect(try build("s").output.contains("Store s: updated."))
    let again = try store()
    #expect(again.vanished == 0 && again.unstored == 0 && again.messages.isEmpty)
    #expect(try build("s").output.contains("Store s: unchanged."))
  }

  @Test("A store of a cohort that is gone tells what it can")
  func staleWithoutCohort() throws {
    try program.run("cohort", "create", "c", "--dataset", "padchest", "--view", "pa")
    #expect(try build("s", "--cohort", "c").status == 0)
    try program.run("cohort", "remove", "c")
    let list = try program.run("images", "list", "--json")
    #expect(list.status == 0 && list.messages.isEmpty, "\(list.messages)")
    #expect(
      !list.output.contains("unstoredCounts") && list.output.contains("\"vanishedCount\" : 0"))
  }

  @Test("A store is forgotten in JSON too, and not by a dry run")
  func remove() throws {
    #expect(try build("s").status == 0)
    let stored = try #require(try build("s", "--json").json()["imageCount"] as? Int)
    let dry = try program.run("images", "remove", "s", "--dry-run", "--json").json()
    #expect(dry["isDryRun"] as? Bool == true && dry["names"] as? [String] == ["s"])
    #expect(dry["counts"] as? [String: Int] == ["images": stored])
    let removed = try program.run("images", "remove", "s")
    #expect(removed.output.contains("s: removed") && removed.output.contains("files stay in"))
    #expect(try program.run("images", "list", "--json").output.hasPrefix("["))
    #expect(try program.run("images", "remove", "s").status == 65)
    #expect(FileManager.default.fileExists(atPath: folder.path("s/index.csv")))
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
      (["sheet", "--root", "ph/padchest", "--out", "a.jpg"], 64, "ends in .png"),
      (["sheet", "--root", "ph/padchest", "--out", "-", "--json"], 64, "standard output"),
      (["dedupe", "--store", "s", "--distance", "64"], 64, "0 to 15"),
    ])
  func mistakes(_ arguments: [String], status: Int, words: String) throws {
    let outcome = try program.run(["images"] + arguments)
    #expect(outcome.status == Int32(status), "\(outcome.messages)")
    #expect(outcome.messages.contains(words), "\(outcome.messages)")
    #expect(!FileManager.default.fileExists(atPath: folder.path("s")))
  }
}
