// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Random changes of training images, drawn from named streams.
///
///     var augmentation = Augmentation()
///     augmentation.flipProbability = 0.5
///     augmentation.rotationDegrees = 10
///     let draw = augmentation.draw(seed: 7, index: step, width: 256, height: 256)
///     let image = draw.apply(to: unit)
///
/// A draw is a function of its key – seed, index and size – so it does not depend on threads or
/// order. Give every presentation of an image its own index, such as epoch · images + image. Each
/// kind of change has a stream of its own: switching one on leaves the others as they were.
public struct Augmentation: Sendable, Hashable, Codable {
  /// The probability of mirroring left and right, 0 to 1.
  public var flipProbability = 0.0
  /// The largest rotation either way, in degrees, at least 0.
  public var rotationDegrees = 0.0
  /// The largest shift either way, as a share of each side, 0 to 1; whole pixels as in torchvision.
  public var translation = 0.0
  /// The magnification, above 0.
  public var scale: ClosedRange<Double> = 1...1
  /// The largest shear along the rows either way, in degrees, from 0 to below 90.
  public var shearDegrees = 0.0
  /// Brightness is multiplied by 1 ± this, at least 0, but never by less than 0.
  public var brightness = 0.0
  /// Contrast is multiplied by 1 ± this, at least 0, but never by less than 0.
  public var contrast = 0.0
  /// A random crop, if any.
  public var crop: RandomCrop?

  /// Creates an augmentation that changes nothing.
  public init() {}

  /// Decides what happens to one image.
  ///
  /// - Parameters:
  ///   - seed: The seed of the run.
  ///   - index: The number of the presentation within the run.
  ///   - width: The width of the image.
  ///   - height: The height of the image.
  /// - Returns: The changes.
  /// - Precondition: Every setting is within the limits that it names.
  /// - Complexity: O(1).
  public func draw(seed: UInt64, index: Int, width: Int, height: Int) -> AugmentationDraw {
    precondition(
      (0...1).contains(flipProbability) && rotationDegrees >= 0 && (0...1).contains(translation)
        && scale.lowerBound > 0 && (0..<90).contains(shearDegrees) && brightness >= 0
        && contrast >= 0)
    func stream(_ purpose: String) -> RandomStream {
      RandomStream(seed: seed, purpose: "augment.\(purpose)", index: index)
    }
    func symmetric(_ purpose: String, _ limit: Double, at position: Int = 0) -> Double {
      limit > 0 ? (-limit...limit).value(at: stream(purpose).unit(at: position)) : 0
    }
    func factor(_ purpose: String, _ limit: Double) -> Double? {
      guard limit > 0 else { return nil }
      return (max(1 - limit, 0)...(1 + limit)).value(at: stream(purpose).unit(at: 0))
    }
    let region = crop?.region(stream("crop"), width: width, height: height)
    let (newWidth, newHeight) = crop.map { ($0.side, $0.side) } ?? (width, height)
    let warp = AffineWarp(
      angleDegrees: symmetric("rotation", rotationDegrees),
      shiftX: symmetric("translation", translation * Double(newWidth)).rounded(.toNearestOrEven),
      shiftY: symmetric("translation", translation * Double(newHeight), at: 1)
        .rounded(.toNearestOrEven),
      scale: scale.value(at: stream("scale").unit(at: 0)),
      shearXDegrees: symmetric("shear", shearDegrees))
    return AugmentationDraw(
      crop: region, resize: crop.map { .resize(.square($0.side), $0.filter) },
      isFlipped: stream("flip").unit(at: 0) < flipProbability,
      warp: warp == AffineWarp() ? nil : warp, brightness: factor("brightness", brightness),
      contrast: factor("contrast", contrast), contrastFirst: stream("order").coin(at: 0))
  }
}
