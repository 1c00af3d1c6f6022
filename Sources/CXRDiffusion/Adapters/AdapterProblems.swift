// SPDX-License-Identifier: Apache-2.0

/// How the tensors of an adapter file differ from those that a model can take.
struct AdapterProblems {
  var unexpected: [String] = []
  var missing: [String] = []
  var mismatched: [String] = []

  var isEmpty: Bool { unexpected.isEmpty && missing.isEmpty && mismatched.isEmpty }

  /// All differences in one sentence; `nil` if there is none.
  var message: String? {
    guard !isEmpty else { return nil }
    let parts = [
      part(unexpected.sorted(), "unexpected"), part(missing, "missing"),
      part(mismatched, "of another shape"),
    ].compactMap(\.self)
    return "its tensors are no adapter of this model: \(parts.joined(separator: "; ")); name an "
      + "adapter of linear maps that was made for this model, or the model that it was made for"
  }

  private func part(_ names: [String], _ what: String) -> String? {
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(5).map(Self.shown).joined(separator: ", ")
    return "\(names.count) \(what) (\(shown)\(names.count > 5 ? ", …" : ""))"
  }

  /// A name that whoever made a file chose, fit for a message.
  static func shown(_ name: String) -> String {
    let characters = name.prefix(120).map { $0.isASCII && !$0.isNewline && $0 >= " " ? $0 : "?" }
    return "\"\(String(characters))\""
  }
}
