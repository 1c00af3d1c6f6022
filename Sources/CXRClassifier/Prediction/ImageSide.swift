// SPDX-License-Identifier: Apache-2.0

/// The width and height that images must have for a model, in pixels.
public enum ImageSide: Hashable, Sendable, CustomStringConvertible {
  /// Just this.
  case exactly(Int)
  /// This or more; larger images are reduced.
  case atLeast(Int)

  /// The least that fits.
  public var pixels: Int {
    switch self {
    case .exactly(let side), .atLeast(let side): side
    }
  }

  /// Returns whether images fit.
  ///
  /// - Parameter side: Their width and height.
  /// - Returns: `true` if they do.
  public func admits(_ side: Int) -> Bool {
    switch self {
    case .exactly(let wanted): side == wanted
    case .atLeast(let least): side >= least
    }
  }

  /// Such as `224 pixels a side`.
  public var description: String {
    switch self {
    case .exactly(let side): "\(side) pixels a side"
    case .atLeast(let side): "\(side) pixels a side or more"
    }
  }
}
