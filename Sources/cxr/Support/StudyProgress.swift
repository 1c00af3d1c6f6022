// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRStudy

/// Shows how a study goes: a line for each stage, and under it the last that the stage has printed.
final class StudyProgress {
  /// Shows an event.
  ///
  /// - Parameter event: What happened.
  func show(_ event: StudyEvent) {
    switch event {
    case .began(let stage, let number, let count, let isResumed):
      Console.note("[\(number)/\(count)] \(stage.name)" + (isResumed ? ", going on" : ""))
    case .line(_, let line):
      let text = String(line.drop { $0 == " " }.prefix(TextLines.width - 10))
      if !text.isEmpty { Console.progress("      \(text)") }
    case .ended(_, let seconds):
      Console.note("      done in \(StudyText.duration(seconds))")
    case .submitted(let stages, let job):
      Console.note("      submitted \(NumberText.count(stages.count, "stage")) as job \(job)")
    }
  }
}
