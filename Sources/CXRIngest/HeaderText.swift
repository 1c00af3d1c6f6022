// SPDX-License-Identifier: Apache-2.0

/// What a message says of a first line that is not the header it should be.
enum HeaderText {
  /// The names found, or, where the line seems to hold data, that it does: data stay out of
  /// messages.
  static func found(_ fields: [String]) -> String {
    // A line of another separator is one field here.
    let pieces = fields.flatMap { $0.split(whereSeparator: { ";\t|".contains($0) }) }
    let looksLikeData = pieces.contains { piece in
      Double(piece) != nil || piece.contains(".png") || piece.count(where: \.isNumber) >= 4
    }
    guard !looksLikeData else { return "a first line that looks like data; add the header" }
    let names = String(fields.joined(separator: ",").prefix(200))
    let isOtherwiseSeparated = fields.count == 1 && names.contains { $0 == ";" || $0 == "\t" }
    return names
      + (isOtherwiseSeparated
        ? "; separate the fields by commas, or name what does with delimiter" : "")
  }
}
