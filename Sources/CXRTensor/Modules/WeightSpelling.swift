// SPDX-License-Identifier: Apache-2.0

/// How the names of weight files differ from those of the networks here: a table of rules.
///
///     let names = try WeightSpelling.known.names(in: ["module.fc.bias"], for: ["fc.bias"])
///     names.source["fc.bias"]  // "module.fc.bias"
///     names.notes  // ["module. removed from 1 name"]
///
/// A rule never overrules a name that is spelled as the network has it, and two names of a file for
/// one tensor are refused.
public struct WeightSpelling: Hashable, Sendable {
  /// One difference.
  public enum Rule: Hashable, Sendable {
    /// In front of all names, or of none: a file that holds a network inside another object.
    case wrapper(String)
    /// In front of the names of one part of a larger model; the other parts are left unread.
    case part(String)
    /// Components of a name, separated by dots, that stand for others.
    case spelled(String, as: String)
    /// Components with which a name begins or ends, of a tensor that no network here has.
    case ignored(String)
  }

  /// The rules; their order does not matter.
  public var rules: [Rule]

  /// Creates a table.
  public init(rules: [Rule]) { self.rules = rules }

  /// Finds for each tensor of a network its name in a file.
  ///
  /// Prefixes are tried, alone and one inside another, in the file and in the network; the reading
  /// by which most tensors are found is taken. What is missing is not an error here.
  ///
  /// - Parameters:
  ///   - found: The names in the file.
  ///   - expected: The names in the network.
  ///   - source: What to call the file in an error.
  /// - Returns: The names, and what was done to find them.
  /// - Throws: ``TensorError`` with code `.mismatch` if two readings find equally much, or two names
  ///   of the file stand for one tensor.
  /// - Complexity: O(names × prefixes), expected.
  public func names(
    in found: [String], for expected: [String], source: String = "the file"
  ) throws(TensorError) -> WeightNames {
    var readings: [(reading: Reading, count: Int)] = []
    for inside in prefixes(ofAll: expected) {
      let keys = Keys(expected, without: inside, self)
      for outside in prefixes(ofAny: found) {
        let reading = Reading(fileParts: outside, networkParts: inside)
        readings.append((reading, keys.count(in: found, without: reading.filePrefix, self)))
      }
    }
    // Fewer changes first among equals.
    readings.sort {
      ($1.count, $0.reading.changeCount, $0.reading.filePrefix)
        < ($0.count, $1.reading.changeCount, $1.reading.filePrefix)
    }
    let best = readings[0]
    let names = try WeightNames(
      found, expected, reading: best.reading, spelling: self, source: source)
    for other in readings.dropFirst().prefix(while: { $0.count == best.count && best.count > 0 }) {
      // The same prefix taken off both sides is the same reading.
      let otherNames = try WeightNames(
        found, expected, reading: other.reading, spelling: self, source: source)
      guard otherNames.source != names.source else { continue }
      throw TensorError(
        .mismatch,
        """
        \(source): \(best.count) tensors of the network are found both \
        \(described(best.reading.filePrefix)) and \(described(other.reading.filePrefix)); save \
        the one that is meant to a file of its own
        """)
    }
    return names
  }

  private func described(_ prefix: String) -> String {
    prefix.isEmpty ? "without a prefix" : "under \(prefix)"
  }

  /// The prefixes, each made of known ones, that some name begins with; the empty one is among them.
  private func prefixes(ofAny names: [String]) -> [[String]] {
    var chains: Set<[String]> = [[]]
    for name in names {
      var chain: [String] = []
      var rest = name[...]
      // Longer prefixes first: img_encoder_q.model. holds model.
      while chain.count < 3, let next = knownPrefixes.first(where: { rest.hasPrefix($0) }) {
        chain.append(next)
        chains.insert(chain)
        rest = rest.dropFirst(next.count)
      }
    }
    return chains.sorted { $0.joined() < $1.joined() }
  }

  /// The same, of which all names begin with the prefix.
  private func prefixes(ofAll names: [String]) -> [[String]] {
    prefixes(ofAny: names).filter { chain in
      let prefix = chain.joined()
      return names.allSatisfy { $0.hasPrefix(prefix) }
    }
  }

  private var knownPrefixes: [String] {
    rules.compactMap { rule in
      switch rule {
      case .wrapper(let beginning), .part(let beginning): beginning
      case .spelled, .ignored: nil
      }
    }
    .sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  /// One name for all spellings of a tensor, and the rules that lead to it.
  func canonical(_ name: String) -> (name: String, used: [Rule]) {
    var components = Self.components(name)
    var used: [Rule] = []
    for rule in rules {
      guard case .spelled(let other, let canonical) = rule else { continue }
      let old = Self.components(other)
      guard let start = components.firstStart(of: old) else { continue }
      components.replaceSubrange(start..<start + old.count, with: Self.components(canonical))
      used.append(rule)
    }
    return (components.joined(separator: "."), used)
  }

  private static func components(_ name: String) -> [String] {
    name.split(omittingEmptySubsequences: false) { $0 == "." }.map(String.init)
  }

  /// Whether a name is that of a tensor that no network here has.
  func ignores(_ name: some StringProtocol) -> Bool {
    rules.contains { rule in
      guard case .ignored(let text) = rule else { return false }
      return name == text || name.hasPrefix("\(text).") || name.hasSuffix(".\(text)")
    }
  }

  /// Prefixes that are taken off the names of a file and of a network.
  struct Reading {
    let fileParts, networkParts: [String]

    var filePrefix: String { fileParts.joined() }
    var networkPrefix: String { networkParts.joined() }
    var changeCount: Int { fileParts.count + networkParts.count }
  }

  /// The names of a network without a prefix, exactly and in one spelling.
  private struct Keys {
    let exact, canonical: Set<String>

    init(_ names: [String], without parts: [String], _ spelling: WeightSpelling) {
      let length = parts.joined().count
      exact = Set(names.map { String($0.dropFirst(length)) })
      canonical = Set(exact.map { spelling.canonical($0).name })
    }

    func count(in names: [String], without prefix: String, _ spelling: WeightSpelling) -> Int {
      let found = names.lazy.filter { $0.hasPrefix(prefix) }.map {
        String($0.dropFirst(prefix.count))
      }
      return found.count {
        exact.contains($0) || canonical.contains(spelling.canonical($0).name)
      }
    }
  }
}

extension [String] {
  /// Where a run of elements first starts.
  fileprivate func firstStart(of run: [String]) -> Int? {
    guard !run.isEmpty, run.count <= count else { return nil }
    return (0...count - run.count).first { start in
      zip(self[start...], run).allSatisfy { $0 == $1 }
    }
  }
}
