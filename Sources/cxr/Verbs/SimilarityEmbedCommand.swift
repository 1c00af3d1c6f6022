// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRFiles
import CXRGeneration
import CXRImage
import CXRTensor
import Foundation

/// The command `cxr similarity embed`.
struct SimilarityEmbedCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embed",
    abstract: "Take the features of images by a network, for cxr similarity features.",
    discussion: """
      The network is recognised by its content:

        Inception v3  as pytorch-fid has it, 2,048 features, see --resize
        xrv           a DenseNet-121 of torchxrayvision, 1,024 features
        a folder      a classifier of cxr train, its features before the head
        TorchScript   a program; NAME.json beside NAME.pt says what it takes

      The images are those of a folder, of a store or a part of it, or the accepted ones of a generation \
      run. --out gets a NumPy matrix, a row per image, with a JSON file beside it that names network and \
      convention; cxr similarity features reads both, and refuses matrices of two networks.

      Example:
        cxr similarity embed --network inception.safetensors --store nih-299 \\
          --split study:test --out real.npy --list real.csv
        cxr similarity embed --network inception.safetensors --run balanced \\
          --out synthetic.npy --resize clean-fid
        cxr similarity embed --network runs/real/best --folder samples \\
          --out samples.npy
      """)

  /// What `--json` prints.
  private struct Document: Encodable {
    let record: FeatureRecord
    let file: String
    let isDryRun: Bool
  }

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var size: ImageLimitOptions

  @Option(help: "The file or folder of the network.")
  var network: String

  @Option(help: "How pictures for Inception v3 are resized.")
  var resize: ResizeConvention = .cleanFID

  @Option(help: "The JSON file that describes a program (default: NAME.json beside NAME.pt).")
  var description: String?

  @Option(help: "A folder of images.")
  var folder: String?

  @Option(help: "An image store.")
  var store: String?

  @Option(help: "Only a part of a split of the store, as NAME:PART.", transform: SplitPart.read)
  var split: SplitPart?

  @Option(name: .customLong("run"), help: "A generation run.")
  var generationRun: String?

  @Option(name: .customLong("out"), help: "The NumPy file to write.")
  var file: String

  @Option(name: .customLong("list"), help: "A CSV file to write the image of each row to.")
  var listFile: String?

  @Option(help: "The images that the network is given together.")
  var batchSize = 32

  @OptionGroup var compute: DeviceOptions

  @Flag(name: .customLong("dry-run"), help: "Find network and images; compute and write nothing.")
  var isDryRun = false

  mutating func validate() throws {
    guard [folder, store, generationRun].compactMap(\.self).count == 1 else {
      throw ValidationError("Name the images once: with --folder, --store or --run.")
    }
    guard split == nil || store != nil else {
      throw ValidationError("--split is a part of --store; name that too.")
    }
    guard batchSize > 0 else { throw ValidationError("--batch-size takes a number from 1.") }
    for path in [file, listFile].compactMap(\.self) { try catalog.requireOther(than: path) }
    guard FeatureRecord.path(of: file) != file, listFile != file else {
      throw ValidationError("--out takes a name that ends in .npy, and --list another one.")
    }
  }

  func run() async throws {
    let source = try FeatureFile(path: network, resize: resize, description: description)
    let (images, names, words) = try images()
    var record = FeatureRecord(
      network: source.name, weightsSHA256: try source.sha256, convention: source.convention,
      source: words, imageCount: images.count, featureCount: 0)
    if !isDryRun {
      let features = try await features(of: images, by: source)
      let width = features.count / images.count
      record = FeatureRecord(
        network: record.network, weightsSHA256: record.weightsSHA256,
        convention: record.convention, source: words, imageCount: images.count,
        featureCount: width)
      try NPYMatrix.write(features, columnCount: width, to: file)
      try JSONDocument.write(record, to: FeatureRecord.path(of: file))
      if let listFile {
        var table = CSVWriter(header: ["row", "image"])
        for (row, name) in names.enumerated() { table.append(["\(row)", name]) }
        try AtomicFile.write(table.bytes, to: listFile)
      }
    }
    let document = Document(record: record, file: file, isDryRun: isDryRun)
    try output.write(document) { _ in
      let count = NumberText.count(images.count, "image")
      return isDryRun
        ? "Dry run, nothing was computed: \(count), \(source).\n"
        : "\(NumberText.count(record.featureCount, "feature")) of \(count) in \(file): \(source).\n"
    }
  }

  private func features(of images: ImageSet, by source: FeatureFile) async throws -> [Float] {
    let (device, workers) = try await compute.prepare()
    var batches = PictureBatches()
    batches.device = device
    batches.batchSize = batchSize
    batches.workers = workers
    let line = ProgressLine("Embedding", total: images.count)
    defer { line.finish() }
    return try await embed(images, by: source, batches) { line.update($0) }
  }

  @TensorActor private func embed(
    _ images: ImageSet, by source: FeatureFile, _ batches: PictureBatches,
    progress: @Sendable (Int) -> Void
  ) async throws -> [Float] {
    let network = try source.network(on: batches.device)
    for note in network.notes { Console.note("weights: \(note)") }
    var rows: [Float] = []
    for chunk in RowCache.chunks(of: images.count) {
      try Task.checkCancellation()
      rows += try await batches.features(of: chunk.count, by: network) { [image = images.image] in
        try image(chunk.lowerBound + $0)
      }
      progress(chunk.upperBound)
    }
    return rows
  }

  /// The images, their names, and what they are in words.
  private func images() throws -> (ImageSet, names: [String], words: String) {
    if let folder {
      let paths = try SimilarityOptions.images(at: folder).sorted { $0.key < $1.key }.map(\.value)
      return (ImageSet(paths: paths, limits: size.limits), paths, "folder \(folder)")
    }
    let catalog = try Catalog(path: catalog.path, access: .read)
    if let store {
      let reference = try MemorizationSearch.reference(store: store, part: split, in: catalog)
      return (
        reference.images, reference.names.map { "\($0.dataset)/\($0.imageName)" },
        "store \(store)" + (split.map { ", split \($0)" } ?? "")
      )
    }
    let name = generationRun ?? ""
    let run = try catalog.generationRun(name)
    let paths = try catalog.acceptedImages(of: name).compactMap(\.attempt.relativePath)
      .map { "\(run.folder)/\($0)" }
    guard !paths.isEmpty else {
      throw GenerationError(
        .empty,
        "Run \(name) has no accepted image; see what the checks said with cxr diffusion yield \(name)."
      )
    }
    return (ImageSet(paths: paths, limits: size.limits), paths, "run \(name)")
  }
}
