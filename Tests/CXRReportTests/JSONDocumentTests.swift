// SPDX-License-Identifier: Apache-2.0
import CXREvaluation
import CXRFiles
import CXRReport
import Foundation
import Testing

@Suite("JSON document")
struct JSONDocumentTests {
  @Test("A document comes back unchanged")
  func roundTrip() throws {
    let data = try JSONDocument.encode(MadeUpStudy.report)
    #expect(try JSONDecoder().decode(StudyReport.self, from: data) == MadeUpStudy.report)
    #expect(try JSONDocument.encode(MadeUpStudy.report) == data)
  }

  @Test("Keys are sorted, slashes stay, undefined numbers are null, a newline ends the text")
  func layout() throws {
    struct Sample: Codable { var b = "1/2", a = Estimate(value: nil) }
    let text = String(decoding: try JSONDocument.encode(Sample()), as: UTF8.self)
    #expect(
      text == """
        {
          "a" : {
            "lower" : null,
            "upper" : null,
            "value" : null
          },
          "b" : "1/2"
        }

        """)
  }

  @Test("Refuses a number that JSON cannot hold")
  func refusesInfinity() {
    #expect(throws: EncodingError.self) { try JSONDocument.encode(Estimate(value: .infinity)) }
  }
}
