// SPDX-License-Identifier: Apache-2.0

/// What is known of patients' identifiers without knowing the dataset.
enum PatientKey {
  /// Sorts identifiers: by number if all are numbers, else by text.
  static func sorted(_ keys: some Collection<String>) -> [String] {
    let numbered = keys.compactMap { key in Int(key).map { (number: $0, key: key) } }
    guard numbered.count == keys.count else { return keys.sorted() }
    return numbered.sorted { ($0.number, $0.key) < ($1.number, $1.key) }.map(\.key)
  }

  /// The identifier without leading zeros, as files that hold it as a number write it.
  static func unpadded(_ key: String) -> String {
    guard !key.isEmpty, key.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return key }
    let digits = key.drop { $0 == "0" }
    return digits.isEmpty ? "0" : String(digits)
  }
}
