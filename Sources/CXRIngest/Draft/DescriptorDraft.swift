// SPDX-License-Identifier: Apache-2.0

/// A first version of a descriptor, guessed from the header and the first rows of a table.
///
///     let draft = try DescriptorDraft(path: "export.csv")
///     print(draft.text)
///
/// Guesses bear a comment that says what they rest on; what is not found stands there as a comment.
/// Of the cells, only words of columns with at most ``wordLimit`` different ones are written, each of
/// at most ``wordByteLimit`` bytes, and only of columns that are named like views, sexes, races,
/// parts of a split or labels. Identifiers, dates, ages and reports are never written.
public struct DescriptorDraft: Sendable {
  /// How many rows are looked at.
  public static let rowLimit = 5000
  /// How many different words a column has at most for them to be written.
  public static let wordLimit = 40
  /// How many bytes of UTF-8 such a word has at most.
  public static let wordByteLimit = 40

  /// The YAML.
  public let text: String

  /// Drafts a descriptor.
  ///
  /// - Parameter path: The path of a CSV file, plain or gzip-compressed, of JSON Lines or of an Excel
  ///   workbook, with a row per radiograph, or per reader and radiograph.
  /// - Throws: ``IngestError`` with code `.wrongFile` where it is no table with a header and rows;
  ///   `FileError` where it cannot be read.
  /// - Complexity: O(*n* · *m*) for *n* rows, at most ``rowLimit``, and *m* columns.
  public init(path: String) throws {
    var writer = DraftWriter(try TableSample(path: path))
    writer.writeHead()
    writer.writeImage()
    writer.writePatient()
    writer.writeView()
    writer.writeSex()
    writer.writeAge()
    writer.writeRace()
    writer.writeLabels()
    writer.writeRest()
    text = writer.lines.joined(separator: "\n") + "\n"
  }
}
