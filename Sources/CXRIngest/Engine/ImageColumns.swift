// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// The columns that name and measure the image.
struct ImageColumns {
  private enum Piece {
    case text(String)
    case image, stem, patient, study, part
    case column(BoundColumn)
  }

  private let id: BoundColumn
  private let form: NameForm?
  private let pieces: [(piece: Piece, length: Int?)]?
  private let width: BoundColumn?
  private let height: BoundColumn?
  private let spacingX: BoundColumn?
  private let spacingY: BoundColumn?

  init(_ rule: ImageRule, in images: ImageTable) throws(IngestError) {
    guard let id = images.bind(rule.id, key: "image.id") else {
      throw IngestError(
        .invalidOption, "image.id must be a column of the images; correct the descriptor.")
    }
    self.id = id
    form = rule.id.form.map(NameForm.init)
    width = rule.width.flatMap { images.bind($0, key: "image.width") }
    height = rule.height.flatMap { images.bind($0, key: "image.height") }
    spacingX = rule.spacingX.flatMap { images.bind($0, key: "image.spacingX") }
    spacingY = rule.spacingY.flatMap { images.bind($0, key: "image.spacingY") }
    pieces = rule.path?.pieces.map { piece -> (Piece, Int?) in
      switch piece {
      case .text(let text): (.text(text), nil)
      case .field(.image, let length): (.image, length)
      case .field(.stem, let length): (.stem, length)
      case .field(.patient, let length): (.patient, length)
      case .field(.study, let length): (.study, length)
      case .field(.part, let length): (.part, length)
      case .field(.column(let rule), let length):
        (images.bind(rule, key: "image.path").map(Piece.column) ?? .text(""), length)
      }
    }
  }

  func name(_ images: ImageTable) -> Result<String, RecordFault> {
    guard let name = images.text(id) else {
      return .failure(RecordFault("image name", "the image name is missing"))
    }
    if let form, !form.matches(name) {
      return .failure(
        RecordFault("image name", "the image name is not of the form \(form.text)"))
    }
    return .success(name)
  }

  func path(
    imageName: String, patient: String, study: String?, part: String?, _ images: ImageTable
  ) -> String? {
    guard let pieces else { return nil }
    var path = ""
    for (piece, length) in pieces {
      let text: String? =
        switch piece {
        case .text(let text): text
        case .image: imageName
        case .stem: imageName.lastIndex(of: ".").map { String(imageName[..<$0]) } ?? imageName
        case .patient: patient
        case .study: study
        case .part: part
        case .column(let column): images.text(column)
        }
      guard let text else { return nil }
      path += length.map { String(text.prefix($0)) } ?? text
    }
    return path
  }

  func readSizes(
    into radiograph: inout RadiographRecord, _ images: ImageTable, tally: inout RecordTally
  ) {
    radiograph.widthPixels = pixels(width, images, &tally)
    radiograph.heightPixels = pixels(height, images, &tally)
    radiograph.pixelSpacingXMM = spacing(spacingX, images, &tally)
    radiograph.pixelSpacingYMM = spacing(spacingY, images, &tally)
  }

  private func pixels(
    _ column: BoundColumn?, _ images: ImageTable, _ tally: inout RecordTally
  ) -> Int? {
    guard let text = column.flatMap(images.text) else { return nil }
    if let number = Double(text), let value = Int(exactly: number), value > 0 { return value }
    tally.warn(
      "size-unreadable", "image sizes that are no numbers, left out", line: images.record.line)
    return nil
  }

  private func spacing(
    _ column: BoundColumn?, _ images: ImageTable, _ tally: inout RecordTally
  ) -> Double? {
    guard let text = column.flatMap(images.text) else { return nil }
    if let value = Double(text), value.isFinite, value > 0 { return value }
    tally.warn(
      "spacing-unreadable", "pixel spacings that are no numbers, left out",
      line: images.record.line)
    return nil
  }
}

/// A form that names have: `#` is a digit, `*` any text, all else itself.
struct NameForm {
  let text: String
  private let bytes: [UInt8]

  init(_ text: String) {
    self.text = text
    bytes = Array(text.utf8)
  }

  func matches(_ name: String) -> Bool { Self.matches(bytes[...], name.utf8[...]) }

  private static func matches(_ form: ArraySlice<UInt8>, _ name: Substring.UTF8View) -> Bool {
    var form = form
    var name = name
    while let expected = form.first {
      form = form.dropFirst()
      if expected == UInt8(ascii: "*") {
        if form.isEmpty { return true }
        return name.indices.contains { matches(form, name[$0...]) }
      }
      guard let found = name.popFirst() else { return false }
      let isDigit = (0x30...0x39).contains(found)
      guard expected == UInt8(ascii: "#") ? isDigit : expected == found else { return false }
    }
    return name.isEmpty
  }
}
