// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRPhantom

/// The command `cxr phantom`.
struct PhantomCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phantom",
    abstract: "Write simulated datasets in the official layouts.",
    discussion: """
      Metadata, labels and reports of MIMIC-CXR, CheXpert, CheXpert Plus, NIH ChestX-ray14, PadChest \
      and VinDr-CXR, each in a folder of its own, with the quirks of the official files, and the \
      predictions of two models for NIH. What an ingest must find in them is written to truth/. A \
      phantom is a test object: nothing in it comes from a patient.

      Example:
        cxr phantom --out phantom --patients 200 --seed 7
        cxr phantom --out phantom --only nih --only mimic-cxr
        cxr phantom --out phantom --published-size --json
      """)

  @Option(name: .customLong("out"), help: "The folder that gets a folder per dataset; created.")
  var folder: String

  @Option(
    name: .customLong("patients"),
    help: """
      The number of patients of every dataset; of VinDr-CXR, of training images (default: 2000).
      """)
  var patientCount: Int?

  @Option(help: "The seed; the same seed writes the same bytes.")
  var seed: UInt64 = 7

  @Option(
    help: ArgumentHelp(
      "Write this dataset only; may be repeated.", valueName: "dataset"))
  var only: [PhantomDataset] = []

  @Flag(help: "Write as many patients and radiographs as the publishers count; about a minute.")
  var publishedSize = false

  @Flag(help: "Print the whole truth as JSON.")
  var json = false

  mutating func validate() throws {
    guard (1...99_999).contains(patientCount ?? 1) else {
      throw ValidationError("--patients takes a number from 1 to 99999.")
    }
    guard patientCount == nil || !publishedSize else {
      throw ValidationError("--published-size says how many patients; leave --patients out.")
    }
  }

  func run() throws {
    let size = publishedSize ? PhantomSize.published : .patients(patientCount ?? 2000)
    let phantom = Phantom(size: size, seed: seed)
    let line = ProgressLine("Writing radiographs", total: 0)
    let truth = try phantom.write(to: folder, only: only.isEmpty ? nil : only) { _, count in
      line.update(count)
    }
    line.finish()
    try Console.write(json ? truth.json() : truth.summary + "Wrote \(folder)/.\n")
  }
}
