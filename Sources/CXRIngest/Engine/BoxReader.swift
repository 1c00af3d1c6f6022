// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads the boxes that readers drew.
struct BoxReader {
  let rule: BoxRule
  let cellText: CellText
  /// Other spellings of labels.
  let synonyms: [String: String]

  func read(
    _ located: LocatedTable, path: String, imageNames: Set<String>, tally: inout RecordTally
  ) throws -> [BoxRecord] {
    let reader = try located.open(path)
    let header = try TableHeader(of: reader, rule: located.rule)
    func column(_ rule: ColumnRule, _ key: String) throws(IngestError) -> Int {
      guard let index = header.index(of: rule.columns) else {
        throw header.missing(rule.columns, key: key)
      }
      return index
    }
    let image = try column(rule.image, "boxes.image")
    let imageTransform = CellTransform(rule.image)
    let label = try column(rule.label, "boxes.label")
    let edges: [Int] =
      switch rule.extent {
      case .size(let width, let height):
        try [
          column(rule.x, "boxes.x"), column(rule.y, "boxes.y"), column(width, "boxes.width"),
          column(height, "boxes.height"),
        ]
      case .corner(let xMax, let yMax):
        try [
          column(rule.x, "boxes.x"), column(rule.y, "boxes.y"), column(xMax, "boxes.xMax"),
          column(yMax, "boxes.yMax"),
        ]
      }
    var boxes: [BoxRecord] = []
    var record = TableRecord()
    while try reader.read(into: &record, tally: &tally) {
      tally.countRead()
      guard header.isComplete(record) else {
        try tally.drop("ragged row", header.mismatch(of: record), line: record.line)
        continue
      }
      // Readers who saw nothing draw no box.
      guard edges.contains(where: { cellText.text(record, $0) != nil }) else { continue }
      let numbers = edges.compactMap { record.finiteNumber(at: $0) }
      guard let box = Self.size(numbers, rule.extent), box.width > 0, box.height > 0 else {
        try tally.drop(
          "box", "a box needs four numbers and a positive size", line: record.line)
        continue
      }
      guard let name = cellText.text(record, image).flatMap(imageTransform.apply),
        imageNames.contains(name)
      else {
        tally.warn(
          "unknown-image", "boxes of images that the metadata does not have", line: record.line)
        continue
      }
      let word = cellText.text(record, label) ?? ""
      boxes.append(
        BoxRecord(
          imageName: name, label: synonyms[word] ?? word, x: numbers[0], y: numbers[1],
          width: box.width, height: box.height))
    }
    return boxes
  }

  private static func size(
    _ numbers: [Double], _ extent: BoxRule.Extent
  ) -> (width: Double, height: Double)? {
    guard numbers.count == 4 else { return nil }
    return switch extent {
    case .size: (numbers[2], numbers[3])
    case .corner: (numbers[2] - numbers[0], numbers[3] - numbers[1])
    }
  }
}
