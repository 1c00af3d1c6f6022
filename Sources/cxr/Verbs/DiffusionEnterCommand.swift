// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRGeneration

/// The command `cxr diffusion enter`.
struct DiffusionEnterCommand: ParsableCommand {
  /// What `--json` prints.
  private struct Document: Encodable {
    let run: String
    let dataset: String
    let imageCount: Int
    let patientCount: Int
    let isDryRun: Bool
    let outcome: WriteOutcome?
  }

  static let configuration = CommandConfiguration(
    commandName: "enter",
    abstract: "Enter the accepted images of a run as a dataset like any other.",
    discussion: """
      An image has sex, race and age of its prompt, and the labels of the radiograph that the prompt \
      came from. Given again, the command adds what was made since. The images lie in the folder of \
      the run, for cxr images build --root.

      Example:
        cxr diffusion enter balanced --as synthetic
        cxr images build --dataset synthetic --root runs/balanced \\
          --out stores/synthetic-224
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Argument(help: "The name of the run.")
  var name: String

  @Option(name: .customLong("as"), help: "The name of the dataset.")
  var dataset = GeneratedDataset.defaultName

  @Flag(
    name: .customLong("replace"),
    help: "Replace the images of another run that have the name; never a dataset that was ingested."
  )
  var isReplacing = false

  @Flag(name: .customLong("dry-run"), help: "Count; enter nothing.")
  var isDryRun = false

  func run() throws {
    let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
    let images = try GeneratedDataset(of: name, name: dataset, in: catalog)
    let outcome =
      isDryRun
      ? nil
      : try images.enter(
        into: catalog, onConflict: isReplacing ? .replace : .refuse,
        provenance: .ofThisCommand("diffusion enter"))
    let document = Document(
      run: name, dataset: dataset, imageCount: images.content.radiographs.count,
      patientCount: images.content.patients.count, isDryRun: isDryRun, outcome: outcome)
    try output.write(document) { _ in
      let count = NumberText.count(document.imageCount, "image")
      let words = outcome.map(\.rawValue) ?? "would be entered"
      return "\(dataset): \(count) of run \(name), \(words)\n"
    }
  }
}
