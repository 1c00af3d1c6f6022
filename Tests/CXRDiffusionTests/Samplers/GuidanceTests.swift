// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Guidance", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct GuidanceTests {
  let prompt = ClosedForm.input(16, a: 0.6).map(Double.init)
  let empty = ClosedForm.input(16, a: 2.1, b: 0.4).map(Double.init)

  func combined(_ guidance: Guidance) throws -> [Double] {
    try guidance.combined(
      with: Tensor(prompt.map(Float.init), shape: [2, 2, 4]),
      without: Tensor(empty.map(Float.init), shape: [2, 2, 4])
    ).values(as: Double.self)
  }

  /// The spread of an image's eight numbers.
  func spread(_ values: ArraySlice<Double>) -> Double {
    let mean = values.reduce(0, +) / 8
    return values.map { ($0 - mean) * ($0 - mean) }.reduce(0, +).squareRoot()
  }

  @Test("Goes from the empty prompt's answer beyond the prompt's")
  func goesBeyond() throws {
    for (index, value) in try combined(Guidance(scale: 4)).enumerated() {
      let expected = empty[index] + 4 * (prompt[index] - empty[index])
      #expect(value.isClose(to: expected, absolute: 1e-5))
    }
    #expect(try combined(Guidance(scale: 1)) == prompt)
    #expect(Guidance(scale: 1).needsEmptyPrompt == false)
    #expect(Guidance(scale: 1.5).needsEmptyPrompt)
  }

  @Test("Gives each image the spread of the prompt's answer back", arguments: [0.7, 1])
  func rescales(_ share: Double) throws {
    let plain = try combined(Guidance(scale: 4))
    let rescaled = try combined(Guidance(scale: 4, rescale: share))
    for image in [0..<8, 8..<16] {
      let ratio = spread(prompt[image]) / spread(plain[image])
      for index in image {
        let expected = plain[index] * (share * ratio + 1 - share)
        #expect(rescaled[index].isClose(to: expected, absolute: 1e-5))
      }
    }
  }

  @Test("Refuses scales below 1 and shares above 1")
  func refuses() async {
    await #expect(processExitsWith: .failure) { _ = Guidance(scale: 0.5) }
    await #expect(processExitsWith: .failure) { _ = Guidance(scale: 2, rescale: 1.1) }
  }
}
