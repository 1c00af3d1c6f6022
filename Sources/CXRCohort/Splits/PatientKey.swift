// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The orders in which patients are divided.
enum PatientKey {
  /// Sorts identifiers: by number if all are numbers, else by text.
  static func sorted(_ keys: some Collection<String>) -> [String] {
    let numbered = keys.compactMap { key in Int(key).map { (number: $0, key: key) } }
    guard numbered.count == keys.count else { return keys.sorted() }
    return numbered.sorted { ($0.number, $0.key) < ($1.number, $1.key) }.map(\.key)
  }

  /// The patient's own draw: it depends on the seed and the patient, not on who else is there.
  static func draw(_ key: String, seed: UInt32) -> UInt64 {
    RandomStream(seed: UInt64(seed), purpose: "split.patient." + key, index: 0).word(at: 0)
  }

  /// Puts identifiers into random order; leaving some out does not change the order of the rest.
  static func shuffled(_ keys: some Collection<String>, seed: UInt32) -> [String] {
    keys.map { (draw: draw($0, seed: seed), key: $0) }
      .sorted { ($0.draw, $0.key) < ($1.draw, $1.key) }.map(\.key)
  }
}
