// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRPhantom
import Foundation

/// The command `cxr phantom`.
struct PhantomCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "phantom",
    abstract: "Write simulated datasets in the official layouts.",
    discussion: """
      Metadata, labels and reports of MIMIC-CXR, CheXpert, CheXpert Plus, NIH ChestX-ray14, PadChest \
      and VinDr-CXR, each in a folder of its own, with the quirks of the official files, and the \
      predictions of two models for NIH. What an ingest must find in them is written to truth/. A \
      phantom is a test object: nothing in it comes from a patient.

      With --images, the radiographs are drawn too, in the official formats: what they show follows \
      the labels, sex and age. A phantom over an earlier one removes that one's files of the same \
      datasets first, which truth/ lists, and no other file. They are schematic, carry the word PHANTOM in a corner and say \
      nothing about medicine.

      Example:
        cxr phantom --out phantom --patients 200 --seed 7
        cxr phantom --out phantom --only nih --only mimic-cxr
        cxr phantom --out phantom --patients 50 --images 256
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

  @Option(
    name: .customLong("images"),
    help: ArgumentHelp(
      """
      Draw the radiographs, with this many pixels on the shorter side, 64 to 4096. Without it \
      there are no pictures.
      """, valueName: "pixels"))
  var imageSide: Int?

  @Option(help: "The number of threads that draw; the files do not depend on it.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  @Flag(help: "Print the whole truth as JSON.")
  var json = false

  mutating func validate() throws {
    guard (1...99_999).contains(patientCount ?? 1) else {
      throw ValidationError("--patients takes a number from 1 to 99999.")
    }
    guard (64...4_096).contains(imageSide ?? 64) else {
      throw ValidationError("--images takes a number from 64 to 4096.")
    }
    guard threads > 0 else { throw ValidationError("--threads takes a number from 1.") }
    guard patientCount == nil || !publishedSize else {
      throw ValidationError("--published-size says how many patients; leave --patients out.")
    }
  }

  func run() async throws {
    let size = publishedSize ? PhantomSize.published : .patients(patientCount ?? 2000)
    let phantom = Phantom(size: size, seed: seed)
    let datasets = only.isEmpty ? nil : only
    let line = ProgressLine("Writing radiographs", total: 0)
    let truth: PhantomTruth
    if let imageSide {
      truth = try await Interruption.explained {
        "the files that are written stay in \(folder); the same command writes all of them again."
      } _: {
        try await phantom.write(
          to: folder, images: PhantomImages(side: imageSide, threads: threads), only: datasets,
          progress: { _, count in line.update(count) },
          imageProgress: { dataset, done, total in
            Console.progress("Drawing \(dataset.rawValue): \(done) of \(total)")
          })
      }
    } else {
      truth = try phantom.write(to: folder, only: datasets) { _, count in line.update(count) }
    }
    line.finish()
    try Console.write(json ? truth.json() : truth.summary + "Wrote \(folder)/.\n")
  }
}
