// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import CXRTensor

@Suite("Release of libtorch")
struct TorchReleaseTests {
  @Test("Reads libtorch's number of a release")
  func readsNumber() {
    #expect(TorchRelease(number: 0x020D_0100_0000_0007).description == "2.13.1")
  }

  @Test(
    "Another release than that of the headers is refused with a remedy", arguments: [true, false])
  func refusesOther(isChosen: Bool) throws {
    let built = TorchRelease("2.13.0")
    try built.require(loaded: TorchRelease(number: 0x020D_0000_0000_0000), isChosen: isChosen)
    let error = #expect(throws: TensorError.self) {
      try built.require(loaded: TorchRelease(number: 0x020C_0100_0000_0000), isChosen: isChosen)
    }
    #expect(error?.code == .unavailable)
    #expect(error?.message.contains("libtorch 2.12.1 was loaded") == true)
    #expect(error?.message.contains("unset it") == isChosen)
    #expect(error?.message.contains("make build") == !isChosen)
  }
}
