// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRTensor
import Testing

@Suite("OperatingPointNormalization")
struct OperatingPointNormalizationTests {
  private let normalization = OperatingPointNormalization(thresholds: [0.1, nil, 0.5])

  @Test("Draws two lines through the operating point")
  func lines() {
    let cases: [(Double, Double)] = [(0, 0), (0.05, 0.25), (0.1, 0.5), (0.55, 0.75), (1, 1)]
    for (probability, expected) in cases {
      #expect(abs(normalization(probability, output: 0) - expected) < 1e-12)
      #expect(normalization(probability, output: 1) == 0.5)
      #expect(abs(normalization(probability, output: 2) - probability) < 1e-12)
    }
  }

  @Test(
    "Gives for tensors what it gives for numbers",
    .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  func tensors() throws {
    let normalization = XRVModel.cheXpert.normalization
    let steps = (0...40).map { Float($0) / 40 }
    let rows = steps.flatMap { Array(repeating: $0, count: 18) }
    let found = try normalization(Tensor(rows, shape: [41, 18])).values(as: Float.self)
    for (index, value) in found.enumerated() {
      let expected = normalization(Double(steps[index / 18]), output: index % 18)
      #expect(abs(Double(value) - expected) < 1e-6)
    }
  }

  @Test(
    "Refuses another number of outputs",
    .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  func refusesOtherOutputs() {
    let error = #expect(throws: TensorError.self) { try normalization(Tensor.zeros([2, 4])) }
    #expect(error?.code == .refused)
  }

  @Test("A threshold of 0 or 1 is a mistake of the caller")
  func refusesExtremes() async {
    await #expect(processExitsWith: .failure) { _ = OperatingPointNormalization(thresholds: [0]) }
    await #expect(processExitsWith: .failure) { _ = OperatingPointNormalization(thresholds: [1]) }
  }
}
