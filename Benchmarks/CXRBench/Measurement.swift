// SPDX-License-Identifier: Apache-2.0
import Foundation

/// What one run of a task took.
struct Measurement: Encodable {
  let task: String
  let threads: Int
  let seconds: Double
  let peakMiB: Double

  init(task: BenchTask, threads: Int, elapsed: Duration) {
    self.task = task.rawValue
    self.threads = threads
    seconds = elapsed / .seconds(1)
    var usage = rusage()
    unsafe getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
    // Linux counts in KiB.
    peakMiB = (Double(usage.ru_maxrss) / 1_024).rounded()
  }

  /// The measurement as one line of JSON.
  var line: String {
    get throws {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return String(decoding: try encoder.encode(self), as: UTF8.self)
    }
  }
}
