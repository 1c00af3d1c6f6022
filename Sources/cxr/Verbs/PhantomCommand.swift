// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRPhantom

/// The command `cxr phantom`.
struct PhantomCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phantom",
    abstract: "Write simulated datasets in the official layouts.",
    discussion: """
      A phantom is a test object: nothing in it comes from a patient.

      Example:
        cxr phantom nih --out demo-data/nih --patients 2000 --seed 7
      """,
    subcommands: [NIH.self])

  /// The command `cxr phantom nih`.
  struct NIH: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "nih",
      abstract: "Write metadata and two models' predictions in the NIH ChestX-ray14 layout.",
      discussion: """
        Example:
          cxr phantom nih --out demo-data/nih --patients 2000 --seed 7
        """)

    @Option(name: .customLong("out"), help: "The folder to write into; it is created.")
    var folder: String

    @Option(name: .customLong("patients"), help: "The number of patients.")
    var patientCount = 2000

    @Option(help: "The seed; the same seed writes the same bytes.")
    var seed: UInt64 = 7

    mutating func validate() throws {
      guard (1...1_000_000).contains(patientCount) else {
        throw ValidationError("--patients takes a number from 1 to 1000000.")
      }
    }

    func run() throws {
      let phantom = NIHPhantom(patientCount: patientCount, seed: seed)
      try phantom.write(to: folder)
      try Console.write(
        "Wrote \(NIHPhantom.File.allCases.count) files to \(folder): "
          + "\(phantom.radiographCount) simulated radiographs of \(patientCount) patients.\n")
    }
  }
}
