// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRImage
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("DemographicClassifier", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DemographicClassifierTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func image(darkest: UInt8 = 10) -> GrayImage {
    GrayImage(
      width: 64, height: 64,
      pixels: .bytes(ContiguousArray((0..<4096).map { darkest + UInt8($0 * 7 % 200) })),
      bitDepth: 8)
  }

  /// Writes a synthetic file in the spelling of the published one.
  private func write(
    _ name: String, outputs: Int, _ spelled: (String) -> String
  ) throws -> (path: String, network: Network<ResNet>) {
    let network = try Network(seed: 5) { scope throws(TensorError) in
      try ResNet(.resnet34(outputs: outputs), in: scope)
    }
    let path = folder.path(name)
    let tensors = try network.state.stored().map { $0.renamed(spelled($0.name)) }
    try SafetensorsFile.write(StoredTensors(tensors), to: path)
    return (path, network)
  }

  private func shares(
    _ network: Network<ResNet>, _ model: DemographicModel, _ image: GrayImage
  ) throws -> [Double] {
    let pixels = try model.planes(of: image).flatMap(\.self)
    let pictures = try Tensor(pixels, shape: [1, 3, model.side, model.side])
    let logits = try withInference {
      try network.module(pictures, .evaluation).values(as: Double.self)
    }
    let powers = logits.map { exp($0 - (logits.max() ?? 0)) }
    return powers.map { $0 / powers.reduce(0, +) }
  }

  @Test("Tells the sex from a file with Lightning's names")
  func sex() throws {
    let (path, network) = try write("sex.ckpt", outputs: 2) { "model.\($0)" }
    let classifier = try DemographicClassifier(.sex, weights: path)
    #expect(classifier.notes == ["model. removed from 218 names"])
    let estimates = try classifier.estimates(for: [image(), image(darkest: 50)])
    #expect(estimates.count == 2)
    let expected = try shares(network, .sex, image())
    guard case .sex(let found) = estimates[0] else { throw TestFailure() }
    #expect(abs((found[.male] ?? 0) - expected[0]) < 1e-4)
    #expect(abs((found[.female] ?? 0) - expected[1]) < 1e-4)
    #expect(estimates[0].mostLikelySex == (expected[0] > expected[1] ? .male : .female))
    #expect(estimates[0].mostLikelyRace == nil)
  }

  @Test("Tells the race from a file with DataParallel's names and a numbered head")
  func race() throws {
    let (path, network) = try write("race.pt", outputs: 3) {
      "module.\($0.replacing("fc.", with: "fc.0."))"
    }
    let classifier = try DemographicClassifier(.race, weights: path)
    #expect(
      classifier.notes == ["module. removed from 218 names", "fc.0 read as fc in 2 names"])
    let estimate = try classifier.estimates(for: [image()])[0]
    let expected = try shares(network, .race, image())
    guard case .race(let found) = estimate else { throw TestFailure() }
    #expect(found[.hispanic] == nil)
    for (race, share) in zip([Race.asian, .black, .white], expected) {
      #expect(abs((found[race] ?? 0) - share) < 1e-4)
    }
    #expect(estimate.mostLikelyRace != .hispanic)
  }

  @Test("Tells the age by a program of PyTorch's")
  func age() throws {
    // 40 years and 20 for each unit of brightness; see Scripts/golden/make_script_modules.py.
    let path = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "CXRTensorTests/Golden/age.pt").path
    let classifier = try DemographicClassifier(.age, weights: path)
    let planes = try DemographicModel.age.planes(of: image()).flatMap(\.self)
    let brightness = planes.reduce(0) { $0 + Double($1) } / Double(planes.count)
    guard case .ageYears(let age) = try classifier.estimates(for: [image()])[0] else {
      throw TestFailure()
    }
    #expect(abs(age - (40 + 20 * brightness)) < 1e-3)
    #expect(try classifier.estimates(for: []).isEmpty)
  }

  @Test("Refuses the file of another model")
  func refusesOthers() throws {
    let (path, _) = try write("race.pt", outputs: 3) { $0 }
    #expect(throws: TensorError.self) { try DemographicClassifier(.sex, weights: path) }
    #expect(throws: TensorError.self) { try DemographicClassifier(.age, weights: path) }
  }

  private struct TestFailure: Error {}
}
