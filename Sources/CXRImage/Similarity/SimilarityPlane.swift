// SPDX-License-Identifier: Apache-2.0

/// Values from 0 for black to 1 for white, in double precision.
struct SimilarityPlane: Sendable {
  let width: Int
  let height: Int
  let values: ContiguousArray<Double>

  private init(width: Int, height: Int, values: ContiguousArray<Double>) {
    self.width = width
    self.height = height
    self.values = values
  }

  init(_ image: GrayImage) {
    let white = Double(image.maximum)
    let values =
      switch image.pixels {
      case .bytes(let bytes): bytes.mapped { Double($0) / white }
      case .words(let words): words.mapped { Double($0) / white }
      }
    self.init(width: image.width, height: image.height, values: values)
  }

  init(_ image: RangedImage<UnitRange>) {
    self.init(
      width: image.width, height: image.height, values: image.pixels.mapped { Double($0) })
  }

  /// Takes means of 2 × 2 values; odd sides are framed with zeros, which count, or cut, as the
  /// convention says.
  func halved(_ convention: SSIMConvention) -> SimilarityPlane {
    let frame = convention == .unpadded ? (width % 2, height % 2) : (0, 0)
    let newWidth = (width + 2 * frame.0) / 2
    let newHeight = (height + 2 * frame.1) / 2
    var result = ContiguousArray<Double>(repeating: 0, count: newWidth * newHeight)
    var output = result.mutableSpan
    let input = values.span
    for row in 0..<newHeight {
      for line in (2 * row - frame.1)...(2 * row - frame.1 + 1) where line >= 0 && line < height {
        let source = input.extracting((line * width)..<((line + 1) * width))
        for column in 0..<newWidth {
          let left = 2 * column - frame.0
          let pair = (left >= 0 ? source[left] : 0) + (left + 1 < width ? source[left + 1] : 0)
          output[row * newWidth + column] += pair / 4
        }
      }
    }
    return SimilarityPlane(width: newWidth, height: newHeight, values: result)
  }

  /// The plane continued beyond its border as a mirror shows it, the border itself once.
  func reflected(by margin: Int) -> SimilarityPlane {
    func mirrored(_ position: Int, _ count: Int) -> Int {
      let inside = abs(position)
      return inside < count ? inside : 2 * (count - 1) - inside
    }
    let newWidth = width + 2 * margin
    let newHeight = height + 2 * margin
    let columns = (0..<newWidth).map { mirrored($0 - margin, width) }
    var result = ContiguousArray<Double>(repeating: 0, count: newWidth * newHeight)
    var output = result.mutableSpan
    for row in 0..<newHeight {
      let start = mirrored(row - margin, height) * width
      let source = values.span.extracting(start..<(start + width))
      for column in 0..<newWidth { output[row &* newWidth &+ column] = source[columns[column]] }
    }
    return SimilarityPlane(width: newWidth, height: newHeight, values: result)
  }
}
