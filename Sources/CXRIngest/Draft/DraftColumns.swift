// SPDX-License-Identifier: Apache-2.0

/// The columns of a table, each of which is given at most one meaning.
struct DraftColumns {
  let table: TableSample
  private var taken: Set<String> = []

  init(_ table: TableSample) { self.table = table }

  /// The columns that have no meaning yet and hold something.
  var free: [ColumnSample] {
    table.columns.filter { !taken.contains($0.name) && !$0.name.isEmpty && !$0.texts.isEmpty }
  }

  mutating func take(_ column: ColumnSample) { taken.insert(column.name) }

  /// Takes the column that is named by the first of some phrases, none of others, and passes a test.
  mutating func take(
    _ phrases: [String], except others: [String] = [],
    where test: (ColumnSample) -> Bool = { _ in true }
  ) -> ColumnSample? {
    let candidates = free.filter { column in
      !others.contains(where: column.isNamed) && test(column)
    }
    let found = phrases.lazy.compactMap { phrase in candidates.first { $0.isNamed(phrase) } }.first
    if let found { take(found) }
    return found
  }

  /// Takes the column that identifies the image: unique, or repeated once per reader.
  mutating func takeImage(hasReader: Bool) -> ColumnSample? {
    let named = take(
      [
        "image id", "image index", "image file", "image name", "image uid", "dicom id",
        "sop instance", "file name", "image path", "path", "file", "image", "dicom", "uid", "id",
      ],
      except: [
        "width", "height", "date", "time", "folder", "dir", "size", "patient", "subject", "study",
        "row", "column", "reader", "label",
      ]
    ) { $0.blankCount == 0 && (hasReader || $0.isUnique) }
    if let named { return named }
    let extensions = [".png", ".jpg", ".jpeg", ".dcm", ".dicom"]
    let files = free.first { column in
      column.isUnique && column.all { text in extensions.contains { text.hasSuffix($0) } }
    }
    if let files { take(files) }
    return files
  }
}
