// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension PhantomRadiograph {
  /// A box on a film, in shares of its width and height.
  struct Box {
    /// The left and right borders, 0 to 1.
    var x: ClosedRange<Double>
    /// The upper and lower borders, 0 to 1.
    var y: ClosedRange<Double>
  }

  /// The shorter side of the drawings that are compared, in pixels.
  private static let boxSide = 64
  /// The share of the greatest change that still counts.
  private static let boxShare: Float = 0.3

  /// The box around what a finding changes on a frontal film.
  ///
  /// The film is drawn small, with and without the finding: where the two differ, the finding is.
  /// Of a finding on both sides the box holds the plainer side, but for the heart's.
  ///
  /// - Parameters:
  ///   - finding: The finding.
  ///   - shape: The width and height of the film, of which only the ratio counts.
  /// - Returns: The box; `nil` for a finding that the film does not show, or a lateral film.
  func box(of finding: Finding, shape: (width: Int, height: Int)) -> Box? {
    guard record.grade(finding) > 0, record.view != .lateral else { return nil }
    let shorter = min(shape.width, shape.height)
    let (width, height) = (
      shape.width * Self.boxSide / shorter, shape.height * Self.boxSide / shorter
    )
    var healthy = record
    healthy.grades[finding] = nil
    let without = PhantomRadiograph(healthy, style: style, seed: seed, patient: patient, film: film)
    let change = zip(
      density(width: width, height: height).values,
      without.density(width: width, height: height).values
    ).map { ($0 - $1).magnitude }
    let threshold = Self.boxShare * (change.max() ?? 0)
    guard threshold > 0.005 else { return nil }
    let middle = width / 2
    let left = change.indices.reduce(Float(0)) { $1 % width < middle ? $0 + change[$1] : $0 }
    let isLeft = left > change.reduce(0, +) / 2
    let isOfHeart = finding == .cardiomegaly || finding == .enlargedCardiomediastinum
    let places = change.indices.filter {
      change[$0] > threshold && (isOfHeart || ($0 % width < middle) == isLeft)
    }
    let (columns, rows) = (places.map { $0 % width }, places.map { $0 / width })
    guard let first = columns.min(), let last = columns.max(), let top = rows.min(),
      let bottom = rows.max()
    else { return nil }
    return Box(
      x: Double(first) / Double(width)...Double(last + 1) / Double(width),
      y: Double(top) / Double(height)...Double(bottom + 1) / Double(height))
  }
}

extension PhantomRadiograph.Box {
  /// A box anywhere on a film, for what is not drawn.
  static func random(_ draws: inout PhantomDraws) -> Self {
    let (width, height) = (0.03 + 0.4 * draws.unit(), 0.03 + 0.35 * draws.unit())
    let (x, y) = (0.53 * draws.unit(), 0.6 * draws.unit())
    return Self(x: x...x + width, y: y...y + height)
  }

  /// The box as somebody draws it: each border a few percent of the box's size off, within the film.
  ///
  /// - Parameter draws: Whose hand it is.
  /// - Returns: A box of some size.
  func redrawn(_ draws: inout PhantomDraws) -> Self {
    func moved(_ range: ClosedRange<Double>) -> ClosedRange<Double> {
      let size = range.upperBound - range.lowerBound
      let low = range.lowerBound + 0.12 * size * (draws.unit() - 0.5)
      let high = range.upperBound + 0.12 * size * (draws.unit() - 0.5)
      return max(low, 0)...min(high, 1)
    }
    return Self(x: moved(x), y: moved(y))
  }
}
