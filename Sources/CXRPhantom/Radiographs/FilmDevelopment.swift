// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRImage
import Foundation

/// Turns what the rays went through into a film: sharpness, film curve, texture, noise, borders and
/// stamps.
struct FilmDevelopment {
  private let style: PhantomSiteStyle
  private let race: Race?
  private let exposure: Float
  private let borders: (left: Float, right: Float, top: Float, bottom: Float)
  private let noise: RandomStream
  private let frame: FilmFrame

  init(of film: PhantomRadiograph, frame: FilmFrame) {
    var draws = film.draws("exposure")
    style = film.style
    race = film.record.race
    exposure = film.style.exposureSpread * draws.deviate()
    noise = RandomStream(
      seed: film.seed, purpose: "phantom.film.noise", index: film.patient &* 10_000 &+ film.film)
    let width = draws.happens(style.borderShare) ? style.borderWidth : 0
    borders = (
      width * Float(draws.unit()), width * Float(draws.unit()), width * 0.5 * Float(draws.unit()),
      width * 0.5 * Float(draws.unit())
    )
    self.frame = frame
  }

  /// Develops densities into brightness, black 0 and white 1.
  func develop(_ plane: inout FilmPlane) {
    if style.blur > 0 { blur(&plane) }
    let curve = curve()
    let texture = texture()
    let last = Float(curve.count - 2)
    for row in 0..<frame.height {
      let start = row * frame.width
      let line = texture.isEmpty ? 0 : texture[row]
      for column in 0..<frame.width {
        let place = min(max((plane.values[start + column] + 0.2) * Self.stepsPerUnit, 0), last)
        let step = Int(place)
        var value = curve[step] + (curve[step + 1] - curve[step]) * (place - Float(step))
        if !texture.isEmpty { value += line * texture[frame.height + column] }
        plane.values[start + column] = value + noiseValue(start + column) * (0.5 + value)
      }
    }
    addBorders(&plane)
    stamp(&plane)
  }

  private static let stepsPerUnit: Float = 512

  /// The film curve as a table: the logistic function of density.
  private func curve() -> [Float] {
    let low = 1 / (1 + exp(style.contrast * style.middle))
    return (0..<1_024).map { step in
      let density = Float(step) / Self.stepsPerUnit - 0.2 + exposure
      let value = 1 / (1 + exp(-style.contrast * (density - style.middle)))
      return style.air + (1 - style.air) * max(0, (value - low) / (1 - low))
    }
  }

  /// Noise of unit variance: the sum of four numbers of 16 bits.
  @inline(__always)
  private func noiseValue(_ index: Int) -> Float {
    let word = noise.word(at: index)
    let sum =
      (word & 0xFFFF) &+ ((word >> 16) & 0xFFFF) &+ ((word >> 32) & 0xFFFF) &+ (word >> 48)
    return (Float(sum) - 131_070) * (style.noise / 37_837)
  }

  /// The race group's texture as a row factor and a column factor each: faint stripes that cross.
  ///
  /// It means nothing, and lies over the whole film alike: a group that a model can learn without
  /// there being any anatomy to learn.
  private func texture() -> [Float] {
    guard let race else { return [] }
    let (down, across): (Float, Float) =
      switch race {
      case .asian: (5, 3)
      case .black: (3, 5)
      case .hispanic: (6, 6)
      case .white: (4, 7)
      }
    let unit = frame.pixel
    let rows = (0..<frame.height).map { 0.012 * cos(2 * .pi * down * Float($0) * unit) }
    let columns = (0..<frame.width).map { cos(2 * .pi * across * Float($0) * unit) }
    return rows + columns
  }

  /// Spreads each pixel over its neighbours, along rows, then along columns.
  private func blur(_ plane: inout FilmPlane) {
    let (width, height) = (frame.width, frame.height)
    let (side, middle) = (style.blur / 4, 1 - style.blur / 2)
    for row in 0..<height {
      let start = row * width
      var before = plane.values[start]
      for index in start..<start + width - 1 {
        let value = plane.values[index]
        plane.values[index] = middle * value + side * (before + plane.values[index + 1])
        before = value
      }
    }
    var before = ContiguousArray(plane.values[0..<width])
    for row in 0..<height - 1 {
      let start = row * width
      for column in 0..<width {
        let value = plane.values[start + column]
        plane.values[start + column] =
          middle * value + side * (before[column] + plane.values[start + width + column])
        before[column] = value
      }
    }
  }

  private func addBorders(_ plane: inout FilmPlane) {
    let (width, height) = (frame.width, frame.height)
    let size = Float(min(width, height))
    let (left, right) = (Int(borders.left * size), width - Int(borders.right * size))
    let (top, bottom) = (Int(borders.top * size), height - Int(borders.bottom * size))
    guard left > 0 || right < width || top > 0 || bottom < height else { return }
    for row in 0..<height {
      let isOutside = row < top || row >= bottom
      for column in 0..<width where isOutside || column < left || column >= right {
        plane.values[row * width + column] = 0.01
      }
    }
  }

  private func stamp(_ plane: inout FilmPlane) {
    let (width, height) = (frame.width, frame.height)
    let scale = max(1, min(width, height) / 256)
    FilmGlyphs.write(
      "PHANTOM", column: scale, row: scale, scale: scale, ground: true, on: &plane)
    FilmGlyphs.write(
      String(style.marker.letter), column: Int(style.marker.x * Float(width)),
      row: max(9 * scale, Int(style.marker.y * Float(height))), scale: min(2, scale) * scale,
      ground: false, on: &plane)
  }
}

extension FilmPlane {
  /// Rounds brightness to whole numbers of a bit depth.
  func quantized(bitDepth: Int) -> GrayImage {
    let maximum = Float((1 << bitDepth) - 1)
    let pixels: GrayImage.Pixels =
      bitDepth == 8
      ? .bytes(ContiguousArray(values.map { UInt8(min(max($0 * maximum, 0), maximum) + 0.5) }))
      : .words(ContiguousArray(values.map { UInt16(min(max($0 * maximum, 0), maximum) + 0.5) }))
    return GrayImage(width: frame.width, height: frame.height, pixels: pixels, bitDepth: bitDepth)
  }
}
