// SPDX-License-Identifier: Apache-2.0

/// The few letters that a film needs, five pixels wide and seven high.
enum FilmGlyphs {
  /// The rows of a letter from the top; the highest of five bits is the left pixel.
  static func rows(of letter: Character) -> [UInt8] {
    switch letter {
    case "A": [0b01110, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001]
    case "H": [0b10001, 0b10001, 0b10001, 0b11111, 0b10001, 0b10001, 0b10001]
    case "L": [0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b10000, 0b11111]
    case "M": [0b10001, 0b11011, 0b10101, 0b10101, 0b10001, 0b10001, 0b10001]
    case "N": [0b10001, 0b11001, 0b10101, 0b10011, 0b10001, 0b10001, 0b10001]
    case "O": [0b01110, 0b10001, 0b10001, 0b10001, 0b10001, 0b10001, 0b01110]
    case "P": [0b11110, 0b10001, 0b10001, 0b11110, 0b10000, 0b10000, 0b10000]
    case "R": [0b11110, 0b10001, 0b10001, 0b11110, 0b10100, 0b10010, 0b10001]
    case "T": [0b11111, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100, 0b00100]
    default: preconditionFailure("a film has no letter \(letter)")
    }
  }

  /// Writes a word, six pixels a letter times the scale, white on a black ground.
  ///
  /// - Parameters:
  ///   - word: Letters of ``rows(of:)``.
  ///   - column: The left pixel of the first letter.
  ///   - row: The upper pixel of the letters.
  ///   - scale: The pixels of the film that one pixel of a letter takes.
  ///   - ground: Whether a black frame of one scaled pixel surrounds the word.
  ///   - plane: The film's brightness, black 0 and white 1.
  static func write(
    _ word: String, column: Int, row: Int, scale: Int, ground: Bool, on plane: inout FilmPlane
  ) {
    let (width, height) = (plane.frame.width, plane.frame.height)
    func fill(_ x: Int, _ y: Int, _ value: Float) {
      for line in max(y, 0)..<max(min(y + scale, height), 0, y) where line < height {
        for place in max(x, 0)..<max(min(x + scale, width), 0, x) where place < width {
          plane.values[line * width + place] = value
        }
      }
    }
    if ground {
      for y in -1...7 {
        for x in -1..<6 * word.count { fill(column + x * scale, row + y * scale, 0) }
      }
    }
    for (number, letter) in word.enumerated() {
      for (line, bits) in rows(of: letter).enumerated() {
        for place in 0..<5 where bits & (16 >> UInt8(place)) != 0 {
          fill(column + (6 * number + place) * scale, row + line * scale, 1)
        }
      }
    }
  }
}
