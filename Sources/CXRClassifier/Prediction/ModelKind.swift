// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
public import CXRTraining

/// Which kind of model a file or folder holds.
///
///     try ModelKind("xrv:nih")
public enum ModelKind: Hashable, Sendable, CustomStringConvertible {
  /// A folder that `cxr train` wrote.
  case classifier
  /// A classifier of torchxrayvision.
  case xrv(XRVModel)
  /// A program in TorchScript with a description.
  case script
  /// A model of age, sex or race.
  case demographic(DemographicModel)

  private static let words: [(word: String, kind: ModelKind)] =
    [("classifier", .classifier), ("script", .script)]
    + XRVModel.allCases.map { ("xrv:\($0.rawValue)", .xrv($0)) }
    + [
      ("sex", .demographic(.sex)), ("race", .demographic(.race)), ("age", .demographic(.age)),
    ]

  /// How a kind is typed, for messages and help.
  public static let grammar =
    "classifier, script, sex, race, age, or xrv: with "
    + XRVModel.allCases.map(\.rawValue).joined(separator: ", ")

  /// Reads a kind as it is typed; torchxrayvision's own names of models are read too.
  ///
  /// - Parameter text: Such as `sex`, `xrv:all` or `xrv:densenet121-res224-all`.
  /// - Throws: `TrainingDataError` with code `.unknownWord`.
  public init(_ text: String) throws(TrainingDataError) {
    let short = text.replacing("densenet121-res224-", with: "")
    let word = short == text || text.hasPrefix("xrv:") ? short : "xrv:\(short)"
    guard let found = Self.words.first(where: { $0.word == word }) else {
      let near = Self.words.map(\.word).nearest(to: word).map { "; did you mean \($0)?" } ?? "."
      throw TrainingDataError(
        .unknownWord, "There is no kind of model '\(text)'\(near) A kind is \(Self.grammar).")
    }
    self = found.kind
  }

  /// The kind as it is typed.
  public var description: String {
    Self.words.first { $0.kind == self }?.word ?? "another model"
  }
}
