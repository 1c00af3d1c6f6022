// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// Runs the stages of a study that are not up to date, each as a process of its own.
///
///     let runner = StudyRunner(graph, layout: layout, program: "/usr/bin/cxr")
///     try await runner.run(names) { print($0) }
///
/// A record of a stage is written whole before it begins and after it has ended. Whatever is killed at
/// any time, the next run goes on: stages that were done stay so, and the one that was interrupted goes
/// on or begins anew.
public struct StudyRunner {
  let graph: StageGraph
  let layout: StudyLayout
  let program: String

  /// Prepares a run; nothing is written.
  ///
  /// - Parameters:
  ///   - graph: The stages.
  ///   - layout: Where everything lies.
  ///   - program: The path of this program.
  public init(_ graph: StageGraph, layout: StudyLayout, program: String) {
    self.graph = graph
    self.layout = layout
    self.program = program
  }

  /// Runs stages that are not up to date, one after another.
  ///
  /// - Parameters:
  ///   - names: The stages that may run.
  ///   - scheduler: What runs stages that need a GPU; this process where absent.
  ///   - report: Gets what happens.
  /// - Returns: How many stages ran.
  /// - Throws: ``StudyError`` with code `.busy`, `.missingInput` or `.stageFailed`;
  ///   `CancellationError` after an interruption; `FileError` for records that cannot be written.
  public func run(
    _ names: Set<String>, scheduler: (any StageScheduler)? = nil,
    report: @escaping (StudyEvent) -> Void
  ) async throws -> Int {
    for folder in ["stages", "logs", "cohorts"] {
      try FileManager.default.createDirectory(
        atPath: "\(layout.folder)/\(folder)", withIntermediateDirectories: true)
    }
    let lock = try StudyLock(path: layout.lock)
    defer { withExtendedLifetime(lock) {} }
    try await waitForOrphans()
    let plan = try StagePlan(graph, layout: layout)
    var open = plan.items.filter { names.contains($0.stage.name) && $0.status != .upToDate }
    try check(open, in: plan)
    if !FileManager.default.fileExists(atPath: layout.catalog) { try forgetGeneratedImages() }
    let count = open.count
    var started = 0
    while !open.isEmpty {
      let waiting = Set(open.map(\.stage.name))
      let ready = open.filter { item in !item.stage.upstream.contains(where: waiting.contains) }
      let local = ready.first { scheduler == nil || !$0.stage.isOnGPU }
      if let item = local {
        started += 1
        try await run(item, number: started, count: count, report: report)
        open.removeAll { $0.stage.name == item.stage.name }
      } else if let scheduler {
        try await run(ready, by: scheduler, started: &started, count: count, report: report)
        open.removeAll { item in ready.contains { $0.stage.name == item.stage.name } }
      }
    }
    return count
  }

  /// Checks, before hours of work, that nothing is missing.
  private func check(_ open: [StagePlan.Item], in plan: StagePlan) throws(StudyError) {
    let missing = open.compactMap { item -> String? in
      guard case .missingInput(let what) = item.status else { return nil }
      return "\(item.stage.name): \(what)"
    }
    guard missing.isEmpty else {
      throw StudyError(.missingInput, missing.joined(separator: "\n"))
    }
    let names = Set(open.map(\.stage.name))
    for item in open {
      for name in item.stage.upstream where !names.contains(name) {
        guard plan.items.contains(where: { $0.stage.name == name && $0.status == .upToDate }) else {
          throw StudyError(
            .missingInput,
            "\(item.stage.name) needs \(name), which is not up to date; run that first, or leave "
              + "--only out.")
        }
      }
    }
  }

  /// Runs one stage here.
  private func run(
    _ item: StagePlan.Item, number: Int, count: Int, report: @escaping (StudyEvent) -> Void
  ) async throws {
    let stage = item.stage
    let (arguments, isResumed) = try prepare(item)
    report(.began(stage, number: number, count: count, isResumed: isResumed))
    var record = try begin(item, isResumed: isResumed)
    let start = ContinuousClock.now
    let process = StageProcess(
      program: program,
      environment: ["CXR_CATALOG": layout.catalog, StudyLease.variable: "1"],
      log: layout.log(of: stage.name))
    let path = layout.record(of: stage.name)
    do {
      let status = try await process.run(arguments) { processID in
        record.processID = processID
        try JSONDocument.write(record, to: path)
      } line: { line in
        report(.line(stage, line))
      }
      record.exitStatus = status
    } catch {
      record.seconds += (ContinuousClock.now - start) / .seconds(1)
      record.processID = nil
      try JSONDocument.write(record, to: path)
      throw error
    }
    record.seconds += (ContinuousClock.now - start) / .seconds(1)
    try end(&record, of: stage)
    report(.ended(stage, seconds: record.seconds))
  }

