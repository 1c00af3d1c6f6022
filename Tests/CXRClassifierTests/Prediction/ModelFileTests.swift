// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing
import CXRTraining

@Suite("ModelFile")
struct ModelFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let program = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "CXRTensorTests/Golden/age.pt")

  /// Writes tensors of zeros, and others of given numbers.
  private func write(
    _ shapes: [String: [Int]], numbers: [String: [Float]] = [:], to name: String
  ) throws -> String {
    let zeros = shapes.map { name, shape in
      StoredTensor(
        name: name, scalarType: .float32, shape: shape,
        bytes: [UInt8](repeating: 0, count: 4 * shape.reduce(1, *)))
    }
    let others = numbers.map { name, values in
      StoredTensor(
        name: name, scalarType: .float32, shape: [values.count],
        bytes: values.flatMap { value in
          (0..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        })
    }
    try SafetensorsFile.write(StoredTensors(zeros + others), to: folder.path(name))
    return folder.path(name)
  }

  private let xrvShapes = [
    "model.features.conv0.weight": [64, 1, 7, 7], "model.classifier.weight": [18, 1024],
  ]

  @Test("Knows a model of torchxrayvision by its operating points", arguments: XRVModel.allCases)
  func operatingPoints(_ model: XRVModel) throws {
    let points = model.normalization.thresholds.map { $0.map { Float($0) } ?? .nan }
    let path = try write(xrvShapes, numbers: ["model.op_threshs": points], to: "any.safetensors")
    let file = try ModelFile(path: path)
    #expect(file.kind == .xrv(model))
    #expect(file.outputs.count == model.outputs.count)
    #expect(file.untrainedOutputs.count == 18 - model.outputs.count)
    #expect(file.weightsPath == path)
  }

  @Test("Knows a model of torchxrayvision by its published name, or asks which it is")
  func publishedNames() throws {
    let named = try write(xrvShapes, to: "densenet121-res224-mimic_ch.safetensors")
    #expect(try ModelFile(path: named).kind == .xrv(.mimicCheXpert))
    let other = try write(xrvShapes, to: "weights.safetensors")
    let error = #expect(throws: FileError.self) { try ModelFile(path: other) }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains("--as xrv:NAME") == true)
    #expect(try ModelFile(path: other, as: .xrv(.nih)).kind == .xrv(.nih))
  }

  @Test("Knows the models of age and sex by their published names, not by their sizes")
  func demographics() throws {
    let shapes = [
      "model.conv1.weight": [64, 3, 7, 7], "model.layer1.0.conv1.weight": [64, 64, 3, 3],
      "model.fc.weight": [2, 512],
    ]
    let path = try write(shapes, to: DemographicModel.sex.publishedFile)
    #expect(try ModelFile(path: path).kind == .demographic(.sex))
    #expect(try ModelFile(path: path).outputs == [.sex(.male), .sex(.female)])
    let other = try write(shapes, to: "resnet.safetensors")
    let error = #expect(throws: FileError.self) { try ModelFile(path: other) }
    #expect(error?.message.contains("3 channels and 2 outputs") == true)
    #expect(error?.message.contains("--as sex") == true)
    let age = folder.path(DemographicModel.age.publishedFile)
    try FileManager.default.copyItem(at: Self.program, to: URL(filePath: age))
    #expect(try ModelFile(path: age).outputs == [.ageYears])
  }

  @Test("Says what it found in what is no model")
  func others() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path("empty"), withIntermediateDirectories: true)
    try folder.write("a,b\n", to: "table.csv")
    let unknown = try write(["unet.conv_in.weight": [1]], to: "unet.safetensors")
    let imageNet = try write(
      ["features.conv0.weight": [64, 3, 7, 7], "classifier.weight": [1000, 1024]],
      to: "imagenet.safetensors")
    for (path, words) in [
      (folder.path("absent"), "neither a folder nor a file"),
      (folder.path("empty"), "without classifier.json"),
      (folder.path("table.csv"), "is no file of weights"),
      (unknown, "1 tensor (unet.conv_in.weight)"),
      (imageNet, "a DenseNet with 3 channels and 1,000 outputs"),
    ] {
      let error = #expect(throws: FileError.self) { try ModelFile(path: path) }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
      #expect(error?.message.contains(path) == true)
    }
  }

  @Test("Reads the description beside a program, and says how to write one")
  func programs() throws {
    let path = folder.path("net.pt")
    try FileManager.default.copyItem(at: Self.program, to: URL(filePath: path))
    let error = #expect(throws: FileError.self) { try ModelFile(path: path) }
    #expect(error?.code == .missing)
    #expect(error?.message.contains("net.json") == true)
    try folder.write(
      """
      {"outputs": ["Edema", null, "Nodule"], "values": "probabilities", "side": 320,
       "channels": 3, "scale": "imageNet"}
      """, to: "net.json")
    let file = try ModelFile(path: path)
    #expect(file.kind == .script)
    #expect(file.outputs == [.label("Edema"), .label("Nodule")])
    try folder.write(
      """
      {"outputs": ["share F", "share M", "share Hispanic", "ageYears", "Effusion"],
       "values": "probabilities", "side": 64, "channels": 1, "scale": "unit"}
      """, to: "net.json")
    #expect(
      try ModelFile(path: path).outputs
        == [.sex(.female), .sex(.male), .race(.hispanic), .ageYears, .label("Pleural Effusion")])
  }

  @Test(
    "Names what is wrong in a description",
    arguments: [
      (#""output": ["A"]"#, "did you mean 'outputs'"), (#""outputs": []"#, "one output at least"),
      (#""outputs": [null]"#, "one output at least"),
      (#""outputs": ["Effusion", "Pleural Effusion"]"#, "each name stands once"),
      (#""outputs": ["share F", "share M"]"#, "need \"probabilities\""),
      (#""values": "odds""#, "'odds' is neither"), (#""side": 0"#, "a side has 1 to"),
      (#""channels": 2"#, "1 or 3 channels"), (#""scale": "hounsfield""#, "'hounsfield' is none"),
      (#""scale": {"mean": [0, 1], "standardDeviation": [1, 1]}"#, "one mean for all"),
      (#""scale": {"mean": [0], "standardDeviation": [0]}"#, "above 0"),
      (#""scale": {"mean": [0]}"#, "standardDeviation is missing"),
    ])
  func descriptions(member: String, words: String) throws {
    let key = member.prefix { $0 != ":" }
    let members = [
      #""outputs": ["Edema"]"#, #""values": "logits""#, #""side": 224"#, #""channels": 3"#,
      #""scale": "unit""#,
    ].filter { !$0.hasPrefix(key + ":") }
    try folder.write("{\((members + [member]).joined(separator: ", "))}", to: "d.json")
    let error = #expect(throws: FileError.self) {
      try ModelFile(path: Self.program.path, as: .script, description: folder.path("d.json"))
    }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
  }

  @Test("Reads kinds as they are typed, and torchxrayvision's own names")
  func kinds() throws {
    for (text, kind) in [
      ("classifier", ModelKind.classifier), ("script", .script), ("xrv:pc", .xrv(.padChest)),
      ("xrv:densenet121-res224-all", .xrv(.all)), ("densenet121-res224-nih", .xrv(.nih)),
      ("age", .demographic(.age)),
    ] {
      #expect(try ModelKind(text) == kind)
      #expect(try ModelKind("\(kind)") == kind)
    }
    let error = #expect(throws: TrainingDataError.self) { try ModelKind("xrv:chexx") }
    #expect(error?.message.contains("did you mean xrv:chex?") == true)
  }
}
