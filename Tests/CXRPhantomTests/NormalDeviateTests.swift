// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRTestSupport
import Testing

@testable import CXRPhantom

@Suite("Normal deviates")
struct NormalDeviateTests {
  @Test(
    "Have mean 0, variance 1 and the normal share below a bound", arguments: [1, 2, 3] as [UInt64])
  func areStandardNormal(seed: UInt64) {
    let stream = RandomStream(seed: seed, purpose: "test", index: 0)
    let deviates = (0..<20_000).map { stream.normal(at: $0) }
    let mean = deviates.reduce(0, +) / 20_000
    let square = deviates.reduce(0) { $0 + $1 * $1 } / 20_000
    // Four standard errors: 4 / √20,000 and 4 · √(2 / 20,000).
    #expect(mean.isClose(to: 0, absolute: 0.03))
    #expect(square.isClose(to: 1, absolute: 0.04))
    #expect(deviates.share { $0 < 1 }.isClose(to: normalShare(below: 1), absolute: 0.012))
  }

  @Test("The share below a deviate is the normal distribution's")
  func shareIsNormal() {
    #expect(normalShare(below: 0) == 0.5)
    #expect(normalShare(below: 1.959963984540054).isClose(to: 0.975, absolute: 1e-15))
    #expect(normalShare(below: -1.959963984540054).isClose(to: 0.025, absolute: 1e-15))
  }

  @Test(
    "Six decimals are written in full",
    arguments: [
      (0, "0.000000"), (0.0000004, "0.000000"), (0.5, "0.500000"), (1_023.25, "1023.250000"),
    ])
  func writesSixDecimals(number: Double, text: String) {
    #expect(number.sixDecimals == text)
  }
}
