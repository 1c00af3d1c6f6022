// SPDX-License-Identifier: Apache-2.0
internal import CXREvaluation

extension Provenance {
  /// The provenance in four short lines, with the hashes cut to eight digits and long
  /// settings to forty.
  var shortLines: [String] {
    let files = sources.map { "\($0.file) (\($0.role), \($0.sha256.prefix(8)))" }
    return [
      "\(software); dataset \(dataset); seed \(seed)", "Command: \(command)",
      "Files: " + (files.isEmpty ? "none" : files.joined(separator: "; ")),
      "Settings: "
        + sortedSettings.map { setting in
          let value = setting.value
          return "\(setting.name) \(value.count > 40 ? value.prefix(39) + "…" : value)"
        }.joined(separator: "; "),
    ].map(\.singleLine)
  }

  /// The settings by name.
  var sortedSettings: [(name: String, value: String)] {
    settings.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }
}
