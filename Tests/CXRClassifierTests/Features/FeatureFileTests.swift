// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRFiles
import CXRImage
import CXRTensor
import CXRTestSupport
import CXRTraining
import Foundation
import Testing

@Suite("Feature files", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct FeatureFileTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private static let program = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "CXRTensorTests/Golden/age.pt")

  private let images = [3, 11].map { step in
    GrayImage(
      width: 64, height: 64,
      pixels: .bytes(ContiguousArray((0..<4096).map { UInt8($0 * step / 7 % 251) })), bitDepth: 8)
  }

  private func features(
    _ file: FeatureFile, batchSize: Int = 32
  ) async throws -> [Float] {
    var batches = PictureBatches()
    batches.batchSize = batchSize
    return try await Self.features(batches, file, images)
  }

  @TensorActor private static func features(
    _ batches: PictureBatches, _ file: FeatureFile, _ images: [GrayImage]
  ) async throws -> [Float] {
    let network = try file.network(on: .cpu)
    return try await batches.features(of: images.count, by: network) { images[$0] }
  }

  @Test("Inception is recognised, and gives the features of its convention")
  func inception() async throws {
    let path = folder.path("weights.safetensors")
    let network = try Network(seed: 3) { scope throws(TensorError) in
      try InceptionV3(in: scope)
    }
    try SafetensorsFile.write(network.state.stored(), to: path)
    let file = try FeatureFile(path: path, resize: .pytorchFID)
    #expect(file.kind == .inception(.pytorchFID))
    #expect("\(file)".contains("pytorch-fid") && "\(file)".contains("Inception v3"))
    let direct = try InceptionFeatures(weights: path, .pytorchFID).rows(for: images)
    let found = try await features(file)
    #expect(found.count == 2 * 2048 && found == direct)
    let clean = try FeatureFile(path: path, resize: .cleanFID)
    #expect(try clean.identity != file.identity)
    #expect(try await features(clean) != found)
  }

  @Test("A classifier gives what lies before its head, prepared as in training")
  func classifier() async throws {
    let path = folder.path("c")
    let architecture = try #require(
      Architecture(named: "densenet-small", inputChannels: 1, outputs: 1))
    let classifier = try Classifier(
      ClassifierDescription(
        architecture: architecture, labels: .findings(.edema), side: 32, scale: .signedUnit),
      seed: 4, on: .cpu)
    try classifier.write(to: path)
    let file = try FeatureFile(path: path)
    #expect(file.kind == .classifier)
    let found = try await features(file, batchSize: 1)
    // Images of 64 pixels are reduced to the side that it learned on.
    let picture = try RangedImage<SignedUnitRange>(
      RangedImage<UnitRange>(StorePreparation(side: 32)(images[0]))
    ).pixels
    let expected = try withInference {
      try classifier.features(of: Tensor(Array(picture), shape: [1, 1, 32, 32]))
        .values(as: Float.self)
    }
    #expect(expected.count > 8 && Array(found.prefix(expected.count)) == expected)
    #expect(found.prefix(expected.count) != found.suffix(expected.count))
  }

  @Test("A DenseNet of torchxrayvision gives 1,024 features, whichever it is")
  func xrv() async throws {
    let path = folder.path("x.safetensors")
    let network = try Network(seed: 5) { scope throws(TensorError) in
      try DenseNet(XRVModel.configuration, in: scope)
    }
    try SafetensorsFile.write(network.state.stored(), to: path)
    let file = try FeatureFile(path: path)
    #expect(file.kind == .xrv)
    #expect(try await features(file).count == 2 * 1024)
  }

  @Test("A program takes what its description says")
  func program() async throws {
    let path = folder.path("net.pt")
    try FileManager.default.copyItem(atPath: Self.program.path, toPath: path)
    let missing = #expect(throws: FileError.self) { try FeatureFile(path: path) }
    #expect(missing?.code == .missing && missing?.message.contains("net.json") == true)
    try folder.write(#"{"side": 16, "channels": 1, "scale": "unit"}"#, to: "net.json")
    let found = try await features(FeatureFile(path: path))
    // The program gives 40 and 20 for each unit of brightness.
    let brightness = try images.map { image in
      let pixels = try RangedImage<UnitRange>(StorePreparation(side: 16)(image)).pixels
      return pixels.reduce(0) { $0 + Double($1) } / Double(pixels.count)
    }
    #expect(zip(found, brightness).allSatisfy { abs(Double($0) - 40 - 20 * $1) < 1e-4 })
    try folder.write(#"{"resize": "clean-fid"}"#, to: "net.json")
    #expect(try await features(FeatureFile(path: path)) != found)
    for (text, words) in [
      (#"{"resize": "clean"}"#, "none of clean-fid"),
      (#"{"resize": "clean-fid", "side": 3}"#, "says side"),
      (#"{"sides": 16, "channels": 1, "scale": "unit"}"#, "did you mean 'side'?"),
      (#"{"side": 16, "channels": 2, "scale": "unit"}"#, "1 or 3 channels"),
    ] {
      try folder.write(text, to: "net.json")
      let error = #expect(throws: FileError.self) { try FeatureFile(path: path) }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test("Other weights are refused with what they are")
  func refused() throws {
    let path = folder.path("x.safetensors")
    let tensor = try Tensor.full(0, shape: [2, 3]).stored(named: "a.weight")
    try SafetensorsFile.write([tensor], to: path)
    let error = #expect(throws: FileError.self) { try FeatureFile(path: path) }
    #expect(error?.code == .malformed && error?.message.contains("a.weight") == true)
    #expect(throws: FileError.self) { try FeatureFile(path: folder.path("none")) }
    #expect(throws: FileError.self) { try FeatureFile(path: folder.path("")) }
  }
}
