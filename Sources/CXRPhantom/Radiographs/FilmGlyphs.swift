// SPDX-License-Identifier: Apache-2.0
internal import CXRImage

/// Words on a film.
enum FilmGlyphs {
  /// Writes a word, six pixels a letter times the scale, white on a black ground.
  ///
  /// - Parameters:
  ///   - word: What is written.
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
      for y in -1...BitmapFont.height {
        for x in -1..<BitmapFont.advance * word.count {
          fill(column + x * scale, row + y * scale, 0)
        }
      }
    }
    BitmapFont.forEachPixel(of: word) { x, y in
      fill(column + x * scale, row + y * scale, 1)
    }
  }
}
