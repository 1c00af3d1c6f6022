// SPDX-License-Identifier: Apache-2.0

/// What is known of patients' identifiers without knowing the dataset.
enum PatientIdentifier {
  /// The identifier without leading zeros, as files that hold it as a number write it.
  static func unpadded(_ key: String) -> String {
    guard !key.isEmpty, key.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return key }
    let digits = key.utf8.drop { $0 == UInt8(ascii: "0") }
    return digits.isEmpty ? "0" : String(Substring(digits))
  }
}
