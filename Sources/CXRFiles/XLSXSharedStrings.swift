// SPDX-License-Identifier: Apache-2.0

/// The texts that the cells of a workbook refer to by number: the part `sharedStrings.xml`.
final class XLSXSharedStrings: XMLElementHandler {
  /// The texts, formatting left out.
  private(set) var strings: [String] = []
  private var text = ""
  private var isInText = false
  /// Whether what comes is how to pronounce the text, which is no part of it.
  private var isPhonetic = false

  func begin(_ name: Substring, _ attributes: [String: String]) {
    switch name {
    case "si": text = ""
    case "rPh": isPhonetic = true
    case "t": isInText = !isPhonetic
    default: break
    }
  }

  func text(_ piece: String) { if isInText { text += piece } }

  func end(_ name: Substring) {
    switch name {
    case "si": strings.append(text)
    case "rPh": isPhonetic = false
    case "t": isInText = false
    default: break
    }
  }
}
