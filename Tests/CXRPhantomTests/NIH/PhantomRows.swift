// SPDX-License-Identifier: Apache-2.0
import CXRPhantom

/// A phantom that is large enough for shares to be stable and small enough for a debug build.
let phantom = NIHPhantom(patientCount: 1_500, seed: 7)

extension NIHPhantom {
  /// The lines of a file without their ends.
  func lines(of file: File) -> [String] {
    var lines = text(of: file).split(whereSeparator: \.isNewline).map(String.init)
    if lines.last == "" { lines.removeLast() }
    return lines
  }

  /// The cells of every line but the header; the simulated files quote nothing.
  func rows(of file: File) -> [[String]] {
    lines(of: file).dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }
}

extension Collection {
  /// The share of elements for which something holds.
  func share(where holds: (Element) -> Bool) -> Double {
    Double(count(where: holds)) / Double(count)
  }
}
