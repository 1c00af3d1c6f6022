// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

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
    /// How much there is to do, in words, where counts tell it.
    public let work: String?
    /// The seconds that its last run took.
    public let seconds: Double?
    /// The seconds that it will take, where something tells.
    public let expectedSeconds: Double?
    /// When its last run ended.
    public let finishedAt: String?
  }

  /// Something that is not there.
  public struct MissingInput: Codable, Sendable {
    /// What was looked for.
    public let message: String
    /// The stages that read it.
    public let stages: [String]
  }

  /// The name of the study.
  public let study: String
  /// The folder of all that it makes.
  public let folder: String
  /// The catalog.
  public let catalog: String
  /// The stages in their order.
  public let stages: [Item]
  /// What stages read from outside and is not there.
  public let missingInputs: [MissingInput]

  /// Puts a plan into words.
  ///
  /// - Parameters:
  ///   - plan: The plan of all stages, whose times count.
  ///   - names: The stages that are printed; all if absent.
  ///   - study: The name of the study.
  ///   - layout: Where everything lies.
  ///   - work: How much a stage is to do.
  public init(
    _ plan: StagePlan, of names: Set<String>? = nil, study: String, layout: StudyLayout,
    work: (Stage) -> StageWork? = { _ in nil }
  ) {
    self.study = study
    folder = layout.folder
    catalog = layout.catalog
    let works = plan.items.map { work($0.stage) }
    let done = zip(plan.items, works).filter { $0.0.record?.state == .done }
    let shown = zip(plan.items, works).filter { names?.contains($0.0.stage.name) ?? true }
    stages = shown.map { item, own in
      let seconds = item.record.flatMap { $0.state == .done ? $0.seconds : nil }
      let alike = done.filter { $0.0.stage.verb == item.stage.verb }.map { like, work in
        (seconds: like.record?.seconds ?? 0, amount: work?.amount)
      }
      return Item(
        stage: item.stage.name, status: item.status.word, reason: item.status.reason,
        arguments: item.stage.arguments, upstream: item.stage.upstream,
        isOnGPU: item.stage.isOnGPU, work: own?.words, seconds: seconds,
        expectedSeconds: item.status == .upToDate
          ? nil : seconds ?? Self.seconds(for: own?.amount, by: alike),
        finishedAt: item.record?.finishedAt)
    }
    missingInputs = Self.missingInputs(of: shown.map(\.0))
  }

  /// The time that work takes by what stages of the same verb took.
  ///
  /// Where amounts are known, it goes with them; else it is the mean.
  private static func seconds(
    for amount: Double?, by alike: [(seconds: Double, amount: Double?)]
  ) -> Double? {
    guard !alike.isEmpty else { return nil }
    let total = alike.map(\.seconds).reduce(0, +)
    let amounts = alike.compactMap(\.amount)
    guard let amount, amounts.count == alike.count, amounts.reduce(0, +) > 0 else {
      return total / Double(alike.count)
    }
    return total * amount / amounts.reduce(0, +)
  }

  private static func missingInputs(of items: [StagePlan.Item]) -> [MissingInput] {
    items.flatMap(\.missing).distinct.map { message in
      MissingInput(
        message: message,
        stages: items.filter { $0.missing.contains(message) }.map(\.stage.name))
    }
  }

  /// How many stages are up to date.
  public var doneCount: Int { stages.count { $0.status == StageStatus.upToDate.word } }
}
