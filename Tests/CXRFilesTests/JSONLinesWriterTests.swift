// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import Foundation
import Testing

@Suite("JSON Lines")
struct JSONLinesWriterTests {
  @Test("Every kind of value is written in the order of the names")
  func values() {
    var writer = JSONLinesWriter(names: ["t", "i", "n", "w", "l", "e", "z"])
    writer.append([
      .text("a"), .integer(-3), .number(0.25), .number(81), .texts(["x", "y"]), .texts([]), .null,
    ])
    #expect(
      writer.text == #"{"t":"a","i":-3,"n":0.25,"w":81,"l":["x","y"],"e":[],"z":null}"# + "\n")
  }

  @Test("Any text comes back as it was, and stays on its line")
  func escapes() throws {
    let text = "q\" b\\ n\n t\t r\r nul\u{0} é ＡＢ 🩻 \u{2028}"
    var writer = JSONLinesWriter(names: ["k\""])
    writer.append([.text(text)])
    #expect(writer.text.utf8.count { $0 == 0x0A } == 1)
    let object = try JSONSerialization.jsonObject(with: Data(writer.bytes)) as? [String: String]
    #expect(object == ["k\"": text])
  }

  @Test("A number that JSON cannot write is a mistake of the caller")
  func notFinite() async {
    await #expect(processExitsWith: .failure) {
      var writer = JSONLinesWriter(names: ["n"])
      writer.append([.number(.nan)])
    }
  }
}
