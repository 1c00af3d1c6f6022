// SPDX-License-Identifier: Apache-2.0

/// The labels that an evaluation asks for.
public enum LabelSelection: Hashable, Sendable {
  /// The eight evaluation labels of the studies.
  case eight
  /// The 14 findings.
  case fourteen
  /// The dataset's own labels.
  case native
  /// Labels by name: findings, their synonyms, or the dataset's own labels.
  case named([String])

  /// Reads a selection as it is typed.
  ///
  ///     LabelSelection("Edema,Pneumonia")  // .named(["Edema", "Pneumonia"])
  ///
  /// - Parameter text: `eight`, `fourteen`, `native`, or names separated by commas.
  public init(_ text: String) {
    switch text.lowercased() {
    case "eight": self = .eight
    case "fourteen": self = .fourteen
    case "native": self = .native
    default:
      self = .named(
        text.split(separator: ",").map { name in
          String(name.drop(while: { $0 == " " }).reversed().drop(while: { $0 == " " }).reversed())
        })
    }
  }
}
