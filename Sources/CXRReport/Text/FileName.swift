// SPDX-License-Identifier: Apache-2.0

/// File names made from names that people chose.
enum FileName {
  /// Makes a distinct file name for each name: `sex*age` becomes `sex-age`.
  ///
  /// - Parameter names: The names.
  /// - Returns: Names of ASCII letters, digits and single hyphens, in the same order.
  static func unique(_ names: [String]) -> [String] {
    var used: Set<String> = []
    return names.map { name in
      let words = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
      let base = words.isEmpty ? "attribute" : words.joined(separator: "-")
      var candidate = base
      var number = 2
      while !used.insert(candidate).inserted {
        candidate = "\(base)-\(number)"
        number += 1
      }
      return candidate
    }
  }
}
