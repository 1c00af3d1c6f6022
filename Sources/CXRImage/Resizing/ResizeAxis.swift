// SPDX-License-Identifier: Apache-2.0
internal import Foundation

/// The weights of one axis of a resize: each pixel of the result is a weighted sum of a run of
/// source pixels.
struct ResizeAxis: Sendable {
  /// The number of source pixels.
  let sourceCount: Int
  /// The first source pixel of each result.
  private(set) var starts: [Int] = []
  /// The number of source pixels of each result.
  private(set) var counts: [Int] = []
  /// The weights, each result's run behind the one before.
  private(set) var weights: [Double] = []

  /// The number of results.
  var count: Int { starts.count }
  /// Whether nothing changes.
  var isIdentity: Bool { sourceCount == count }

  init(from sourceCount: Int, to count: Int, filter: ResizeFilter) {
    precondition(sourceCount > 0 && count > 0, "sides are positive")
    self.sourceCount = sourceCount
    let scale = Double(sourceCount) / Double(count)
    starts.reserveCapacity(count)
    counts.reserveCapacity(count)
    for index in 0..<count {
      switch filter {
      case .area: appendCoverage(of: index, count: count)
      case .adaptiveArea:
        let start = index * sourceCount / count
        let end = ((index + 1) * sourceCount + count - 1) / count
        append(start, Array(repeating: 1 / Double(end - start), count: end - start))
      case .bilinear: appendKernel(at: index, scale: scale, support: 1, Self.triangle)
      case .bicubic: appendKernel(at: index, scale: scale, support: 2, Self.cubic)
      case .lanczos: appendKernel(at: index, scale: scale, support: 3, Self.lanczos)
      case .pointBilinear: appendNeighbours(at: max((Double(index) + 0.5) * scale - 0.5, 0))
      case .cornerBilinear: appendNeighbours(at: Double(index) * scale)
      case .nearest: append((2 * index + 1) * sourceCount / (2 * count), [1])
      }
    }
  }

  private mutating func append(_ start: Int, _ run: [Double]) {
    starts.append(start)
    counts.append(run.count)
    weights += run
  }

  /// In whole numbers: source pixel *i* is *count* wide, result *j* is *sourceCount* wide.
  private mutating func appendCoverage(of index: Int, count: Int) {
    let low = index * sourceCount
    let high = low + sourceCount
    let start = low / count
    let end = (high + count - 1) / count
    append(
      start,
      (start..<end).map { pixel in
        Double(min((pixel + 1) * count, high) - max(pixel * count, low)) / Double(sourceCount)
      })
  }

  /// Two pixels on either side of a position, the last one alone at the edge.
  private mutating func appendNeighbours(at position: Double) {
    let start = min(Int(position), sourceCount - 1)
    let share = position - Double(start)
    append(start, start + 1 < sourceCount && share > 0 ? [1 - share, share] : [1])
  }

  /// The rule of Pillow and of PyTorch's anti-aliased modes: pixels whose centres lie within the
  /// support, weights made to sum to 1.
  private mutating func appendKernel(
    at index: Int, scale: Double, support: Double, _ kernel: (Double) -> Double
  ) {
    let widening = max(scale, 1)
    let center = (Double(index) + 0.5) * scale
    let start = max(Int(center - support * widening + 0.5), 0)
    let end = min(Int(center + support * widening + 0.5), sourceCount)
    let shrinking = 1 / widening
    var run = (start..<end).map { kernel((Double($0) - center + 0.5) * shrinking) }
    let total = run.reduce(0, +)
    if total != 0 { for position in run.indices { run[position] /= total } }
    append(start, run)
  }

  private static func triangle(_ x: Double) -> Double { max(1 - abs(x), 0) }

  private static func cubic(_ x: Double) -> Double {
    let a = -0.5
    let x = abs(x)
    if x < 1 { return ((a + 2) * x - (a + 3)) * x * x + 1 }
    if x < 2 { return (((x - 5) * x + 8) * x - 4) * a }
    return 0
  }

  private static func lanczos(_ x: Double) -> Double {
    -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0
  }

  private static func sinc(_ x: Double) -> Double {
    let angle = x * .pi
    return x == 0 ? 1 : sin(angle) / angle
  }
}
