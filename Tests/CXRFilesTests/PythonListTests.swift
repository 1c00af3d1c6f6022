// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import Testing

@Suite("Lists as Python prints them")
struct PythonListTests {
  @Test(
    "Reads back what it writes",
    arguments: [[], ["a"], ["it's", "say \"x\"", "both ' and \"", "back\\slash", "c, d]"]])
  func roundTrip(_ items: [String]) {
    #expect(PythonList.items(of: PythonList.text(items)) == items)
    #expect(PythonList.items(of: PythonList.text([items, ["z"]])) == items + ["z"])
    #expect(PythonList.items(of: PythonList.wrapped(items)) == items)
  }

  @Test("Writes quotes as Python does, and wraps as NumPy does")
  func text() {
    #expect(PythonList.text(["a", "b's"]) == #"['a', "b's"]"#)
    #expect(PythonList.wrapped((1...7).map { "C\($0)" }).contains("'C6'\n 'C7'"))
  }

  @Test("Refuses what is no list", arguments: ["", "a", "['a'", "['a]", "['a']]", "['a'] ['b']"])
  func refusals(_ text: String) { #expect(PythonList.items(of: text) == nil) }
}
