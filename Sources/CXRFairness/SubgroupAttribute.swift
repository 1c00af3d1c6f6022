// SPDX-License-Identifier: Apache-2.0

/// A demographic column by which radiographs can be grouped.
public enum SubgroupAttribute: String, CaseIterable, Codable, Sendable {
  /// The recorded sex.
  case sex
  /// The age at the study, in bins.
  case age
  /// The recorded race group.
  case race

  /// Reads an attribute or an intersection of several.
  ///
  ///     try SubgroupAttribute.list(parsing: "sex*age")  // [.sex, .age]
  ///
  /// - Parameter text: Attribute names joined by `*`.
  /// - Returns: The attributes in the order written.
  /// - Throws: ``FairnessError`` with code `.unknownAttribute` if a name is not known or occurs
  ///   twice.
  public static func list(parsing text: String) throws(FairnessError) -> [SubgroupAttribute] {
    var attributes: [SubgroupAttribute] = []
    for name in text.split(separator: "*", omittingEmptySubsequences: false) {
      guard let attribute = SubgroupAttribute(rawValue: String(name)),
        !attributes.contains(attribute)
      else {
        let known = allCases.map(\.rawValue).joined(separator: ", ")
        throw FairnessError(
          .unknownAttribute,
          "'\(text)' is no attribute; write one of \(known), or several joined by '*'.")
      }
      attributes.append(attribute)
    }
    return attributes
  }
}
