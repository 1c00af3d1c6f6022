// SPDX-License-Identifier: Apache-2.0

/// Whether a stage has to run, and why.
public enum StageStatus: Hashable, Sendable {
  /// It is done, and nothing that it follows from has changed.
  case upToDate
  /// It never ran.
  case new
  /// It was interrupted or failed, and goes on with the same settings.
  case unfinished
  /// It is done, but no longer with what it would be done with now; the reason.
  case outdated(String)
  /// Something outside the study is not there; what.
  case missingInput(String)

  /// One word for tables.
  public var word: String {
    switch self {
    case .upToDate: "done"
    case .new: "to do"
    case .unfinished: "unfinished"
    case .outdated: "outdated"
    case .missingInput: "missing"
    }
  }

  /// The reason, where there is one.
  public var reason: String? {
    switch self {
    case .outdated(let reason), .missingInput(let reason): reason
    default: nil
    }
  }
}
