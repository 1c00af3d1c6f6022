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

  @Test("Ctrl-C during an ingest exits with 130 and leaves the catalog as it was")
  func interrupted() throws {
    let study = try SimulatedStudy(patientCount: 60)
    let before = try study.program.run("catalog", "info", "--json").output
    try study.program.run("phantom", "nih", "--out", "other", "--patients", "6000")
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = ["ingest", "nih", "--root", "other"]
    process.currentDirectoryURL = study.folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    while process.isRunning, study.logSize < 100_000 { usleep(1_000) }
    process.interrupt()
    process.waitUntilExit()
    #expect(process.terminationStatus == 130)
    #expect(try study.program.run("catalog", "info", "--json").output == before)
    #expect(try study.program.run("catalog", "verify").status == 0)
  }

  @Test("A dry run writes nothing")
  func dryRun() throws {
    let study = try SimulatedStudy(patientCount: 60)
    let before = try study.catalogBytes()
    try study.program.run("phantom", "nih", "--out", "other", "--patients", "40")
    let outcome = try study.program.run("ingest", "nih", "--root", "other", "--dry-run")
    #expect(outcome.status == 0, "\(outcome.messages)")
    #expect(outcome.output.contains("dry run"))
    #expect(try study.catalogBytes() == before)
  }

  @Test("Killed while it writes, an ingest leaves the former catalog whole")
  func killed() throws {
    let study = try SimulatedStudy(patientCount: 60)
    let before = try study.program.run("catalog", "info", "--json").output
    try study.program.run("phantom", "nih", "--out", "other", "--patients", "6000")
    let process = Process()
    process.executableURL = URL(filePath: Program.path)
    process.arguments = ["ingest", "nih", "--root", "other"]
    process.currentDirectoryURL = study.folder.url
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    // The log grows past the cache while the transaction is still open.
    while process.isRunning, study.logSize < 500_000 { usleep(1_000) }
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    try #require(process.terminationReason == .uncaughtSignal, "killed before it was done")
    #expect(study.logSize >= 500_000, "killed after it had begun to write")
    #expect(try study.program.run("catalog", "info", "--json").output == before)
    #expect(try study.program.run("catalog", "verify").status == 0)
    #expect(try study.program.run("ingest", "nih", "--root", "other").status == 0)
  }
}
