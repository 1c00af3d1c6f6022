// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRFiles
import CXRImage
import CXRTensor
import Foundation

/// The command `cxr predict`.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Give a classifier's probabilities for radiographs to the catalog.",
    discussion: """
      The classifier is a folder that cxr train wrote. Its predictions are entered under the name of a \
      model, as cxr predictions import enters those of others; thresholds, evaluations and audits then \
      use them. Every stored radiograph of the dataset is predicted, or those of a part of a split.

      Example:
        cxr predict --model real --classifier runs/real/best --store nih-224
        cxr predict --model real --classifier runs/real/best --dataset nih \\
          --store nih-224 --split study:test --out real-test.csv
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Option(name: .customLong("classifier"), help: "The folder of the classifier.")
  var folder: String

  @Option(help: "The name of the model in the catalog.")
  var model: String

  @Option(help: "The dataset (default: the only one).")
  var dataset: String?

  @Option(help: "The image store.")
  var store: String

  @Option(help: "Only a part of a split, as NAME:PART.", transform: SplitPart.read)
  var split: SplitPart?

  @Option(name: .customLong("out"), help: "Also write the probabilities to this CSV file.")
  var file: String?

  @Option(help: "The images that the network is given together.")
  var batchSize = 64

  @OptionGroup var compute: DeviceOptions

  @Flag(name: .customLong("replace"), help: "Take the place of other predictions of the model.")
  var isReplacing = false

  @Flag(name: .customLong("dry-run"), help: "Predict, but enter nothing into the catalog.")
  var isDryRun = false

  mutating func validate() throws {
    guard batchSize > 0 else { throw ValidationError("--batch-size takes a number from 1.") }
    if let file { try catalog.requireOther(than: file) }
  }

  func run() async throws {
    let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
    let dataset = try catalog.datasetName(dataset)
    let store = try ImageStore(folder: catalog.imageStore(store).folder)
    var selection = ImageSelection(datasets: [dataset], policy: .uIgnore)
    selection.part = split.map { .init(split: $0.split, part: $0.part) }
    let images = try LabelledImages(selection, of: catalog, in: store)
    Console.note(images.tally.description)

    let (device, workers) = try await compute.prepare()
    var predictor = Predictor(folder: folder)
    predictor.device = device
    predictor.workers = workers
    predictor.batchSize = batchSize
    let progress = ProgressLine("Predicting", total: images.count)
    let digest = try weightsDigest()
    let predictions = try await predictor.predictions(of: images) { progress.update($0) }
    progress.finish()
    guard try weightsDigest() == digest else {
      throw FileError(
        .unreadable, "\(folder) was changed while its classifier predicted; try it again.")
    }

    if let file { try write(predictions, of: images, in: store, to: file) }
    var outcome: WriteOutcome?
    if !isDryRun {
      var provenance = CXRCatalog.Provenance.ofThisCommand("predict")
      provenance.recordsRead = images.tally.selected
      provenance.recordsKept = images.count
      outcome = try catalog.addPredictionRun(
        content(predictions, of: images, digest: digest), dataset: dataset,
        onConflict: isReplacing ? .replace : .refuse, provenance: provenance)
    }
    let document = PredictionDocument(
      model: model, dataset: dataset, imageCount: images.count,
      findings: predictions.findings.map(\.name), outcome: outcome)
    try output.write(document) { _ in document.text }
  }

  /// What tells the weights from others.
  private func weightsDigest() throws -> String {
    try FileDigest(path: URL(filePath: folder).appending(path: "model.safetensors").path).sha256
  }

  /// The predictions as the catalog takes them.
  private func content(
    _ predictions: Predictor.Predictions, of images: LabelledImages, digest: String
  ) throws -> PredictionRunContent {
    let columns = zip(predictions.findings, predictions.probabilities).map { finding, scores in
      PredictionRunContent.Column(
        label: finding.name, sourceColumn: finding.name, scores: scores)
    }
    let numbers = columns.map { $0.scores.map(\.description).joined(separator: " ") }
    let contentDigest = FileDigest.sha256(
      of: (["predict 1", images.radiographIDs.map(String.init).joined(separator: " ")]
        + zip(columns.map(\.label), numbers).map { "\($0): \($1)" }).joined(separator: "\n"))
    return PredictionRunContent(
      model: model, fileName: "model.safetensors", sha256: digest,
      contentDigest: contentDigest,
      radiographIDs: images.radiographIDs, unknownImageCount: 0, columns: columns)
  }

  private func write(
    _ predictions: Predictor.Predictions, of images: LabelledImages, in store: ImageStore,
    to path: String
  ) throws {
    var writer = CSVWriter(header: ["imageName"] + predictions.findings.map(\.name))
    for (row, index) in images.pixelIndices.enumerated() {
      writer.append(
        [store.radiographs[index].imageName]
          + predictions.probabilities.map { "\($0[row])" })
    }
    try AtomicFile.write(writer.drain(), to: path)
  }
}

/// What a prediction came to, for `--json`.
private struct PredictionDocument: Encodable {
  let model: String
  let dataset: String
  let imageCount: Int
  let findings: [String]
  let outcome: WriteOutcome?

  var text: String {
    let what =
      "\(NumberText.count(findings.count, "finding")) for \(NumberText.count(imageCount, "image")) "
      + "of \(dataset) by \(model)"
    return switch outcome {
    case nil: "Predicted \(what). Dry run, nothing was entered.\n"
    case .unchanged: "Predicted \(what); the catalog has these predictions already.\n"
    case .created, .updated: "Predicted \(what), and entered into the catalog.\n"
    }
  }
}
