// SPDX-License-Identifier: Apache-2.0

/// A plan as it is printed.
public struct PlanDocument: Codable, Sendable {
  /// A stage as it is printed.
  public struct Item: Codable, Sendable {
    /// The name of the stage.
    public let stage: String
    /// Whether it has to run, in a word.
    public let status: String
    /// Why it has to run again, or what is missing.
    public let reason: String?
    /// The words behind `cxr`.
    public let arguments: [String]
    /// The stages before it.
    public let upstream: [String]
    /// Whether it computes networks.
    public let isOnGPU: Bool
    /// The seconds that its last run took.
    public let seconds: Double?
    /// The seconds that it will take, where something tells.
    public let expectedSeconds: Double?
    /// When its last run ended.
    public let finishedAt: String?
  }

  /// The name of the study.
  public let study: String
  /// The folder of all that it makes.
  public let folder: String
  /// The catalog.
  public let catalog: String
  /// The stages in their order.
  public let stages: [Item]

  /// Puts a plan into words.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - study: The name of the study.
  ///   - layout: Where everything lies.
  public init(_ plan: StagePlan, study: String, layout: StudyLayout) {
    self.study = study
    folder = layout.folder
    catalog = layout.catalog
    let done = plan.items.filter { $0.record?.state == .done }
    stages = plan.items.map { item in
      let seconds = item.record.flatMap { $0.state == .done ? $0.seconds : nil }
      let alike = done.filter { $0.stage.verb == item.stage.verb }.compactMap(\.record?.seconds)
      let mean = alike.isEmpty ? nil : alike.reduce(0, +) / Double(alike.count)
      return Item(
        stage: item.stage.name, status: item.status.word, reason: item.status.reason,
        arguments: item.stage.arguments, upstream: item.stage.upstream,
        isOnGPU: item.stage.isOnGPU, seconds: seconds,
        expectedSeconds: item.status == .upToDate ? nil : seconds ?? mean,
        finishedAt: item.record?.finishedAt)
    }
  }

  /// How many stages are up to date.
  public var doneCount: Int { stages.count { $0.status == StageStatus.upToDate.word } }
}
