// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRFiles
import CXRImage
import CXRTensor
import CXRTraining
import Foundation

/// The command `cxr predict`.
struct PredictCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict",
    abstract: "Give a classifier's probabilities for radiographs to the catalog.",
    discussion: """
      The classifier is a folder that cxr train wrote, or the file of a published model, which is \
      recognised by its content where that tells it, else named with --as:

        xrv:all and others  the DenseNets of torchxrayvision, as safetensors
        script              TorchScript; NAME.json beside NAME.pt tells its outputs
        sex, race, age      the models by which generated radiographs are checked

      Its predictions are entered under the name of a model, as cxr predictions import enters those of \
      others; thresholds, evaluations and audits then use them. Every stored radiograph of the dataset \
      is predicted, or those of a part of a split. Outputs of torchxrayvision that were not trained \
      are named and left out; 0.5 is the operating point of the others.

      Sex, race and age are no labels of a radiograph, so they go to the file of --out alone. They \
      estimate what a dataset recorded, and say nothing about a person.

      Example:
        cxr predict --model real --classifier runs/real/best --store nih-224
        cxr predict --model real --classifier runs/real/best --dataset nih \\
          --store nih-224 --split study:test --out real-test.csv
        cxr predict --model xrv --classifier densenet121-res224-all.safetensors \\
          --as xrv:all --store nih-224
        cxr predict --classifier sex.ckpt --as sex --store nih-224 --out sex.csv
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions

  @Option(
    name: .customLong("classifier"),
    help: "The folder of the classifier, or the file of a published model.")
  var path: String

  @Option(
    name: .customLong("as"), help: "Which kind of model it is: \(ModelKind.grammar).",
    transform: PredictCommand.readKind)
  var kind: ModelKind?

  @Option(help: "The JSON file that describes a program (default: NAME.json beside NAME.pt).")
  var description: String?

  @Option(help: "The name of the model in the catalog.")
  var model: String?

  @Option(help: "The dataset (default: the only one).")
  var dataset: String?

  @Option(help: "The image store.")
  var store: String

  @Option(help: "Only a part of a split, as NAME:PART.", transform: SplitPart.read)
  var split: SplitPart?

  @Option(name: .customLong("out"), help: "Also write the numbers to this CSV file.")
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
    guard model != "" else { throw ValidationError("--model takes a name.") }
    if let file { try catalog.requireOther(than: file) }
  }

  func run() async throws {
    let source = try ModelFile(path: path, as: kind, description: description)
    try requireOptions(for: source)
    let isEntering = !isDryRun && model != nil
    let catalog = try Catalog(path: catalog.path, access: isEntering ? .update : .read)
    let dataset = try catalog.datasetName(dataset)
    let entry = try PredictionEntry(
      source.outputs, nativeLabels: catalog.nativeLabels(dataset: dataset))
    try explain(source, entry, dataset: dataset)
    let store = try ImageStore(folder: catalog.imageStore(store).folder)
    var selection = ImageSelection(datasets: [dataset], policy: .uIgnore)
    selection.part = split.map { .init(split: $0.split, part: $0.part) }
    let images = try LabelledImages(selection, of: catalog, in: store)
    Console.note(images.tally.description)

    let digest = try source.sha256
    let predictions = try await predictions(by: source, of: images)
    guard try source.sha256 == digest else {
      throw FileError(
        .unreadable, "\(source.weightsPath) was changed while it was predicted with; try it again.")
    }
    for note in predictions.notes { Console.note("weights: \(note)") }
    if let file { try PredictionTableFile.write(predictions, of: images, in: store, to: file) }
    var outcome: WriteOutcome?
    if isEntering, let model {
      var provenance = CXRCatalog.Provenance.ofThisCommand("predict")
      provenance.recordsRead = images.tally.selected
      provenance.recordsKept = images.count
      let name = URL(filePath: source.weightsPath).lastPathComponent
      outcome = try catalog.addPredictionRun(
        entry.content(predictions, of: images, model: model, file: (name, digest)),
        dataset: dataset, onConflict: isReplacing ? .replace : .refuse, provenance: provenance)
    }
    let document = PredictionDocument(
      model: model, classifier: path, kind: "\(source.kind)", dataset: dataset,
      imageCount: images.count, findings: entry.labels,
      outputs: predictions.outputs.map(\.columnName), untrainedOutputs: source.untrainedOutputs,
      unknownLabels: entry.unknownLabels, file: file, outcome: outcome)
    try output.write(document) { _ in document.text }
  }

  private func predictions(
    by source: ModelFile, of images: LabelledImages
  ) async throws -> Predictions {
    let (device, workers) = try await compute.prepare()
    var predictor = Predictor(source)
    predictor.device = device
    predictor.workers = workers
    predictor.batchSize = batchSize
    let progress = ProgressLine("Predicting", total: images.count)
    defer { progress.finish() }
    return try await predictor.predictions(of: images) { progress.update($0) }
  }

  /// Refuses options that the kind of the model has no use for, or lacks.
  private func requireOptions(for source: ModelFile) throws {
    if !source.outputs.contains(where: { $0.label != nil }) {
      guard model == nil else {
        throw ValidationError(
          "Age, sex and race are not entered into the catalog; leave --model out, and name a file "
            + "with --out.")
      }
      guard file != nil else {
        throw ValidationError("Name the file for the estimates of \(path) with --out.")
      }
    } else {
      guard model != nil else {
        throw ValidationError("Name the model in the catalog with --model.")
      }
    }
    guard description == nil || source.kind == .script else {
      throw ValidationError(
        "--description is for a program in TorchScript, and \(path) is read as \(source.kind).")
    }
  }

  /// Says what of the model is not used.
  private func explain(_ source: ModelFile, _ entry: PredictionEntry, dataset: String) throws {
    if kind == nil, source.kind != .classifier {
      Console.note("\(path) is read as \(source.kind).")
    }
    if !source.untrainedOutputs.isEmpty {
      Console.note("left out, not trained: \(NumberText.list(source.untrainedOutputs))")
    }
    if case .demographic(let model) = source.kind, case .race = model.target {
      Console.note("never told: \(NumberText.list(model.untestableRaces.map(\.rawValue)))")
    }
    guard !entry.unknownLabels.isEmpty else { return }
    let list = NumberText.list(entry.unknownLabels)
    guard !entry.labels.isEmpty else {
      throw FileError(
        .malformed,
        "\(dataset) has no label for any output of \(path), which are \(list); spell them as findings "
          + "or as labels of the dataset.")
    }
    Console.note("not entered, because \(dataset) has no such label: \(list)")
  }

  @Sendable private static func readKind(_ text: String) throws -> ModelKind {
    do {
      return try ModelKind(text)
    } catch {
      throw ValidationError(error.message)
    }
  }
}
