// SPDX-License-Identifier: Apache-2.0
import CXRCore

/// A small table of made-up predictions, a pure function of its seed.
struct MadeUpTable {
  /// The number of radiographs; every patient has two.
  var rowCount = 400
  /// The seed.
  var seed: UInt64 = 5
  /// The number of models.
  var modelCount = 2
  /// The thresholds of every model.
  var thresholds = ["Edema": 0.5, "No Finding": 0.4]

  /// Two labels, of which Fracture is not annotated, and scores that know a little.
  var table: PredictionTable {
    let stream = RandomStream(seed: seed, purpose: "made-up table", index: 0)
    let edema = (0..<rowCount).map { stream.unit(at: $0) < 0.3 }
    let normal = (0..<rowCount).map { !edema[$0] && stream.unit(at: rowCount + $0) < 0.7 }
    func scores(_ truth: [Bool], model: Int, label: Int) -> [Double?] {
      let noise = RandomStream(seed: seed, purpose: "made-up scores", index: 10 * model + label)
      return truth.indices.map { row in
        ((0.3 * (truth[row] ? 1 : 0) + 0.7 * noise.unit(at: row)) * 1000).rounded() / 1000
      }
    }
    func states(_ truth: [Bool]) -> [LabelState] { truth.map { $0 ? .positive : .negative } }
    return PredictionTable(
      patients: (0..<rowCount).map { $0 / 2 },
      sexes: (0..<rowCount).map { $0 / 2 % 3 == 0 ? .female : .male },
      races: Array(repeating: nil, count: rowCount),
      agesYears: (0..<rowCount).map { Double(15 + $0 / 2 % 70) },
      views: Array(repeating: .pa, count: rowCount),
      labels: [
        .init(name: "Edema", states: states(edema)),
        .init(name: "No Finding", states: states(normal)),
        .init(name: "Fracture", states: Array(repeating: .unannotated, count: rowCount)),
      ],
      models: (0..<modelCount).map { model in
        PredictionTable.Model(
          name: "model \(model)",
          scores: [
            "Edema": scores(edema, model: model, label: 0),
            "No Finding": scores(normal, model: model, label: 1),
          ],
          thresholds: thresholds)
      })
  }
}
