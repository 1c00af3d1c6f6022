// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRFiles
import CXRImage

/// The CSV file of a prediction: one line an image, one column an output.
///
/// For sex and race the likeliest stands before the shares.
enum PredictionTableFile {
  /// Writes the file.
  ///
  /// - Throws: `FileError` with code `.unwritable`.
  static func write(
    _ predictions: Predictions, of images: LabelledImages, in store: ImageStore, to path: String
  ) throws {
    var writer = CSVWriter(
      header: ["imageName"] + choiceHeader(predictions) + predictions.outputs.map(\.columnName))
    for (row, index) in images.pixelIndices.enumerated() {
      writer.append(
        [store.radiographs[index].imageName] + choice(predictions, row)
          + predictions.values.map { "\($0[row])" })
    }
    try AtomicFile.write(writer.drain(), to: path)
  }

  private static func choiceHeader(_ predictions: Predictions) -> [String] {
    switch predictions.outputs.first {
    case .sex: ["sex"]
    case .race: ["race"]
    case .label, .ageYears, nil: []
    }
  }

  private static func choice(_ predictions: Predictions, _ row: Int) -> [String] {
    switch predictions.estimate(at: row) {
    case .sex(let shares): [DemographicEstimate.sex(shares).mostLikelySex?.rawValue ?? ""]
    case .race(let shares): [DemographicEstimate.race(shares).mostLikelyRace?.rawValue ?? ""]
    case .ageYears, nil: []
    }
  }
}
