// SPDX-License-Identifier: Apache-2.0

/// Which tensor of a file is which of a network, as a ``WeightSpelling`` found.
public struct WeightNames: Sendable {
  /// The name in the file for each name in the network that was found.
  public let source: [String: String]
  /// The names of the network for which the file has none, in the network's order.
  public let missing: [String]
  /// The names of the file that stand for nothing and are not known to be ignored, in its order.
  public let unexpected: [String]
  /// What was done, in whole phrases for a person to read; empty if all names agree.
  public let notes: [String]

  /// Matches names by one reading.
  init(
    _ found: [String], _ expected: [String], reading: WeightSpelling.Reading,
    spelling: WeightSpelling, source file: String
  ) throws(TensorError) {
    let prefix = reading.filePrefix
    let networkLength = reading.networkPrefix.count
    // Spelled alike in the network itself, two tensors are told apart by their exact names only.
    var byExact: [String: String] = [:]
    var byCanonical: [String: [String]] = [:]
    for name in expected {
      let rest = String(name.dropFirst(networkLength))
      byExact[rest] = name
      byCanonical[spelling.canonical(rest).name, default: []].append(name)
    }

    var source: [String: String] = [:]
    var unexpected: [String] = []
    var ignored: [String] = []
    var elsewhere = 0
    var uses: [WeightSpelling.Rule: Int] = [:]
    for name in found {
      guard name.hasPrefix(prefix) else {
        if spelling.ignores(name) {
          ignored.append(name)
        } else if reading.fileParts.contains(where: { spelling.rules.contains(.part($0)) }) {
          elsewhere += 1
        } else {
          unexpected.append(name)
        }
        continue
      }
      let rest = String(name.dropFirst(prefix.count))
      let (canonical, used) = spelling.canonical(rest)
      let candidates = byCanonical[canonical] ?? []
      guard let target = byExact[rest] ?? (candidates.count == 1 ? candidates[0] : nil) else {
        if spelling.ignores(rest) { ignored.append(name) } else { unexpected.append(name) }
        continue
      }
      if let other = source[target] {
        throw TensorError(
          .mismatch,
          """
          \(file): \(shown(other)) and \(shown(name)) both stand for \(target); save the one that \
          is meant to a file of its own
          """)
      }
      source[target] = name
      if byExact[rest] == nil { for rule in used { uses[rule, default: 0] += 1 } }
    }
    self.source = source
    self.unexpected = unexpected
    missing = expected.filter { source[$0] == nil }

    var notes: [String] = []
    if !source.isEmpty && reading.filePrefix != reading.networkPrefix {
      if !prefix.isEmpty { notes.append("\(prefix) removed from \(names(source.count))") }
      if networkLength > 0 {
        notes.append("\(reading.networkPrefix) put before \(names(source.count))")
      }
    }
    for rule in spelling.rules {
      if let count = uses[rule], case .spelled(let old, let new) = rule {
        notes.append("\(old) read as \(new) in \(names(count))")
      }
    }
    if !ignored.isEmpty {
      let listed = ignored.prefix(3).map(shown).joined(separator: ", ")
      notes.append("\(names(ignored.count)) not needed: \(listed)\(ignored.count > 3 ? ", …" : "")")
    }
    if elsewhere > 0 {
      notes.append("\(names(elsewhere)) of other parts of the model left unread")
    }
    self.notes = notes
  }
}

/// A number of names in words.
private func names(_ count: Int) -> String { count == 1 ? "1 name" : "\(count) names" }
