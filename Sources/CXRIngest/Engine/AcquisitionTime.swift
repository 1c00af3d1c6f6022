// SPDX-License-Identifier: Apache-2.0

/// When a radiograph was taken, as ISO 8601 writes it.
enum AcquisitionTime {
  /// Joins a date and a time.
  ///
  ///     AcquisitionTime.text(date: "21800506", time: "80556.875")  // 2180-05-06T08:05:56.875
  ///
  /// - Parameters:
  ///   - date: `yyyymmdd` or `yyyy-mm-dd`.
  ///   - time: `hhmmss` with a fraction; leading zeros may be lost.
  /// - Returns: The text, without a time that cannot be read; `nil` where the date cannot.
  static func text(date: String, time: String?) -> String? {
    let digits = date.utf8.filter { $0 != UInt8(ascii: "-") }.map { $0 }
    let isDate = digits.count >= 8 && digits.prefix(8).allSatisfy { (0x30...0x39).contains($0) }
    guard isDate else { return nil }
    func part(_ range: Range<Int>, of bytes: [UInt8]) -> String {
      String(decoding: bytes[range], as: UTF8.self)
    }
    guard let month = Int(part(4..<6, of: digits)), (1...12).contains(month),
      let day = Int(part(6..<8, of: digits)), (1...31).contains(day)
    else { return nil }
    let day8 = [part(0..<4, of: digits), part(4..<6, of: digits), part(6..<8, of: digits)]
      .joined(separator: "-")
    guard let time, let clock = self.clock(time) else { return day8 }
    return day8 + "T" + clock
  }

  private static func clock(_ time: String) -> String? {
    let parts = time.split(separator: ".", maxSplits: 1)
    guard let whole = parts.first, (1...6).contains(whole.utf8.count), let number = Int(whole),
      number >= 0, number / 10000 < 24, number / 100 % 100 < 60, number % 100 < 60
    else { return nil }
    func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    let clock = [number / 10000, number / 100 % 100, number % 100].map(two).joined(separator: ":")
    let fraction = parts.dropFirst().first.map { $0.allSatisfy(\.isNumber) ? String($0) : "" } ?? ""
    return fraction.isEmpty || fraction.allSatisfy { $0 == "0" } ? clock : clock + "." + fraction
  }
}
