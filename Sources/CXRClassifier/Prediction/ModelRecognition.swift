// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
internal import CXRTensor
internal import Foundation

/// Finds out which model a file or folder holds.
struct ModelRecognition {
  /// The file or folder.
  let path: String
  /// The file that describes a program; `nil` for the one beside it.
  let description: String?

  /// The kind of the model.
  ///
  /// - Throws: `FileError` that says what was found.
  func kind() throws(FileError) -> ModelKind {
    var isFolder: ObjCBool = false
    guard unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw FileError(
        .missing,
        "\(path) is neither a folder nor a file; name the folder that cxr train wrote, or the file "
          + "of a published model.")
    }
    if isFolder.boolValue {
      if Classifier.isFolder(path) { return .classifier }
      throw FileError(
        .missing,
        "\(path) is a folder without classifier.json; name the folder that cxr train wrote, such as "
          + "OUT/best.")
    }
    if let published = publishedModel { return .demographic(published) }
    if try isProgram { return .script }
    return try kind(of: WeightFile(path: path).tensors)
  }

  /// The description of a program.
  ///
  /// - Throws: `FileError` with code `.missing` or `.malformed`.
  func scriptDescription() throws(FileError) -> ScriptDescription {
    let ending = URL(filePath: path).pathExtension
    let beside = (ending.isEmpty ? path : String(path.dropLast(ending.count + 1))) + ".json"
    let file = description ?? beside
    guard FileManager.default.fileExists(atPath: file) else {
      throw FileError(
        .missing,
        "\(path) is a program in TorchScript, and there is no \(file) to say what it takes and gives; "
          + "write {\"outputs\": [\"Edema\", …], \"values\": \"logits\", \"side\": 224, "
          + "\"channels\": 3, \"scale\": \"imageNet\"} into it, or say which model it is with --as."
      )
    }
    return try JSONDocument.read(from: file)
  }

  /// The model of age, sex or race that was published under the file's name.
  private var publishedModel: DemographicModel? {
    let name = URL(filePath: path).lastPathComponent
    return [DemographicModel.sex, .race, .age].first { model in
      name.hasPrefix(URL(filePath: model.publishedFile).deletingPathExtension().lastPathComponent)
    }
  }

  /// Whether the file is a zip archive with the constants of a program.
  var isProgram: Bool {
    get throws(FileError) {
      let file = try MappedFile(path: path)
      let isArchive = file.withBytes { bytes in
        unsafe bytes.withUnsafeBytes { unsafe $0.starts(with: "PK".utf8) }
      }
      guard isArchive else { return false }
      let reader = try ZipArchiveReader(mapping: file, path: path)
      while let entry = try reader.next() {
        if entry.path.hasSuffix("/constants.pkl") { return true }
      }
      return false
    }
  }

  private func kind(of tensors: StoredTensors) throws(FileError) -> ModelKind {
    func shape(_ ending: String) -> [Int]? {
      tensors.first { $0.name == ending || $0.name.hasSuffix(".\(ending)") }?.shape
    }
    let isXRV =
      shape("features.conv0.weight") == [64, 1, 7, 7]
      && shape("classifier.weight") == [XRVOutput.allCases.count, 1024]
    if isXRV {
      if let model = try xrvModel(of: tensors) { return .xrv(model) }
      throw FileError(
        .malformed,
        "\(path) is a DenseNet-121 of torchxrayvision, and nothing tells which; say so with --as xrv:NAME, "
          + "where NAME is \(XRVModel.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
    let found: String
    if let stem = shape("conv1.weight"), shape("layer1.0.conv1.weight") != nil,
      let head = shape("fc.weight") ?? shape("fc.0.weight")
    {
      found =
        "a residual network with \(NumberText.count(stem[1], "channel")) and "
        + "\(NumberText.count(head[0], "output")), and nothing that tells their meaning; if it is the "
        + "published model of sex or race, say --as sex or --as race"
    } else if let stem = shape("features.conv0.weight"), let head = shape("classifier.weight") {
      found =
        "a DenseNet with \(NumberText.count(stem[1], "channel")) and "
        + "\(NumberText.count(head[0], "output")), and nothing that tells their meaning; name the folder of "
        + "a classifier, or a program in TorchScript with its description"
    } else {
      let names = tensors.names.prefix(3).joined(separator: ", ")
      found =
        "\(NumberText.count(tensors.count, "tensor")) (\(names)\(tensors.count > 3 ? ", …" : "")) "
        + "of no model that is known; a model is \(ModelKind.grammar)"
    }
    throw FileError(.malformed, "\(path) holds \(found).")
  }

  /// The model whose operating points lie beside the weights, or whose name the file has.
  private func xrvModel(of tensors: StoredTensors) throws(FileError) -> XRVModel? {
    if let points = tensors.first(where: { ".\($0.name)".hasSuffix(".op_threshs") }),
      let values = try? points.numbers()
    {
      let model = XRVModel.allCases.first { model in
        model.normalization.thresholds.elementsEqual(values) { point, value in
          point.map { abs($0 - value) <= 1e-6 * $0 } ?? value.isNaN
        }
      }
      if let model { return model }
    }
    let name = URL(filePath: path).lastPathComponent
    return XRVModel.allCases.first { name.hasPrefix("\($0.name).") }
  }
}
