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
    predictions.estimates(at: 0).compactMap { estimate in
      switch estimate {
      case .sex: "sex"
      case .race: "race"
      case .ageYears: nil
      }
    }
  }

  private static func choice(_ predictions: Predictions, _ row: Int) -> [String] {
    predictions.estimates(at: row).compactMap { estimate in
      switch estimate {
      case .sex: estimate.mostLikelySex?.rawValue ?? ""
      case .race: estimate.mostLikelyRace?.rawValue ?? ""
      case .ageYears: nil
      }
    }
  }
}