  /// Runs stages that are ready by a scheduler.
  private func run(
    _ items: [StagePlan.Item], by scheduler: any StageScheduler, started: inout Int, count: Int,
    report: @escaping (StudyEvent) -> Void
  ) async throws {
    var tasks: [ScheduledStage] = []
    var records: [StageRecord] = []
    for item in items {
      started += 1
      if item.status != .unfinished { try await scheduler.withdraw(item.stage.name) }
      let (arguments, isResumed) = try prepare(item)
      report(.began(item.stage, number: started, count: count, isResumed: isResumed))
      records.append(try begin(item, isResumed: isResumed))
      let shards = item.stage.shardCount
      let commands =
        shards == 1
        ? [arguments] : (1...shards).map { arguments + ["--shard", "\($0)/\(shards)"] }
      tasks.append(
        ScheduledStage(
          name: item.stage.name, program: program, commands: commands,
          environment: ["CXR_CATALOG": layout.catalog], log: layout.log(of: item.stage.name)))
    }
    let stages = items.map(\.stage)
    let outcomes = try await scheduler.run(tasks) { job, names in
      report(.submitted(names, job: job))
    }
    var failure: (any Error)?
    for (number, outcome) in outcomes.enumerated() {
      records[number].seconds += outcome.seconds
      records[number].exitStatus = outcome.exitStatus
      do {
        try end(&records[number], of: stages[number])
        report(.ended(stages[number], seconds: records[number].seconds))
      } catch {
        failure = failure ?? error
      }
    }
    if let failure { throw failure }
  }

  /// Puts away what an earlier run with other settings has left, and writes files that the stage reads.
  ///
  /// - Returns: The words of the command line, and whether an interrupted run goes on.
  private func prepare(_ item: StagePlan.Item) throws -> (arguments: [String], isResumed: Bool) {
    let stage = item.stage
    var arguments = stage.arguments
    var isResumed = item.status == .unfinished
    switch stage.resumption {
    case .anew: isResumed = false
    case .sameCommand: break
    case .word(let word, let file):
      isResumed = isResumed && FileManager.default.fileExists(atPath: file)
      if isResumed { arguments.append(word) }
    }
    if !isResumed {
      for folder in stage.ownFolders where FileManager.default.fileExists(atPath: folder) {
        try FileManager.default.removeItem(atPath: folder)
      }
      try? FileManager.default.removeItem(atPath: layout.log(of: stage.name))
    }
    for document in stage.documents { try AtomicFile.write(document.text, to: document.path) }
    for path in stage.outputs {
      try FileManager.default.createDirectory(
        at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
    }
    return (arguments, isResumed)
  }

  /// Notes that a stage begins.
  private func begin(_ item: StagePlan.Item, isResumed: Bool) throws -> StageRecord {
    guard let key = item.key else {
      throw StudyError(.missingInput, "\(item.stage.name): \(item.status.reason ?? "")")
    }
    var tokens: [String: String] = [:]
    for name in item.stage.upstream {
      tokens[name] = StagePlan.record(of: name, layout)?.token
    }
    let former = isResumed ? item.record : nil
    let record = StageRecord(
      stage: item.stage.name, state: .begun,
      commandLine: (["cxr"] + item.stage.arguments).joined(separator: " "), key: key,
      token: former?.token ?? UUID().uuidString, upstreamTokens: tokens,
      startedAt: former?.startedAt ?? Date.now.formatted(.iso8601), seconds: former?.seconds ?? 0,
      attemptCount: (former?.attemptCount ?? 0) + 1)
    try JSONDocument.write(record, to: layout.record(of: item.stage.name))
    return record
  }

  /// Notes how a stage ended.
  private func end(_ record: inout StageRecord, of stage: Stage) throws {
    let isDone = record.exitStatus == 0
    record.state = isDone ? .done : .failed
    record.processID = nil
    record.finishedAt = Date.now.formatted(.iso8601)
    try JSONDocument.write(record, to: layout.record(of: stage.name))
    guard !isDone else { return }
    let log = try? String(contentsOfFile: layout.log(of: stage.name), encoding: .utf8)
    // Behind those of earlier attempts, this one's lines begin with its command line.
    let lines = (log ?? "").split(whereSeparator: \.isNewline).reversed()
      .prefix { !$0.hasPrefix(StageProcess.prompt) }.prefix(8)
    let words = lines.first { $0.contains("error") } ?? lines.first ?? "it printed nothing"
    throw StudyError(
      .stageFailed,
      "\(stage.name) ended with exit status \(record.exitStatus ?? 1): \(words)\n"
        + "All that it printed is in \(layout.log(of: stage.name)).", exitStatus: record.exitStatus)
  }

  /// Waits for stages that outlive a study that was killed, for the moment that they need to end.
  private func waitForOrphans() async throws {
    for stage in graph.stages {
      guard let record = StagePlan.record(of: stage.name, layout), record.state == .begun,
        let processID = record.processID
      else { continue }
      for _ in 0..<600 where Self.isStage(processID) {
        try await Task.sleep(for: .milliseconds(100))
      }
      if Self.isStage(processID) {
        throw StudyError(
          .busy, "\(stage.name) still works as process \(processID); wait for it, or end it.")
      }
    }
  }

  /// Whether a process is one that a study has started.
  private static func isStage(_ processID: Int32) -> Bool {
    let bytes = FileManager.default.contents(atPath: "/proc/\(processID)/environ") ?? Data()
    return bytes.firstRange(of: Data("\(StudyLease.variable)=1".utf8)) != nil
  }

  /// Removes images that only the catalog, which is gone, could account for.
  private func forgetGeneratedImages() throws {
    for stage in graph.stages where stage.verb == "diffusion sample" {
      for path in stage.outputs where FileManager.default.fileExists(atPath: path) {
        try FileManager.default.removeItem(atPath: path)
      }
    }
  }
}
