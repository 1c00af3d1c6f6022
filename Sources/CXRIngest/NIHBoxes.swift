// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRFiles

/// Reads `BBox_List_2017.csv`: boxes in pixels of the distributed 1024 × 1024 images.
enum NIHBoxes {
  static func read(
    _ path: String, of metadata: NIHMetadata, tally: inout RecordTally
  ) throws -> [BoxRecord] {
    let reader = try CSVReader(path: path)
    try NIHHeader.require(
      NIHHeader.boxes, in: reader, option: "put the official BBox_List_2017.csv in its place")
    var boxes: [BoxRecord] = []
    var record = TableRecord()
    while try reader.read(into: &record) {
      tally.countRead()
      guard NIHHeader.isComplete(record, fieldCount: NIHHeader.boxes.count) else {
        try tally.drop(
          "ragged row", "\(record.fieldCount) fields where \(NIHHeader.boxes.count) are expected",
          line: record.line)
        continue
      }
      let numbers = (2..<6).compactMap { record.finiteNumber(at: $0) }
      guard numbers.count == 4, numbers[2] > 0, numbers[3] > 0 else {
        try tally.drop("box", "a box needs four numbers, the last two positive", line: record.line)
        continue
      }
      let name = record.string(at: 0)
      guard metadata.contains(name) else {
        tally.warn(
          "unknown-image", "boxes of images that the metadata does not have", line: record.line)
        continue
      }
      let label = record.string(at: 1)
      boxes.append(
        BoxRecord(
          imageName: name, label: NIHVocabulary.boxLabelSynonyms[label] ?? label, x: numbers[0],
          y: numbers[1], width: numbers[2], height: numbers[3]))
    }
    return boxes
  }
}
