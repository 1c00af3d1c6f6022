// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRDiffusion
import Foundation
import Synchronization

/// What a run of fine-tuning says while it goes on: a line for each record, and a progress line with
/// the time that is left.
final class FineTuningText: Sendable {
  private struct State {
    var firstStep: (step: Int, time: ContinuousClock.Instant)?
    var meanLoss: Double?
  }

  private let steps: Int
  private let imagesPerStep: Int
  private let state = Mutex(State())

  init(steps: Int, imagesPerStep: Int) {
    self.steps = steps
    self.imagesPerStep = imagesPerStep
  }

  /// Shows what happens.
  func show(_ event: FineTuningEvent) {
    switch event {
    case .encoded(let done, let count):
      Console.progress("encoding images, \(done)/\(count)")
    case .step(let step, let loss, _): showStep(step, loss)
    case .record(let record):
      Console.progress("")
      Console.note(Self.line(record))
    case .checkpoint: break
    case .pictures(let step, let path, let missing):
      Console.progress("")
      Console.note(
        "step \(step): images in \(path)"
          + (missing > 0
            ? ", \(NumberText.count(missing)) missing: numbers that are none, as --mixed-precision "
              + "fp16 may bring about" : ""))
    case .model(let step, let path):
      Console.progress("")
      Console.note("step \(step): the model is in \(path)")
    }
  }

  /// The line of a record.
  static func line(_ record: FineTuningRecord) -> String {
    "step \(record.step): loss \(rounded(record.trainingLoss))"
      + (record.validationLoss.map { ", validation loss \(rounded($0))" } ?? "")
      + ", learning rate \(String(format: "%.1e", record.learningRate))"
  }

  private func showStep(_ step: Int, _ loss: Double) {
    let (first, mean) = state.withLock { state in
      let first = state.firstStep ?? (step, .now)
      state.firstStep = first
      // Losses of single steps jump with their timesteps.
      let mean = (state.meanLoss ?? loss) * 0.98 + loss * 0.02
      state.meanLoss = mean
      return (first, mean)
    }
    var text = "step \(step)/\(steps), loss \(Self.rounded(mean))"
    let seconds = (ContinuousClock.now - first.time) / .seconds(1)
    if step > first.step, seconds > 0 {
      let rate = Double(step - first.step) / seconds
      let left = Duration.seconds(Int(Double(steps - step) / rate))
      text +=
        ", \(String(format: "%.1f", rate * Double(imagesPerStep))) images/s, "
        + "\(left.formatted(.time(pattern: .hourMinuteSecond))) left"
    }
    Console.progress(text)
  }

  private static func rounded(_ number: Double) -> String { String(format: "%.4f", number) }
}
