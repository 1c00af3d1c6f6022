// SPDX-License-Identifier: Apache-2.0

/// What an NIH image name says: `00000001_000.png` is follow-up 0 of patient 1.
struct NIHImageName {
  let patientNumber: Int
  let followUpNumber: Int

  /// Reads a name of eight digits, an underscore, three digits, and a file extension.
  init?(_ name: some Collection<UInt8>) {
    let bytes = Array(name)
    guard bytes.count > 12, bytes[8] == UInt8(ascii: "_"), bytes[12] == UInt8(ascii: "."),
      let patientNumber = Self.number(bytes[0..<8]), let followUpNumber = Self.number(bytes[9..<12])
    else { return nil }
    self.patientNumber = patientNumber
    self.followUpNumber = followUpNumber
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    digits.reduce(0) { value, digit in
      value.flatMap { digit >= 0x30 && digit <= 0x39 ? $0 * 10 + Int(digit - 0x30) : nil }
    }
  }
}
