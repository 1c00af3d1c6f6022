// SPDX-License-Identifier: Apache-2.0

/// Where what a study makes lies, below its folder.
public struct StudyLayout: Hashable, Sendable {
  /// The folder of the study.
  public let folder: String

  /// Names a folder; nothing is read.
  ///
  /// - Parameter folder: The folder of the study.
  public init(folder: String) { self.folder = folder }

  /// The catalog.
  public var catalog: String { "\(folder)/study.sqlite" }
  /// What is known of a stage.
  func record(of stage: String) -> String { "\(folder)/stages/\(stage).json" }
  /// What a stage has printed.
  public func log(of stage: String) -> String { "\(folder)/logs/\(stage).log" }
  /// Digests of files, to be taken again only of those that have changed.
  var digests: String { "\(folder)/stages/.digests.json" }
  /// What keeps two processes from running the study.
  var lock: String { "\(folder)/study.lock" }
  /// The report with the study's tables and figures.
  public var report: String { "\(folder)/report" }

  /// What the study has made, for the report.
  var index: String { "\(folder)/study.json" }
  func phantom(_ name: String) -> String { "\(folder)/phantoms/\(name)" }
  func cohort(_ name: String) -> String { "\(folder)/cohorts/\(name).yaml" }
  func flow(_ name: String) -> String { "\(folder)/flows/\(name)" }
  func table(_ name: String) -> String { "\(folder)/tables/\(name)" }
  func store(_ name: String) -> String { "\(folder)/stores/\(name)" }
  func generator(_ name: String, _ part: String) -> String {
    "\(folder)/generators/\(name)/\(part)"
  }
  func run(_ name: String) -> String { "\(folder)/runs/\(name)" }
  func classifier(_ name: String) -> String { "\(run(name))/best" }
  var evaluation: String { "\(folder)/evaluation" }
  var curves: String { "\(folder)/curves.svg" }
}
