// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The stages of a study in an order in which each comes after those that it needs.
public struct StageGraph: Sendable {
  /// The stages.
  public let stages: [Stage]

  /// Expands a manifest.
  ///
  /// - Parameter manifest: The study.
  /// - Throws: ``StudyError`` with code `.invalidManifest` for names that nothing in the study has and
  ///   for sections that need one another, with file and line.
  /// - Complexity: O(*s* + *n*) for *s* stages with *n* needs.
  public init(_ manifest: StudyManifest) throws(StudyError) {
    var planner = StagePlanner(manifest)
    planner.planAll()
    let drafts = planner.drafts
    var problems = planner.problems
    var providers: [Resource: Int] = [:]
    for (number, draft) in drafts.enumerated() {
      for resource in draft.provides where providers.updateValue(number, forKey: resource) != nil {
        problems.append(
          (draft.line, "there is a second \(resource.kind) \(resource.name); keep one"))
      }
    }
    var upstream: [[Int]] = []
    for draft in drafts {
      var numbers: Set<Int> = []
      for need in draft.needs {
        if let provider = providers[need.resource] {
          numbers.insert(provider)
        } else {
          problems.append((need.line, Self.problem(need.resource, among: providers.keys)))
        }
      }
      upstream.append(numbers.sorted())
    }
    let names = drafts.map(\.name)
    for (number, name) in names.enumerated() where names[..<number].contains(name) {
      problems.append((drafts[number].line, "a second stage would be called \(name); rename one"))
    }
    guard problems.isEmpty else { throw Self.error(problems, in: manifest.fileName) }
    let order = Self.order(upstream)
    guard order.count == drafts.count else {
      let rest = drafts.indices.filter { !order.contains($0) }.map { drafts[$0] }
      throw Self.error(
        [(rest[0].line, "these need one another: \(rest.map(\.name).joined(separator: ", "))")],
        in: manifest.fileName)
    }
    stages = order.map { drafts[$0].stage(upstream: upstream[$0].map { names[$0] }) }
  }

  /// The stage of a name.
  ///
  /// - Parameter name: The name.
  /// - Returns: The stage, or `nil`.
  public func stage(_ name: String) -> Stage? { stages.first { $0.name == name } }

  /// The stages that a word names: one by its name, or all whose name begins with it.
  ///
  /// - Parameter word: A name such as `train-real`, or the first part of names, such as `train`.
  /// - Returns: The names in their order, at least one.
  /// - Throws: ``StudyError`` with code `.unknownStage` when there is none.
  public func names(matching word: String) throws(StudyError) -> [String] {
    let names = stages.map(\.name).filter { $0 == word || $0.hasPrefix(word + "-") }
    guard names.isEmpty else { return names }
    let nearest = stages.map(\.name).nearest(to: word).map { "did you mean \($0)?" }
    throw StudyError(
      .unknownStage,
      "The study has no stage \(word); " + (nearest ?? "cxr study plan lists them."))
  }

  /// The given stages and all that they need, in order.
  ///
  /// - Parameter names: Names of stages.
  /// - Returns: The names.
  public func names(through names: [String]) -> Set<String> {
    var wanted = Set(names)
    for stage in stages.reversed() where wanted.contains(stage.name) {
      wanted.formUnion(stage.upstream)
    }
    return wanted
  }

  /// An order in which each number comes after those it needs; of several the lowest first.
  ///
  /// Numbers of a circle are left out.
  private static func order(_ upstream: [[Int]]) -> [Int] {
    var order: [Int] = []
    var done = Array(repeating: false, count: upstream.count)
    while let next = upstream.indices.first(where: { number in
      !done[number] && upstream[number].allSatisfy { done[$0] }
    }) {
      done[next] = true
      order.append(next)
    }
    return order
  }

  private static func problem(
    _ resource: Resource, among known: some Collection<Resource>
  ) -> String {
    let names = known.filter { $0.kind == resource.kind }.map(\.name).sorted().distinct
    let nearest = names.nearest(to: resource.name).map { "did you mean \($0)?" }
    let remedy = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
    return "the study has no \(resource.kind) \(resource.name); " + (nearest ?? remedy)
  }

  private static func error(
    _ problems: [(line: Int, message: String)], in file: String
  )
    -> StudyError
  {
    let lines = problems.sorted { $0.line < $1.line }.map { "\(file):\($0.line): \($0.message)" }
    return StudyError(.invalidManifest, lines.distinct.joined(separator: "\n"))
  }
}
