// SPDX-License-Identifier: Apache-2.0

extension ImageTransform: LosslessStringConvertible {
  /// The transform in words that ``init(_:)`` reads, such as `resize:224x224:area`.
  ///
  /// | transform | text |
  /// |---|---|
  /// | a region | `crop:200x180+10+20` (width, height, left, top) |
  /// | the middle | `crop-center:480x480:torchvision` |
  /// | the largest square | `crop-square:torchxrayvision` |
  /// | padding | `pad-square` |
  /// | another size | `resize:224x224:area`, `resize-shorter:256:bilinear`, `resize-longer:256:area` |
  /// | a mirror image | `flip` |
  public var description: String {
    switch self {
    case .crop(let region):
      "crop:\(region.width)x\(region.height)+\(region.x)+\(region.y)"
    case .cropCenter(let width, let height, let convention):
      "crop-center:\(width)x\(height):\(convention.rawValue)"
    case .cropSquare(let convention): "crop-square:\(convention.rawValue)"
    case .padSquare: "pad-square"
    case .resize(.exactly(let width, let height), let filter):
      "resize:\(width)x\(height):\(filter.rawValue)"
    case .resize(.shorterSide(let side), let filter): "resize-shorter:\(side):\(filter.rawValue)"
    case .resize(.longerSide(let side), let filter): "resize-longer:\(side):\(filter.rawValue)"
    case .flip: "flip"
    }
  }

  /// Reads a transform; a single number after `resize:` and `crop-center:` means a square.
  ///
  /// - Parameter description: A text as ``description`` gives it.
  public init?(_ description: String) {
    let parts = description.split(separator: ":", omittingEmptySubsequences: false)
    let argument = parts.count > 1 ? parts[1] : ""
    let option = parts.count > 2 ? String(parts[2]) : ""
    switch (parts[0], parts.count) {
    case ("crop", 2):
      guard let region = Self.region(argument) else { return nil }
      self = .crop(region)
    case ("crop-center", 3):
      guard let (width, height) = Self.sides(argument),
        let convention = CropConvention(rawValue: option)
      else { return nil }
      self = .cropCenter(width: width, height: height, convention)
    case ("crop-square", 2):
      guard let convention = CropConvention(rawValue: String(argument)) else { return nil }
      self = .cropSquare(convention)
    case ("pad-square", 1): self = .padSquare
    case ("resize", 3):
      guard let (width, height) = Self.sides(argument), let filter = ResizeFilter(rawValue: option)
      else { return nil }
      self = .resize(.exactly(width: width, height: height), filter)
    case ("resize-shorter", 3), ("resize-longer", 3):
      guard let side = Self.side(argument), let filter = ResizeFilter(rawValue: option) else {
        return nil
      }
      self = .resize(parts[0] == "resize-longer" ? .longerSide(side) : .shorterSide(side), filter)
    case ("flip", 1): self = .flip
    default: return nil
    }
  }

  /// A side of 1 to 65,535 pixels.
  private static func side(_ text: Substring) -> Int? {
    UInt16(text).flatMap { $0 > 0 ? Int($0) : nil }
  }

  private static func sides(_ text: Substring) -> (Int, Int)? {
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard parts.count <= 2, let width = side(parts[0]) else { return nil }
    guard parts.count == 2 else { return (width, width) }
    return side(parts[1]).map { (width, $0) }
  }

  private static func region(_ text: Substring) -> PixelRegion? {
    let parts = text.split(separator: "+", omittingEmptySubsequences: false)
    guard parts.count == 3, let (width, height) = sides(parts[0]), let x = UInt16(parts[1]),
      let y = UInt16(parts[2])
    else { return nil }
    return PixelRegion(x: Int(x), y: Int(y), width: width, height: height)
  }
}
