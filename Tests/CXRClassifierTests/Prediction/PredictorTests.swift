// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRImage
import CXRTensor
import CXRTestSupport
import Foundation
import Synchronization
import Testing
import CXRTraining

@Suite("Predictor", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct PredictorTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a small classifier for pictures of 8².
  @TensorActor private func classifier(spoiled: Bool = false) throws -> String {
    var network = DenseNetConfiguration(outputs: 2)
    network.inputChannels = 1
    network.stemChannels = 4
    network.growth = 4
    network.blockLayers = [2]
    let classifier = try Classifier(
      ClassifierDescription(
        architecture: .denseNet(network), labels: .findings(.edema, .fracture), side: 8,
        scale: .signedUnit),
      seed: 5, on: .cpu)
    if spoiled {
      try withoutGradients {
        try classifier.state["classifier.bias"]?.assign(
          Tensor([0, Float.nan], shape: [2]))
      }
    }
    try classifier.write(to: folder.path("best"))
    return folder.path("best")
  }

  @Test("Gives the probabilities of each image in order, the last batch being a short one")
  func order() async throws {
    let path = try await classifier()
    let images = try MadeUpImages.list(8)
    var predictor = try Predictor(ModelFile(path: path))
    predictor.batchSize = 3
    let done = Mutex<[Int]>([])
    let predictions = try await predictor.predictions(of: images) { count in
      done.withLock { $0.append(count) }
    }
    #expect(done.withLock { $0 } == [3, 6, 8])
    #expect(predictions.outputs == [.label("Edema"), .label("Fracture")])
    #expect(predictions.values.map(\.count) == [8, 8])
    #expect(Set(predictions.values[0]).count == 8)

    // Each image by itself, read and scaled here.
    let expected = try await TensorActor.run {
      let classifier = try Classifier(folder: path, on: .cpu)
      return try (0..<8).map { row in
        let image = try images.pixels.image(at: images.pixelIndices[row])
        let pixels = RangedImage<SignedUnitRange>(RangedImage<UnitRange>(image)).pixels
        let logits = try withInference {
          try classifier.logits(Tensor(Array(pixels), shape: [1, 1, 8, 8]), .evaluation)
            .values(as: Double.self)
        }
        return logits.map { 1 / (1 + exp(-$0)) }
      }
    }
    for row in 0..<8 {
      for output in 0..<2 {
        #expect(abs(predictions.values[output][row] - expected[row][output]) < 1e-6)
      }
    }
    predictor.workers = 3
    #expect(try await predictor.predictions(of: images).values == predictions.values)
  }

  @Test("Ends when the task is cancelled")
  func cancellation() async throws {
    var predictor = try Predictor(ModelFile(path: await classifier()))
    predictor.batchSize = 1
    let images = try MadeUpImages.list(8)
    let done = Mutex(0)
    let work = Task { [predictor] in
      try await predictor.predictions(of: images) { count in
        done.withLock { $0 = count }
        if count == 2 { unsafe withUnsafeCurrentTask { task in unsafe task?.cancel() } }
      }
    }
    await #expect(throws: CancellationError.self) { _ = try await work.value }
    #expect(done.withLock { $0 } == 2)
  }

  @Test("Refuses images of another size, one that cannot be read, and numbers that are none")
  func refuses() async throws {
    let predictor = try Predictor(ModelFile(path: await classifier()))
    let large = try MadeUpImages.list(3, pixels: MadeUpPixels(side: 16))
    let size = await #expect(throws: TrainingDataError.self) {
      try await predictor.predictions(of: large)
    }
    #expect(size?.code == .unfitSources)
    #expect(size?.message.contains("takes images of 8 pixels a side, and these have 16") == true)
    let broken = try MadeUpImages.list(3, pixels: MadeUpPixels(unreadable: [1]))
    let image = await #expect(throws: TrainingDataError.self) {
      try await predictor.predictions(of: broken)
    }
    #expect(image?.code == .unreadableImage)
    let spoiled = try Predictor(ModelFile(path: await classifier(spoiled: true)))
    let images = try MadeUpImages.list(3)
    let number = await #expect(throws: TensorError.self) {
      try await spoiled.predictions(of: images)
    }
    #expect(number?.code == .nonFinite)
    #expect(number?.message.contains("no number for Fracture") == true)
  }

  @Test("Gives torchxrayvision's scores from pixels, without what was not trained")
  func xrv() async throws {
    let path = folder.path("xrv.safetensors")
    let model = XRVModel.rsna
    try await TensorActor.run {
      let network = try Network(seed: 3) { scope throws(TensorError) in
        try DenseNet(XRVModel.configuration, in: scope)
      }
      let image = RangedImage<XRVRange>(
        RangedImage<UnitRange>(try MadeUpPixels(side: 224).image(at: 0)))
      let input = try Tensor(Array(image.pixels), shape: [1, 1, 224, 224])
      try Self.temper(network.state["classifier.weight"]) {
        try network.module(input, .evaluation).values(as: Double.self)
      }
      let points = model.normalization.thresholds.map { $0.map { Float($0) } ?? .nan }
      let threshold = try Tensor(points, shape: [18]).stored(named: "op_threshs")
      try SafetensorsFile.write(StoredTensors(network.state.stored() + [threshold]), to: path)
    }
    let file = try ModelFile(path: path)
    #expect(file.kind == .xrv(.rsna))
    #expect(file.outputs == [.label("Pneumonia"), .label("Lung Opacity")])
    #expect(file.untrainedOutputs.count == 16)
    let images = try MadeUpImages.list(2, pixels: MadeUpPixels(side: 224))
    var predictor = Predictor(file)
    predictor.batchSize = 1
    let predictions = try await predictor.predictions(of: images)
    #expect(predictions.notes == ["1 name not needed: 'op_threshs'"])
    let expected = try await TensorActor.run {
      let inputs = try (0..<2).map { row in
        RangedImage<XRVRange>(
          RangedImage<UnitRange>(try images.pixels.image(at: images.pixelIndices[row])))
      }
      return try XRVClassifier(model, weights: path).scores(of: inputs)
    }
    for row in 0..<2 {
      #expect(abs(predictions.values[0][row] - (expected[row][.pneumonia] ?? -1)) < 1e-5)
      #expect(abs(predictions.values[1][row] - (expected[row][.lungOpacity] ?? -1)) < 1e-5)
    }
    #expect(predictions.values[0][0] != predictions.values[0][1])
    #expect(predictions.estimates(at: 0).isEmpty)
  }

  @Test("Takes pictures that are bright all over, which no file would be converted to")
  func brightPictures() async throws {
    struct White: PixelSource {
      let side = 224
      let contentDigest = "white"
      func image(at index: Int) throws -> GrayImage {
        GrayImage(
          width: side, height: side,
          pixels: .bytes(ContiguousArray(repeating: 250, count: side * side)), bitDepth: 8)
      }
      func place(of index: Int) -> String { "place \(index)" }
    }
    let path = folder.path("densenet121-res224-all.safetensors")
    try await TensorActor.run {
      let network = try Network(seed: 3) { scope throws(TensorError) in
        try DenseNet(XRVModel.configuration, in: scope)
      }
      try SafetensorsFile.write(StoredTensors(network.state.stored()), to: path)
    }
    let images = try LabelledImages(
      labels: .findings(.edema), radiographIDs: [1], patientIDs: [1], pixelIndices: [0],
      targets: [1],
      pixels: White())
    let predictions = try await Predictor(ModelFile(path: path)).predictions(of: images)
    #expect(predictions.values.count == 18)
  }

  /// Ramps from black to white, the darker the higher their number.
  private struct Ramps: PixelSource {
    let side = 224
    let contentDigest = "ramps"

    func image(at index: Int) throws -> GrayImage {
      let row = (0..<side).map { column in
        UInt8(255 * pow(Double(column) / Double(side - 1), Double(index + 1)))
      }
      return GrayImage(
        width: side, height: side,
        pixels: .bytes(ContiguousArray((0..<side).flatMap { _ in row })), bitDepth: 8)
    }

    func place(of index: Int) -> String { "ramp \(index)" }
  }

  @Test("Tells sex and age as the models' own estimates do, in the order of the images")
  func demographics() async throws {
    let path = folder.path("sex.ckpt")
    try await TensorActor.run {
      let network = try Network(seed: 5) { scope throws(TensorError) in
        try ResNet(.resnet34(outputs: 2), in: scope)
      }
      let image = try Ramps().image(at: 0)
      let input = try Tensor(
        DemographicModel.sex.planes(of: image).flatMap(\.self), shape: [1, 3, 224, 224])
      try Self.temper(network.state["fc.weight"]) {
        try network.module(input, .evaluation).values(as: Double.self)
      }
      let tensors = try network.state.stored().map { $0.renamed("model.\($0.name)") }
      try SafetensorsFile.write(StoredTensors(tensors), to: path)
    }
    let images = try LabelledImages(
      labels: .findings(.edema), radiographIDs: [1, 2], patientIDs: [1, 2], pixelIndices: [2, 0],
      targets: [1, 0], pixels: Ramps())
    for (model, path) in [(DemographicModel.sex, path), (.age, Self.program)] {
      let file = try ModelFile(path: path, as: .demographic(model))
      var predictor = Predictor(file)
      predictor.batchSize = 1
      let predictions = try await predictor.predictions(of: images)
      let expected = try await TensorActor.run {
        try DemographicClassifier(model, weights: path).estimates(
          for: (0..<2).map { try images.pixels.image(at: images.pixelIndices[$0]) })
      }
      #expect(Set(predictions.values[0]).count == 2, "\(model.name): \(predictions.values)")
      #expect(predictions.values[0].allSatisfy { model == .age || (0.01...0.99).contains($0) })
      for row in 0..<2 {
        switch (try #require(predictions.estimates(at: row).first), expected[row]) {
        case (.sex(let found), .sex(let shares)):
          for sex in Sex.allCases {
            #expect(abs((found[sex] ?? -1) - (shares[sex] ?? -2)) < 1e-6)
          }
        case (.ageYears(let found), .ageYears(let age)): #expect(abs(found - age) < 1e-3)
        default: Issue.record("another kind of estimate")
        }
      }
    }
    let small = try MadeUpImages.list(1, pixels: MadeUpPixels(side: 64))
    let predictor = try Predictor(ModelFile(path: path, as: .demographic(.sex)))
    let error = await #expect(throws: TrainingDataError.self) {
      try await predictor.predictions(of: small)
    }
    #expect(error?.message.contains("224 pixels a side or more") == true)
  }

  /// Divides the weights of a head, so that random ones are not sure of every image.
  private static func temper(_ head: Tensor?, logits: () throws -> [Double]) throws {
    let head = try #require(head)
    try withoutGradients {
      let largest = try logits().map(abs).max() ?? 1
      try head.assign(head * (1 / max(largest, 1)))
    }
  }

  /// 40 and 20 for each unit of brightness; see Scripts/golden/make_script_modules.py.
  private static var program: String {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "CXRTensorTests/Golden/age.pt").path
  }

  private func described(_ outputs: String, _ values: String) throws -> ModelFile {
    try folder.write(
      """
      {"outputs": \(outputs), "values": "\(values)", "side": 8, "channels": 3,
       "scale": {"mean": [2.5], "standardDeviation": [1]}}
      """, to: "program.json")
    return try ModelFile(
      path: Self.program, as: .script, description: folder.path("program.json"))
  }

  @Test("Runs a program as its description says")
  func script() async throws {
    let images = try MadeUpImages.list(3)
    let file = try described("[\"effusion\"]", "logits")
    #expect(file.outputs == [.label("Pleural Effusion")])
    let predictions = try await Predictor(file).predictions(of: images)
    for row in 0..<3 {
      let image = try images.pixels.image(at: images.pixelIndices[row])
      let pixels = RangedImage<UnitRange>(image).pixels
      let brightness = pixels.reduce(0) { $0 + Double($1) } / Double(pixels.count)
      let logit = 40 + 20 * (brightness - 2.5)
      #expect(abs(predictions.values[0][row] - 1 / (1 + exp(-logit))) < 1e-5)
    }
  }

  @Test("Refuses a program that gives something else than its description says")
  func scriptMistakes() async throws {
    let images = try MadeUpImages.list(3)
    for (outputs, values, words) in [
      ("[\"Edema\", null]", "logits", "names 2 outputs"),
      ("[\"Edema\"]", "probabilities", "write \"values\": \"logits\""),
    ] {
      let predictor = Predictor(try described(outputs, values))
      let error = await #expect(throws: TensorError.self) {
        try await predictor.predictions(of: images)
      }
      #expect(error?.code == .refused)
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }
}
