// SPDX-License-Identifier: Apache-2.0
import CXRImage

extension GrayImage {
  /// The pixels as shares of white.
  func shares() -> [Float] {
    let scale = 1 / Float(maximum)
    return switch pixels {
    case .bytes(let bytes): bytes.map { Float($0) * scale }
    case .words(let words): words.map { Float($0) * scale }
    }
  }

  /// The means of squares of 2 × 2 pixels, as shares of white.
  func halvedShares() -> [Float] {
    let shares = shares()
    let (columns, rows) = (width / 2, height / 2)
    return (0..<rows * columns).map { index in
      let start = index / columns * 2 * width + index % columns * 2
      return (shares[start] + shares[start + 1] + shares[start + width] + shares[start + width + 1])
        / 4
    }
  }

  /// The seven rows of letters in the upper left corner, `#` for bright and `.` for dark pixels.
  ///
  /// Letters have this size on films of less than 512 pixels.
  var upperLeftLetters: [String] {
    let shares = shares()
    return (1...7).map { row in
      String((1...41).map { shares[row * width + $0] > 0.5 ? "#" : "." })
    }
  }
}

/// The word PHANTOM as the films carry it.
let phantomLetters = [
  "####..#...#..###..#...#.#####..###..#...#",
  "#...#.#...#.#...#.#...#...#...#...#.##.##",
  "#...#.#...#.#...#.##..#...#...#...#.#.#.#",
  "####..#####.#...#.#.#.#...#...#...#.#.#.#",
  "#.....#...#.#####.#..##...#...#...#.#...#",
  "#.....#...#.#...#.#...#...#...#...#.#...#",
  "#.....#...#.#...#.#...#...#....###..#...#",
]
