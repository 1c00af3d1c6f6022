// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation
internal import Subprocess

/// Hands stages to Slurm, as the tasks of an array job.
///
/// A task writes its exit status into a file of its own when it ends, so nothing depends on Slurm's
/// accounting. The study may be killed meanwhile: the next run finds its job and waits for it.
///
/// - SeeAlso: Yoo, Jette & Grondona, *JSSPP* 2003, <https://doi.org/10.1007/10968987_3>.
public struct SlurmScheduler: StageScheduler {
  /// A task that was submitted.
  private struct Task: Codable, Sendable {
    let job: String
    let index: Int
    let submittedAt: Double
  }

  private let folder: String
  private let options: [String]
  private let interval: Duration

  /// Prepares a scheduler; nothing is written.
  ///
  /// - Parameters:
  ///   - layout: The study, whose folder the machines of the cluster must see.
  ///   - options: Options of `sbatch`, such as `--gres=gpu:1`.
  ///   - interval: How often the queue is asked.
  public init(layout: StudyLayout, options: [String], interval: Duration = .seconds(5)) {
    folder = "\(layout.folder)/slurm"
    self.options = options
    self.interval = interval
  }

  /// Cancels the tasks that an earlier run has submitted for a stage, and waits until they are gone.
  ///
  /// - Parameter stage: The name of the stage.
  /// - Throws: ``StudyError`` with code `.unavailable` where Slurm is not there.
  public func withdraw(_ stage: String) async throws {
    let tasks = self.tasks(of: stage)
    for job in Set(tasks.map { "\($0.job)_\($0.index)" }).sorted() {
      _ = try await call("scancel", [job])
    }
    while try await isQueued(tasks) { try await _Concurrency.Task.sleep(for: interval) }
    forget(stage)
  }

  /// Submits stages as one array job, but for those that are in the queue already, and waits.
  ///
  /// - Parameters:
  ///   - stages: The stages, none of which needs another.
  ///   - submitted: Gets the number of the job and the names of the stages in it.
  /// - Returns: How each ended, in their order; 1 for a task that left the queue without a status.
  /// - Throws: ``StudyError`` with code `.unavailable` where Slurm is not there; `CancellationError`
  ///   after an interruption, when the tasks are cancelled.
  public func run(
    _ stages: [ScheduledStage], submitted: (String, [String]) -> Void
  ) async throws -> [ScheduledOutcome] {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    var fresh: [ScheduledStage] = []
    for stage in stages {
      let tasks = tasks(of: stage.name)
      let isGoingOn = try await isQueued(tasks)
      if tasks.count == stage.commands.count, isGoingOn || statuses(of: stage.name, tasks) != nil {
        submitted(tasks[0].job, [stage.name])
      } else {
        forget(stage.name)
        fresh.append(stage)
      }
    }
    if !fresh.isEmpty { submitted(try await submit(fresh), fresh.map(\.name)) }
    do {
      return try await wait(for: stages)
    } catch let error as CancellationError {
      let jobs = stages.flatMap { tasks(of: $0.name) }.map { "\($0.job)_\($0.index)" }
      _ = try? await call("scancel", jobs)
      throw error
    }
  }

  // MARK: Submitting

  private func submit(_ stages: [ScheduledStage]) async throws -> String {
    let script = "\(folder)/\(stages[0].name).sbatch"
    try AtomicFile.write(text(stages), to: script)
    let answer = try await call("sbatch", ["--parsable"] + options + [script])
    guard let job = answer.split(whereSeparator: { $0 == ";" || $0.isWhitespace }).first else {
      throw StudyError(.unavailable, "sbatch took \(script) and named no job; see squeue.")
    }
    var index = 0
    for stage in stages {
      let tasks = stage.commands.map { _ in
        defer { index += 1 }
        return Task(job: String(job), index: index, submittedAt: Date.now.timeIntervalSince1970)
      }
      try JSONDocument.write(tasks, to: taskFile(stage.name))
    }
    return String(job)
  }

