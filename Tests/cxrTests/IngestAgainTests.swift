// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Testing

@Suite("Ingesting again")
struct IngestAgainTests {
  @Test("The same files twice change no byte of the catalog")
  func twice() throws {
    let study = try SimulatedStudy(patientCount: 60)
    let before = try study.catalogBytes()
    let again = try study.program.run("ingest", "nih", "--root", "nih")
    #expect(again.status == 0)
    #expect(again.output.contains("unchanged"))
    let predictions = try study.program.run(
      "predictions", "import", "nih/predictions-a.csv", "--model", "a")
    #expect(predictions.output.contains("unchanged"))
    #expect(try study.catalogBytes() == before)
  }

  /// Starts an ingest of another dataset and returns once it writes: the log grows past the cache
  /// while the transaction is still open.
  func writingIngest(in study: SimulatedStudy) throws -> Process {
    try study.program.run("phantom", "--only", "nih", "--out", "other", "--patients", "6000")
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = ["ingest", "nih", "--root", "other/nih", "--replace"]
    process.currentDirectoryURL = study.folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning, study.logSize < 500_000 { usleep(1_000) }
    return process
  }

  @Test("Ctrl-C during an ingest exits with 130 and leaves the catalog as it was")
  func interrupted() throws {
    let study = try SimulatedStudy(patientCount: 60)
    let before = try study.program.run("catalog", "info", "--json").output
    let process = try writingIngest(in: study)
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(try study.program.run("catalog", "info", "--json").output == before)
    #expect(try study.program.run("catalog", "verify").status == 0)
  }

  @Test("Files that lack radiographs are refused, and with --replace their scores go with them")
  func shrinking() throws {
    let study = try SimulatedStudy(patientCount: 60)
    let before = try study.program.run("catalog", "info", "--json").output
    try study.program.run(
      "phantom", "--only", "nih", "--out", "small", "--patients", "20", "--seed",
      "3")
    let refused = try study.program.run("ingest", "nih", "--root", "small/nih")
    #expect(refused.status == 65)
    #expect(refused.messages.contains("--replace"))
    #expect(try study.program.run("catalog", "info", "--json").output == before)
    let replaced = try study.program.run("ingest", "nih", "--root", "small/nih", "--replace")
    #expect(replaced.status == 0, "\(replaced.messages)")
    #expect(try study.program.run("catalog", "verify").status == 0)
    try study.program.run("ingest", "nih", "--root", "nih")
    let again = try study.program.run(
      "predictions", "import", "nih/predictions-a.csv", "--model", "a", "--replace")
    #expect(again.output.contains("updated"), "\(again.messages)")
    // What sped the first removal up must not stand in the way of a second one.
    let smaller = try study.program.run("ingest", "nih", "--root", "small/nih", "--replace")
    #expect(smaller.status == 0, "\(smaller.messages)")
  }

  @Test("A file without records is refused")
  func empty() throws {
    let study = try SimulatedStudy(patientCount: 30)
    let url = study.folder.url.appending(path: "nih/Data_Entry_2017_v2020.csv")
    let header = try String(contentsOf: url, encoding: .utf8).prefix { $0 != "\n" }
    try FileManager.default.createDirectory(
      at: study.folder.url.appending(path: "bare"), withIntermediateDirectories: true)
    try study.folder.write(header + "\n", to: "bare/Data_Entry_2017_v2020.csv")
    let outcome = try study.program.run("ingest", "nih", "--root", "bare", "--replace")
    #expect(outcome.status == 65)
    #expect(outcome.messages.contains("no records"))
  }

  @Test("A dry run writes nothing")
  func dryRun() throws {
    let study = try SimulatedStudy(patientCount: 60)
    let before = try study.catalogBytes()
    try study.program.run("phantom", "--only", "nih", "--out", "other", "--patients", "40")
    let outcome = try study.program.run("ingest", "nih", "--root", "other/nih", "--dry-run")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("dry run"))
    #expect(try study.catalogBytes() == before)
  }

  @Test("Killed while it writes, an ingest leaves the former catalog whole")
  func killed() throws {
    let study = try SimulatedStudy(patientCount: 60)
    let before = try study.program.run("catalog", "info", "--json").output
    let process = try writingIngest(in: study)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try #require(process.terminationReason == .uncaughtSignal, "killed before it was done")
    #expect(study.logSize >= 500_000, "killed after it had begun to write")
    #expect(try study.program.run("catalog", "info", "--json").output == before)
    #expect(try study.program.run("catalog", "verify").status == 0)
    #expect(try study.program.run("ingest", "nih", "--root", "other/nih", "--replace").status == 0)
  }
}
