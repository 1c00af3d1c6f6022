// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CXRImage

@Suite("Resize conventions")
struct ResizeConventionTests {
  @Test("Names program, filter and size")
  func namesItself() {
    #expect(
      ResizeConvention.allCases.map(\.description) == [
        "clean-fid (bicubic, 299 × 299)", "pytorch-fid (point-bilinear, 299 × 299)",
        "torch-fidelity (corner-bilinear, 299 × 299)", "torchmetrics (bilinear, 299 × 299)",
      ])
  }

  @Test("Gives each program's input, which differ from each other")
  func givesInputs() throws {
    let image = ImageGolden.picture(512, 512, seed: 1)
    let inputs = ResizeConvention.allCases.map { $0.input(image) }
    #expect(inputs.allSatisfy { $0.width == 299 && $0.height == 299 })
    for second in inputs.indices {
      for first in 0..<second {
        #expect(inputs[first].distance(to: inputs[second].pixels.map { Double($0) }) > 1)
      }
    }
    let expected = try RangedImage<ByteRange>(image)
      .transformed(by: .resize(.square(299), .bicubic))
    #expect(inputs[0] == expected)
  }
}
