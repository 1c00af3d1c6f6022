// SPDX-License-Identifier: Apache-2.0

/// Options of a verb, as a section of a manifest gives them.
struct VerbOptions: Hashable, Sendable {
  /// An option with its values; a flag has none.
  struct Option: Hashable, Sendable {
    let name: String
    let values: [String]
    /// Whether the option stands for `false`: it takes a flag of a wider section back.
    var isOff = false
  }

  private(set) var options: [Option] = []
  /// The line of the manifest on which the section begins.
  var line = 1

  /// The values of an option; none where it is absent or a flag.
  subscript(name: String) -> [String] { options.first { $0.name == name }?.values ?? [] }

  /// The only value of an option, or the first.
  func value(_ name: String) -> String? { self[name].first }

  func has(_ name: String) -> Bool { options.contains { $0.name == name && !$0.isOff } }

  /// Sets an option, in its place if it is there.
  mutating func set(_ name: String, _ values: [String]) {
    set(Option(name: name, values: values))
  }

  mutating func set(_ option: Option) {
    if let place = options.firstIndex(where: { $0.name == option.name }) {
      options[place] = option
    } else {
      options.append(option)
    }
  }

  /// Puts the options in the order of a number that each name has.
  mutating func sort(by number: (String) -> Int) {
    options.sort { number($0.name) < number($1.name) }
  }

  mutating func remove(_ name: String) { options.removeAll { $0.name == name } }

  /// These options, with those of a narrower section in their place.
  func overridden(by narrower: VerbOptions) -> VerbOptions {
    var merged = self
    for option in narrower.options { merged.set(option) }
    merged.line = narrower.line
    return merged
  }

  /// The words of a command line.
  var arguments: [String] {
    options.filter { !$0.isOff }.flatMap { option in
      option.values.isEmpty
        ? ["--\(option.name)"]
        : option.values.flatMap {
          // A value that begins with a hyphen would be taken for an option.
          $0.hasPrefix("-") ? ["--\(option.name)=\($0)"] : ["--\(option.name)", $0]
        }
    }
  }
}
