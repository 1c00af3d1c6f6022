// SPDX-License-Identifier: Apache-2.0

/// Many radiographs on one page, each above a few lines of text.
///
///     var sheet = ContactSheet(columns: 6, side: 224)
///     sheet.append(image, caption: ["nih", "Cardiomegaly"])
///     try sheet.image().writePNG(to: "sheet.png")
public struct ContactSheet: Sendable {
  /// How many images stand side by side.
  public let columns: Int
  /// The width and height of the square that an image is fitted into, in pixels.
  public let side: Int
  private var cells: [(image: GrayImage, caption: [String])] = []

  private static let gap = 8
  private static let lineHeight = BitmapFont.height + 3

  /// Creates an empty sheet.
  ///
  /// - Parameters:
  ///   - columns: How many images stand side by side, at least 1.
  ///   - side: The width and height of the square that an image is fitted into, at least 16 pixels.
  public init(columns: Int, side: Int) {
    precondition(columns > 0 && side >= 16)
    self.columns = columns
    self.side = side
  }

  /// The number of images.
  public var count: Int { cells.count }

  /// Appends an image.
  ///
  /// - Parameters:
  ///   - image: The image; it is padded to a square and resized.
  ///   - caption: Lines of text below it; what is too long is cut.
  /// - Throws: ``ImageError``.
  public mutating func append(_ image: GrayImage, caption: [String]) throws(ImageError) {
    let fitted = try image.transformed(by: .padSquare, .resize(.square(side), .area))
      .stretched(toBitDepth: 8)
    cells.append((fitted, caption.map(shortened)))
  }

  /// Draws the sheet.
  ///
  /// - Returns: Eight bits, black on white but for the images.
  /// - Precondition: There is an image.
  public func image() -> GrayImage {
    precondition(!cells.isEmpty, "a sheet has an image")
    let lineCount = cells.map(\.caption.count).max() ?? 0
    let cellWidth = side + Self.gap
    let cellHeight = side + Self.gap + lineCount * Self.lineHeight
    let rows = (cells.count + columns - 1) / columns
    let width = min(columns, cells.count) * cellWidth + Self.gap
    let height = rows * cellHeight + Self.gap
    var page = ContiguousArray<UInt8>(repeating: 255, count: width * height)
    for (index, cell) in cells.enumerated() {
      let x = Self.gap + index % columns * cellWidth
      let y = Self.gap + index / columns * cellHeight
      guard case .bytes(let pixels) = cell.image.pixels else { continue }
      for row in 0..<side {
        let start = (y + row) * width + x
        page.replaceSubrange(start..<start + side, with: pixels[row * side..<(row + 1) * side])
      }
      for (line, text) in cell.caption.enumerated() {
        let top = y + side + 3 + line * Self.lineHeight
        BitmapFont.forEachPixel(of: text) { page[(top + $1) * width + x + $0] = 0 }
      }
    }
    return GrayImage(width: width, height: height, pixels: .bytes(page), bitDepth: 8)
  }

  private func shortened(_ line: String) -> String {
    let limit = side / BitmapFont.advance
    return line.count <= limit ? line : line.prefix(limit - 1) + "…"
  }
}
