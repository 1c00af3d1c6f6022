// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// Writes a draft line by line, and gives each column of the table its meaning on the way.
struct DraftWriter {
  let table: TableSample
  var columns: DraftColumns
  private(set) var lines: [String] = []
  /// The column of the reader, where an image has several rows.
  private(set) var reader: ColumnSample?
  /// The column of the image.
  private(set) var image: ColumnSample?
  /// The column of the study's date.
  private(set) var date: ColumnSample?

  init(_ table: TableSample) {
    self.table = table
    columns = DraftColumns(table)
  }

  mutating func write(_ line: String, guess: String? = nil) {
    lines.append(line + (guess.map { "  # guessed from \($0)" } ?? ""))
  }

  mutating func writeMissing(_ line: String, _ reason: String) {
    lines.append("# \(line)  # not found: \(reason)")
  }

  mutating func writeHead() {
    let stem = table.fileName.split(separator: ".").first.map(String.init) ?? "dataset"
    let name = stem.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    let rows = table.rowCount == DescriptorDraft.rowLimit ? "the first " : ""
    write("# Drafted from \(rows)\(table.rowCount) rows. Read every line: a guess may be wrong.")
    write("# The language is explained by: cxr dataset schema")
    write("schema: \(DatasetDescriptor.schemaVersion)")
    write(
      "name: \(name.isEmpty ? "dataset" : YAMLText.scalar(name.joined(separator: "-")))",
      guess: "the file's name")
    write("title: \(YAMLText.scalar(stem))", guess: "the file's name")
    write("# licence: the agreement under which the data are used")
    write("")
    write("tables:")
    write("  images:")
    write("    file: \(YAMLText.scalar(table.fileName))")
    if table.delimiter != "," {
      let text = table.delimiter == "\t" ? "\\t" : String(table.delimiter)
      write("    delimiter: \"\(text)\"", guess: "the header")
    }
    if table.isLatin1 { write("    encoding: latin-1", guess: "bytes that are no UTF-8") }
  }

  mutating func writeImage() {
    let reader = columns.take(
      ["reader", "rad id", "radiologist", "annotator", "rater", "observer"]
    ) { $0.blankCount == 0 && !$0.isUnique }
    image = columns.takeImage(hasReader: reader != nil)
    if let image, !image.isUnique { self.reader = reader }
    write("")
    guard let image else {
      writeMissing("image: {id: COLUMN}", "a column with another value in every row")
      return
    }
    write("image:")
    write(
      "  id: \(YAMLText.scalar(image.name))",
      guess: image.isUnique ? "the name and unique values" : "the name; it repeats by reader")
    let isFile = image.all { $0.lowercased().hasSuffix(".png") || $0.contains(".") }
    if isFile {
      write("  path: \"{image}\"", guess: "values that look like files below the root")
    } else {
      write("  # path: \"images/{image}.png\"")
    }
    writeSize()
  }

  /// The size of the image; one of the two alone is rather that of the patient.
  private mutating func writeSize() {
    func column(_ phrases: [String]) -> ColumnSample? {
      columns.free.first { column in
        phrases.contains(where: column.isNamed) && !column.isNamed("window")
          && column.all { Int($0).map { $0 > 100 } ?? false }
      }
    }
    guard let width = column(["width", "columns"]), let height = column(["height", "rows"]) else {
      return
    }
    for (key, column) in [("width", width), ("height", height)] {
      columns.take(column)
      write("  \(key): \(YAMLText.scalar(column.name))", guess: "the name")
    }
  }

  mutating func writePatient() {
    let patient = columns.take(
      ["patient id", "patient number", "subject id", "patient", "subject", "mrn", "pid"],
      except: Self.patientTraits)
    write("")
    if let patient {
      let isFloat = patient.all { $0.hasSuffix(".0") }
      let name = YAMLText.scalar(patient.name)
      write(
        isFloat ? "patient: {column: \(name), number: whole}" : "patient: \(name)",
        guess: isFloat ? "the name; numbers end in .0" : "the name")
    } else {
      writeMissing("patient: COLUMN", "each image counts as a patient of its own")
    }
    let study = columns.take(
      [
        "study id", "study uid", "study instance", "accession", "exam id", "study", "exam", "visit",
      ],
      except: ["date", "time", "age", "description", "year"])
    if let study {
      write("study: \(YAMLText.scalar(study.name))", guess: "the name")
    } else {
      writeMissing("study: COLUMN", "no examination that images share")
    }
    date = columns.take(
      ["study date", "exam date", "acquisition date", "date"], except: ["birth"]
    ) { column in
      column.dateForm != nil || column.all { AcquisitionTime.text(date: $0, time: nil) != nil }
    }
    guard let date else {
      return writeMissing(
        "acquired: {date: COLUMN}", "no dates like 20200131, 2020-01-31 or 31.01.2020")
    }
    let time = columns.take(["study time", "exam time", "acquisition time", "time"]) { column in
      column.all { AcquisitionTime.text(date: "20000101", time: $0)?.contains("T") ?? false }
    }
    let clock = time.map { ", time: \(YAMLText.scalar($0.name))" } ?? ""
    write("acquired: {date: \(date.dateReference)\(clock)}", guess: "names and values")
  }

  private static let patientTraits = [
    "age", "sex", "gender", "birth", "race", "ethnic", "ethnicity", "name", "position", "weight",
    "height", "report",
  ]
}
