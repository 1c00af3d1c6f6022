// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Learning-rate schedule")
struct LearningRateScheduleTests {
  /// A shape with the factors of diffusers at some steps, to six digits.
  struct Reference: Sendable, CustomTestStringConvertible {
    let shape: LearningRateSchedule.Shape
    let factors: [Double]
    var testDescription: String { "\(shape)" }
  }

  static let steps = [0, 1, 5, 10, 11, 40, 55, 56, 99]
  static let references = [
    Reference(shape: .constant, factors: [0, 0.1, 0.5, 1, 1, 1, 1, 1, 1]),
    Reference(
      shape: .linear, factors: [0, 0.1, 0.5, 1, 0.988889, 0.666667, 0.5, 0.488889, 0.011111]),
    Reference(
      shape: .cosine(), factors: [0, 0.1, 0.5, 1, 0.999695, 0.75, 0.5, 0.48255, 0.000305]),
    Reference(
      shape: .cosineWithRestarts(cycles: 2),
      factors: [0, 0.1, 0.5, 1, 0.998782, 0.25, 1, 0.998782, 0.001218]),
    Reference(
      shape: .polynomial(power: 2),
      factors: [0, 0.1, 0.5, 1, 0.977901, 0.444445, 0.25, 0.239012, 0.000124]),
  ]

  @Test("Agrees with diffusers 0.42.1 on 100 steps, 10 of them to warm up", arguments: references)
  func agreesWithDiffusers(_ reference: Reference) {
    let schedule = LearningRateSchedule(reference.shape, peak: 1, warmup: 10, total: 100)
    for (step, factor) in zip(Self.steps, reference.factors) {
      #expect(schedule.factor(at: step).isClose(to: factor, absolute: 1e-6))
    }
  }

  @Test("Is the peak from the first step on without a warm-up", arguments: references)
  func beginsAtThePeak(_ reference: Reference) {
    let schedule = LearningRateSchedule(reference.shape, peak: 1e-4, total: 100)
    #expect(schedule.rate(at: 0) == 1e-4)
  }

  @Test("Stays as it ends", arguments: references)
  func staysAsItEnds(_ reference: Reference) {
    let schedule = LearningRateSchedule(reference.shape, peak: 1e-4, warmup: 10, total: 100)
    #expect(schedule.rate(at: 1_000_000) == schedule.rate(at: 100))
  }

  @Test("Ends at a polynomial's own rate")
  func endsAtItsOwnRate() {
    let schedule = LearningRateSchedule(.polynomial(power: 1, end: 1e-6), peak: 1e-4, total: 10)
    #expect(schedule.rate(at: 10).isClose(to: 1e-6, relative: 1e-12))
  }

  @Test("Refuses a warm-up that takes all steps")
  func refusesWarmupOnly() async {
    await #expect(processExitsWith: .failure) {
      _ = LearningRateSchedule(.linear, peak: 1, warmup: 10, total: 10)
    }
  }
}
