// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A prompt with fields in braces.
///
///     let template = PromptTemplate.study
///     try template.render(values)  // "71 year old HISPANIC male. Normal chest ."
///
/// `{{` and `}}` stand for braces. A field is one of ``PromptField`` in its exact spelling.
public struct PromptTemplate: Hashable, Sendable, CustomStringConvertible {
  private enum Part: Hashable, Sendable {
    case text(String)
    case field(PromptField)
  }

  /// The template as it was written.
  public let description: String
  private let parts: [Part]

  /// The prompt of RoentGen-v2: `{age} year old {RACE} {sex}. {impression}`.
  public static let study = PromptTemplate(
    description: "{age} year old {RACE} {sex}. {impression}",
    parts: [
      .field(.age), .text(" year old "), .field(.raceUpperCase), .text(" "), .field(.sex),
      .text(". "), .field(.impression),
    ])

  private init(description: String, parts: [Part]) {
    self.description = description
    self.parts = parts
  }

  /// Reads a template.
  ///
  /// - Parameter template: Text with fields in braces.
  /// - Throws: ``TextError`` with code `.invalidTemplate` for an unknown field or a lone brace,
  ///   naming the character at which it stands and, where one is near, the field that may be meant.
  public init(_ template: String) throws(TextError) {
    var parts: [Part] = []
    var text = ""
    let characters = Array(template)
    var position = 0
    while position < characters.count {
      let character = characters[position]
      let next = position + 1 < characters.count ? characters[position + 1] : nil
      if character == "{" || character == "}", next == character {
        text.append(character)
        position += 2
      } else if character == "{" {
        guard let end = characters[position...].firstIndex(of: "}") else {
          throw Self.loneBrace("{", at: position)
        }
        if !text.isEmpty { parts.append(.text(text)) }
        text = ""
        parts.append(
          .field(try Self.field(String(characters[(position + 1)..<end]), at: position)))
        position = end + 1
      } else if character == "}" {
        throw Self.loneBrace("}", at: position)
      } else {
        text.append(character)
        position += 1
      }
    }
    if !text.isEmpty { parts.append(.text(text)) }
    self.init(description: template, parts: parts)
  }

  /// The fields that a record must have a value for, each once, in the order of the template.
  public var fields: [PromptField] {
    var fields: [PromptField] = []
    for case .field(let field) in parts where !fields.contains(field) { fields.append(field) }
    return fields
  }

  /// Fills the fields in.
  ///
  /// - Parameter values: What is known of the radiograph.
  /// - Returns: The prompt.
  /// - Throws: ``TextError`` with code `.missingValue` naming the first field without a value.
  public func render(_ values: PromptValues) throws(TextError) -> String {
    var prompt = ""
    for part in parts {
      switch part {
      case .text(let text): prompt += text
      case .field(let field):
        guard let text = values.text(field) else {
          throw TextError(
            .missingValue,
            "the prompt needs {\(field.rawValue)}, which the radiograph does not have; leave the "
              + "field out of the template or the radiograph out of the selection.")
        }
        prompt += text
      }
    }
    return prompt
  }

  private static func field(_ name: String, at position: Int) throws(TextError) -> PromptField {
    guard let field = PromptField(rawValue: name) else {
      let known = PromptField.allCases.map(\.rawValue)
      let remedy =
        known.nearest(to: name).map { "did you mean {\($0)}?" }
        ?? "the fields are \(NumberText.list(known))."
      throw TextError(
        .invalidTemplate,
        "the template has no field {\(name)} (character \(position + 1)); \(remedy)")
    }
    return field
  }

  private static func loneBrace(_ brace: Character, at position: Int) -> TextError {
    TextError(
      .invalidTemplate,
      "the template has a lone \(brace) (character \(position + 1)); write \(brace)\(brace) for "
        + "the brace itself.")
  }
}
