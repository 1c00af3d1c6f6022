// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRImage
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("XRVClassifier", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct XRVClassifierTests {
  private let folder: TemporaryFolder
  private let path: String
  private let source: Network<DenseNet>

  /// A file as a conversion of the published one gives it: another prefix, operating points inside.
  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("xrv.safetensors")
    source = try Network(seed: 3) { scope throws(TensorError) in
      try DenseNet(XRVModel.configuration, in: scope)
    }
    let points = try Tensor([Float](repeating: 0.1, count: 18), shape: [18])
    let tensors = try source.state.stored().map { $0.renamed("module.\($0.name)") }
    try SafetensorsFile.write(
      StoredTensors(tensors + [points.stored(named: "op_threshs")]), to: path)
  }

  private func image<Range: LinearRange>(
    _ range: Range.Type, side: Int = 224
  ) throws -> RangedImage<Range> {
    let waves = ClosedForm.input(side * side).map { ($0 + 1) / 2 }
    return RangedImage<Range>(
      try RangedImage<UnitRange>(
        width: side, height: side, pixels: ContiguousArray(waves.map { min(max($0, 0), 1) })))
  }

  @Test("Has the 6,966,034 parameters of the published network")
  func size() {
    #expect(source.state.parameterCount == 6_966_034)
  }

  @Test("Names its scores: the sigmoid at the operating points, without what was not trained")
  func scores() throws {
    let classifier = try XRVClassifier(.cheXpert, weights: path)
    #expect(classifier.notes.contains("module. removed from 727 names"))
    #expect(classifier.notes.contains("1 name not needed: 'op_threshs'"))
    let input = try image(XRVRange.self)
    let scores = try classifier.scores(of: [input])
    #expect(scores.count == 1)
    #expect(Set(scores[0].keys) == Set(XRVModel.cheXpert.outputs))
    let pictures = try Tensor(Array(input.pixels), shape: [1, 1, 224, 224])
    let logits = try withInference {
      try source.module(pictures, .evaluation).values(as: Double.self)
    }
    for (index, output) in XRVOutput.allCases.enumerated() {
      guard let score = scores[0][output] else { continue }
      let probability = 1 / (1 + exp(-logits[index]))
      let expected = XRVModel.cheXpert.normalization(probability, output: index)
      #expect(abs(score - expected) < 1e-5, "\(output)")
    }
  }

  @Test("Refuses values of another range, and never converts them silently")
  func refusesRanges() throws {
    let classifier = try XRVClassifier(.all, weights: path)
    let unit = try Tensor(Array(image(UnitRange.self, side: 64).pixels), shape: [1, 1, 64, 64])
    for pictures in [unit, try unit * 2 - 1, try unit * 255, try unit * 5000 - 2500] {
      let error = #expect(throws: TensorError.self) { try classifier.scores(of: pictures) }
      #expect(error?.code == .refused)
      #expect(error?.message.contains("convert the images to XRVRange") == true)
    }
    let nan = #expect(throws: TensorError.self) {
      try classifier.scores(of: unit * Double.nan)
    }
    #expect(nan?.code == .nonFinite)
    #expect(try classifier.scores(of: unit * 2048 - 1024).shape == [1, 18])
  }

  @Test("Refuses images of another size")
  func refusesSizes() throws {
    let classifier = try XRVClassifier(.all, weights: path)
    let small = try image(XRVRange.self, side: 64)
    let error = #expect(throws: TensorError.self) { try classifier.scores(of: [small]) }
    #expect(error?.message.contains("224 × 224 pixels, not 64 × 64") == true)
    #expect(try classifier.scores(of: []).isEmpty)
  }
}
