// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRImage

/// Made pictures of one size: a slope with noise, so that nothing is constant or repeats.
struct ImageInput: Sendable {
  let images: [GrayImage]

  init(count: Int, side: Int) {
    images = (0..<count).map { index in
      let stream = RandomStream(seed: 7, purpose: "bench.image", index: index)
      let pixels = (0..<(side * side)).map { position in
        UInt8(position % side * 191 / side + Int(stream.word(at: position) >> 58))
      }
      return GrayImage(
        width: side, height: side, pixels: .bytes(ContiguousArray(pixels)), bitDepth: 8)
    }
  }
}
