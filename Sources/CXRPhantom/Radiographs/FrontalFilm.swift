// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A frontal film while it is made: what the rays went through, layer by layer.
struct FrontalFilm {
  let anatomy: FrontalAnatomy
  let frame: FilmFrame
  /// What the rays went through, 0 for air.
  var density: FilmPlane
  /// The share of lung at each pixel, with heart and mediastinum cut out.
  var lung: FilmPlane
  /// The vessels, before the lung mask.
  var vessels: FilmPlane
  /// The ribs behind and in front of the lungs.
  var ribs: (back: FilmPlane, front: FilmPlane)

  /// What a lung takes away from the body's density.
  static let lungDepth: Float = 0.41

  init(_ anatomy: FrontalAnatomy, frame: FilmFrame) {
    self.anatomy = anatomy
    self.frame = frame
    density = FilmPlane(frame)
    lung = FilmPlane(frame)
    vessels = FilmPlane(frame)
    ribs = (FilmPlane(frame), FilmPlane(frame))
    fillLungs()
  }

  /// The share of lung: a product of the soft borders of each side.
  private mutating func fillLungs() {
    let edge: Float = max(0.010, 1.2 * frame.pixel)
    var below = ContiguousArray<Float>(repeating: 0, count: frame.width)
    var above = below
    for column in below.indices {
      let x = frame.x(column)
      below[column] = anatomy.diaphragm(x < 0 ? .right : .left, x.magnitude)
      above[column] = anatomy.apex(x.magnitude)
    }
    for row in frame.rows(anatomy.lungTop - 0.02, 1) {
      let y = frame.y(row)
      let start = row * frame.width
      let lateral = anatomy.lateralBorder(y)
      let medial = (
        right: anatomy.silhouette(.right, y) - anatomy.shift,
        left: anatomy.silhouette(.left, y) + anatomy.shift
      )
      for column in frame.columns(-lateral, lateral) {
        let x = frame.x(column)
        let size = x.magnitude
        let inner = x < 0 ? medial.right : medial.left
        // A tenth of the lung lies behind the heart and shows through.
        let open =
          0.10 * ramp(size / 0.05) + 0.90 * ramp((size - inner + 0.4 * edge) / (1.6 * edge))
        lung.values[start + column] =
          open * ramp((lateral - size) / edge) * ramp((below[column] - y) / (1.3 * edge))
          * ramp((y - above[column]) / (2 * edge))
      }
    }
  }

  /// Adds trunk, heart and mediastinum, and takes the lungs away.
  mutating func fillBody() {
    let (girth, width) = (anatomy.girth, anatomy.halfWidth + anatomy.wall)
    for row in 0..<frame.height {
      let y = frame.y(row)
      let start = row * frame.width
      let half = trunk(y, width)
      let thickness = 0.60 * girth * (0.92 + 0.16 * y)
      let silhouette = (
        right: anatomy.silhouette(.right, y) - anatomy.shift,
        left: anatomy.silhouette(.left, y) + anatomy.shift
      )
      // Below the diaphragm the heart's borders are lost in the liver.
      let heart =
        (0.10 + 0.10 * ramp((y - anatomy.heartTop) / 0.2))
        * (1 - ramp((y - (anatomy.domes[.left] ?? 0.77) + 0.01) / 0.07))
      let belly = 0.16 * ramp((y - (anatomy.domes[.right] ?? 0.77) + 0.03) / 0.10)
      for column in frame.columns(-half, half) {
        let x = frame.x(column)
        let u = x / half
        let square = u * u
        let profile = max(0, 1 - square * square).squareRoot()
        let edge = x < 0 ? silhouette.right : silhouette.left
        let inside = ramp((edge - x.magnitude) / 0.03 + 0.5)
        let flank = belly * (1 - square)
        density.values[start + column] +=
          profile * thickness + heart * inside + flank
          - Self.lungDepth * girth * lung.values[start + column]
          * (0.72 + 0.28 * max(0, 1 - square).squareRoot())
      }
    }
  }

  /// Half the width of neck, shoulders and trunk at a height.
  private func trunk(_ y: Float, _ width: Float) -> Float {
    let neck: Float = 0.105 + 0.02 * ramp((0.08 - y) / 0.1)
    let slope = ramp((y - anatomy.shoulders + 0.13) / 0.17)
    let shoulders = neck + (0.50 - neck) * slope * (0.35 + 0.65 * slope)
    let waist = width + 0.02 * ramp((0.62 - y) / 0.2)
    return shoulders + (waist - shoulders) * ramp((y - 0.34) / 0.16)
  }
}
