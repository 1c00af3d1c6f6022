// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// How pictures are cut into overlapping squares, and what is made of these is put together.
struct Tiling {
  private let side, step, overlap, kept: Int

  /// Makes a tiling.
  ///
  /// - Parameters:
  ///   - pixels: The side of a square in pixels, as given by the user.
  ///   - side: The side of a square of what comes in.
  ///   - resultSide: The side of what is made of it.
  ///   - pixelsPerLatent: How many pixels of a row one latent pixel stands for.
  /// - Throws: `TensorError` with code `.refused` for a side that has no whole quarters.
  init(pixels: Int, side: Int, resultSide: Int, pixelsPerLatent: Int) throws(TensorError) {
    guard pixels.isMultiple(of: 4 * pixelsPerLatent) else {
      throw TensorError(
        .refused,
        "tiles of \(pixels) pixels cannot overlap by a quarter; choose a multiple of "
          + "\(4 * pixelsPerLatent)")
    }
    self.side = side
    step = side / 4 * 3
    overlap = resultSide / 4
    kept = resultSide - overlap
  }

  /// Runs a network on each square and blends what it makes of neighbours where they overlap.
  func run(
    _ pictures: Tensor, _ network: (Tensor) throws(TensorError) -> Tensor
  ) throws(TensorError) -> Tensor {
    let (rows, columns) = (pictures.shape[2], pictures.shape[3])
    guard rows > side || columns > side else { return try network(pictures) }
    var strips: [Tensor] = []
    var above: [Tensor] = []
    for row in stride(from: 0, to: rows, by: step) {
      var tiles: [Tensor] = []
      for column in stride(from: 0, to: columns, by: step) {
        var tile = try network(
          pictures.slice(row..<min(row + side, rows), along: 2)
            .slice(column..<min(column + side, columns), along: 3))
        if row > 0 { tile = try blended(above[tiles.count], tile, along: 2) }
        if let left = tiles.last { tile = try blended(left, tile, along: 3) }
        tiles.append(tile)
      }
      var strip: [Tensor] = []
      for tile in tiles {
        strip.append(
          try tile.slice(0..<min(kept, tile.shape[2]), along: 2)
            .slice(0..<min(kept, tile.shape[3]), along: 3))
      }
      strips.append(try Tensor.joined(strip, along: 3))
      above = tiles
    }
    return try Tensor.joined(strips, along: 2)
  }

  /// A tile that begins as the end of its neighbour and little by little becomes itself.
  private func blended(
    _ neighbour: Tensor, _ tile: Tensor, along axis: Int
  ) throws(TensorError) -> Tensor {
    let (before, length) = (neighbour.shape[axis], tile.shape[axis])
    let extent = min(before, length, overlap)
    var shape = [1, 1, 1, 1]
    shape[axis] = extent
    let weights = try Tensor((0..<extent).map { Float($0) / Float(extent) }, shape: shape)
      .converted(to: tile.scalarType, on: tile.device)
    let end = try neighbour.slice(before - extent..<before, along: axis)
    let start = try tile.slice(0..<extent, along: axis)
    let blend = try end * (-weights + 1) + start * weights
    guard extent < length else { return blend }
    return try Tensor.joined([blend, tile.slice(extent..<length, along: axis)], along: axis)
  }
}
