// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Text that must come out byte for byte as recorded.
///
/// `RECORD_GOLDEN=1` rewrites the recordings and fails, so that nobody records by accident.
enum Recording {
  static func expect(
    _ text: String, equals name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let url = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden").appending(path: name)
    if ProcessInfo.processInfo.environment["RECORD_GOLDEN"] == "1" {
      try Data(text.utf8).write(to: url)
      Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    } else {
      let recorded = String(decoding: try Data(contentsOf: url), as: UTF8.self)
      #expect(text == recorded, sourceLocation: sourceLocation)
    }
  }
}