  /// The script of an array job: each task is one command line.
  private func text(_ stages: [ScheduledStage]) -> String {
    var lines: [String] = []
    var index = 0
    for stage in stages {
      for (number, command) in stage.commands.enumerated() {
        let words = ([stage.program] + command).map(Self.quoted).joined(separator: " ")
        let variables = stage.environment.sorted { $0.key < $1.key }
          .map { "export \($0.key)=\(Self.quoted(Self.absolute($0.value)))" }
        lines += ["\(index))"] + variables.map { "  \($0)" }
        lines += [
          "  log=\(Self.quoted(Self.absolute(stage.log)))",
          "  status=\(Self.quoted(Self.absolute(statusFile(stage.name, number))))",
          "  \(words) >>\"$log\" 2>&1 </dev/null", "  code=$?", "  ;;",
        ]
        index += 1
      }
    }
    return """
      #!/bin/bash
      #SBATCH --job-name=cxr-\(stages[0].name)
      #SBATCH --array=0-\(index - 1)
      #SBATCH --output=/dev/null
      cd \(Self.quoted(FileManager.default.currentDirectoryPath)) || exit 1
      case "$SLURM_ARRAY_TASK_ID" in
      \(lines.joined(separator: "\n"))
      esac
      echo "$code" >"$status.part" && mv "$status.part" "$status"
      exit "$code"

      """
  }

  // MARK: Waiting

  private func wait(for stages: [ScheduledStage]) async throws -> [ScheduledOutcome] {
    var outcomes: [ScheduledOutcome?] = stages.map { _ in nil }
    while true {
      for (number, stage) in stages.enumerated() where outcomes[number] == nil {
        outcomes[number] = try await outcome(of: stage)
        if outcomes[number] != nil { forget(stage.name) }
      }
      let ended = outcomes.compactMap(\.self)
      if ended.count == stages.count { return ended }
      try await _Concurrency.Task.sleep(for: interval)
    }
  }

  /// How a stage ended, or `nil` while it has not.
  private func outcome(of stage: ScheduledStage) async throws -> ScheduledOutcome? {
    let tasks = tasks(of: stage.name)
    let began = tasks.map(\.submittedAt).min() ?? 0
    let seconds = max(0, Date.now.timeIntervalSince1970 - began)
    if let statuses = statuses(of: stage.name, tasks) {
      return ScheduledOutcome(exitStatus: statuses.first { $0 != 0 } ?? 0, seconds: seconds)
    }
    guard try await !isQueued(tasks) else { return nil }
    // A status may have been written since it was looked for, or reach this machine late.
    try await _Concurrency.Task.sleep(for: interval)
    if let statuses = statuses(of: stage.name, tasks) {
      return ScheduledOutcome(exitStatus: statuses.first { $0 != 0 } ?? 0, seconds: seconds)
    }
    return ScheduledOutcome(exitStatus: 1, seconds: seconds)
  }

  /// The exit statuses of all processes of a stage, or `nil` while one has none.
  private func statuses(of stage: String, _ tasks: [Task]) -> [Int32]? {
    let statuses = tasks.indices.compactMap { number in
      (try? String(contentsOfFile: statusFile(stage, number), encoding: .utf8))
        .flatMap { Int32($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
    }
    return statuses.count == tasks.count && !tasks.isEmpty ? statuses : nil
  }

  private func isQueued(_ tasks: [Task]) async throws -> Bool {
    guard !tasks.isEmpty else { return false }
    let names = tasks.map { "\($0.job)_\($0.index)" }
    // squeue fails for jobs that it has forgotten.
    let answer = try? await call(
      "squeue", ["--noheader", "--format=%i", "--jobs=\(names.joined(separator: ","))"])
    return answer?.contains { !$0.isWhitespace } ?? false
  }

  // MARK: Files

  private func taskFile(_ stage: String) -> String { "\(folder)/\(stage).job.json" }

  private func statusFile(_ stage: String, _ number: Int) -> String {
    "\(folder)/\(stage).\(number).status"
  }

  private func tasks(of stage: String) -> [Task] {
    (try? JSONDocument.read(from: taskFile(stage))) ?? []
  }

  private func forget(_ stage: String) {
    for number in tasks(of: stage).indices {
      try? FileManager.default.removeItem(atPath: statusFile(stage, number))
    }
    try? FileManager.default.removeItem(atPath: taskFile(stage))
  }

  private func call(_ program: String, _ arguments: [String]) async throws -> String {
    do {
      let result = try await Subprocess.run(
        .name(program), arguments: Arguments(arguments), output: .string(limit: 1 << 20),
        error: .string(limit: 1 << 20))
      guard result.terminationStatus.isSuccess else {
        throw StudyError(
          .unavailable, "\(program) failed: \(result.standardError.prefix(300))")
      }
      return result.standardOutput
    } catch let error as SubprocessError where error.code == .executableNotFound {
      throw StudyError(
        .unavailable, "\(program) was not found; run this where Slurm is, or leave --launcher out.")
    }
  }

  private static func absolute(_ path: String) -> String {
    path.contains("/") ? URL(filePath: path).standardizedFileURL.path : path
  }

  private static func quoted(_ word: String) -> String {
    "'" + word.replacing("'", with: "'\\''") + "'"
  }
}
