// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
internal import Foundation

/// What there is to do for a study: each stage with its status.
///
///     let plan = try StagePlan(graph, layout: StudyLayout(folder: manifest.folder))
///     plan.items.filter { $0.status != .upToDate }.map(\.stage.name)
public struct StagePlan: Sendable {
  /// A stage and whether it has to run.
  public struct Item: Sendable {
    /// The stage.
    public let stage: Stage
    /// Whether it has to run, and why.
    public let status: StageStatus
    /// What is known of its last run.
    public let record: StageRecord?
    /// What it reads from outside and is not there: all of it.
    public let missing: [String]
    /// What its result will follow from; absent where an input is missing.
    let key: StageKey?
  }

  /// The stages in their order.
  public let items: [Item]

  /// Compares a study with what was done.
  ///
  /// - Parameters:
  ///   - graph: The stages.
  ///   - layout: Where the records are.
  /// - Throws: `FileError` for files that cannot be read.
  public init(_ graph: StageGraph, layout: StudyLayout) throws {
    let digests = InputDigests(path: layout.digests)
    let hasCatalog = FileManager.default.fileExists(atPath: layout.catalog)
    var items: [Item] = []
    var keys: [String: String] = [:]
    var records: [String: StageRecord] = [:]
    var current: Set<String> = []
    for stage in graph.stages {
      let record = Self.record(of: stage.name, layout)
      records[stage.name] = record
      var key: StageKey?
      var missing: [String] = []
      var status: StageStatus
      do {
        let made = try Self.key(of: stage, upstream: keys, digests)
        key = made
        status = Self.status(of: stage, made, record, records: records, current: current)
        if status == .upToDate, !hasCatalog, stage.verb != "phantom" {
          status = .outdated("the catalog is gone")
        }
        keys[stage.name] = try made.digest()
      } catch let error as StudyError {
        status = .missingInput(error.message)
        missing = try Self.missingInputs(of: stage, digests)
        // What comes after differs from whatever was made before.
        keys[stage.name] = "missing"
      }
      if status == .upToDate { current.insert(stage.name) }
      items.append(Item(stage: stage, status: status, record: record, missing: missing, key: key))
    }
    self.items = items
    if FileManager.default.fileExists(atPath: "\(layout.folder)/stages") { try digests.save() }
  }

  /// What is known of a stage; a record that cannot be read counts as none.
  static func record(of stage: String, _ layout: StudyLayout) -> StageRecord? {
    try? JSONDocument.read(from: layout.record(of: stage))
  }

  /// All that a stage reads from outside and is not there.
  private static func missingInputs(
    of stage: Stage, _ digests: InputDigests
  ) throws -> [String] {
    try stage.inputs.compactMap { input in
      do {
        _ = try digests.digest(of: input)
        return nil
      } catch let error as StudyError {
        return error.message
      }
    }
  }

  private static func key(
    of stage: Stage, upstream: [String: String], _ digests: InputDigests
  ) throws -> StageKey {
    var inputs: [String: String] = [:]
    for input in stage.inputs { inputs.merge(try digests.digest(of: input)) { $1 } }
    return StageKey(
      version: Version.current, arguments: stage.arguments,
      documents: Dictionary(
        uniqueKeysWithValues: stage.documents.map { ($0.path, FileDigest.sha256(of: $0.text)) }),
      inputs: inputs,
      upstream: Dictionary(
        uniqueKeysWithValues: stage.upstream.map { ($0, upstream[$0] ?? "") }))
  }

  private static func status(
    of stage: Stage, _ key: StageKey, _ record: StageRecord?, records: [String: StageRecord],
    current: Set<String>
  ) -> StageStatus {
    guard let record else { return .new }
    guard record.key == key else { return .outdated(key.difference(from: record.key)) }
    for name in stage.upstream where record.upstreamTokens[name] != records[name]?.token {
      return .outdated("\(name) ran again")
    }
    if let name = stage.upstream.first(where: { !current.contains($0) }) {
      return .outdated("\(name) runs again")
    }
    guard record.state == .done else { return .unfinished }
    for path in stage.outputs + stage.documents.map(\.path)
    where !FileManager.default.fileExists(atPath: path) {
      return .outdated("\(path) is gone")
    }
    return .upToDate
  }
}
