// SPDX-License-Identifier: Apache-2.0
import ArgumentParser

/// Times one task in a process of its own and prints one line of JSON.
///
///     CXRBench --task bootstrap --data .build/bench --threads 2
@main
struct CXRBench: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "CXRBench", abstract: "Time one task of the benchmark.")

  @Option(help: "What to time.")
  var task: BenchTask

  @Option(help: "The folder that make_data.py wrote.")
  var data: String

  @Option(help: "The number of threads.")
  var threads = 1

  @Option(help: "The number of resamples and permutations.")
  var repetitions = 1_000

  mutating func run() async throws {
    // Reading is not timed, as it is not with the peers.
    let work = try await task.prepare(folder: data, repetitions: repetitions, threads: threads)
    let start = ContinuousClock.now
    try await work()
    print(try Measurement(task: task, threads: threads, elapsed: .now - start).line)
  }
}
