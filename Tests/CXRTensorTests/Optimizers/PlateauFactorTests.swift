// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("Plateau factor")
struct PlateauFactorTests {
  @Test("Agrees with PyTorch, also when saved and restored in between", arguments: 0..<3)
  func agreesWithPyTorch(_ index: Int) throws {
    let golden = try LearningGolden.json()["plateau"][index]
    var plateau = PlateauFactor(
      try golden["mode"].text == "min" ? .minimize : .maximize,
      reduction: try golden["factor"].number, patience: try golden["patience"].integer,
      cooldown: try golden["cooldown"].integer, minimum: try golden["min_lr"].number)
    for (measure, factor) in zip(try golden["measures"].numbers, try golden["factors"].numbers) {
      plateau.observe(measure)
      #expect(plateau.factor.isClose(to: factor, relative: 1e-12))
      plateau = try JSONDecoder().decode(
        PlateauFactor.self, from: JSONEncoder().encode(plateau))
    }
  }

  @Test("Takes NaN for a failure to improve")
  func countsNaN() {
    var plateau = PlateauFactor(.minimize, patience: 1)
    plateau.observe(.nan)
    #expect(plateau.best == nil)
    plateau.observe(.nan)
    #expect(plateau.factor == 0.1)
  }
}
