// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRTestSupport
import Foundation

/// The tables that the two example descriptors describe, filled with chance, and a model's
/// predictions.
struct DatasetFixture {
  let folder: TemporaryFolder
  let program: Program
  /// The folder of the example descriptors.
  static let examples = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "manifests/datasets/examples")

  init() throws {
    folder = try TemporaryFolder()
    program = Program(folder: folder.url)
  }

  /// Draws for one image, the same in every run.
  private static func draws(_ image: Int) -> RandomStream {
    RandomStream(seed: 11, purpose: "external dataset", index: image)
  }

  /// Writes a hospital's flat export and predictions: 240 images of 120 patients.
  func writeFlatHospital() throws {
    var export =
      "Accession,Image File,Patient Number,Exam Date,Birth Year,Gender,Projection,Ethnic Group,"
      + "Findings,Unit\n"
    var predictions = "image,Cardiomegaly,Pleural Effusion,No Finding\n"
    for image in 0..<240 {
      let draws = Self.draws(image)
      let patient = Self.draws(10_000 + image / 2)
      let hasEffusion = draws.unit(at: 0) < 0.4
      let hasCardiomegaly = draws.unit(at: 1) < 0.3
      let phrases =
        (hasEffusion ? ["Right pleural effusion"] : ["no pleural effusion"])
        + (hasCardiomegaly ? ["cardiomegaly"] : [])
      let isNormal = !hasEffusion && !hasCardiomegaly
      export += "A\(image),img\(image).png,\(1000 + image / 2).0,2019\(image % 12 < 9 ? "0" : "")"
      export += "\(image % 12 + 1)15,\(1930 + patient.index(at: 0, below: 60)),"
      export += (patient.coin(at: 1) ? "Female" : "Male") + ",\(image % 7 == 0 ? "LAT" : "PA"),"
      export += ["White", "Black", "Asian Indian", "Declined"][patient.index(at: 2, below: 4)]
      export += ",\"\(isNormal ? "No acute findings" : phrases.joined(separator: "; "))\","
      export += (image == 5 ? "Outside" : "Ward") + "\n"
      let scores = [hasCardiomegaly, hasEffusion, isNormal].enumerated().map { index, isPositive in
        "\((draws.unit(at: 2 + index) + (isPositive ? 1 : 0)) / 2)"
      }
      predictions += "img\(image).png,\(scores.joined(separator: ","))\n"
    }
    try folder.write(export, to: "export.csv")
    try folder.write(predictions, to: "predictions.csv")
  }

  /// Writes a reader study and predictions: 120 images of 60 patients, three readers each.
  func writeReaderStudy() throws {
    var readings = "image_id,subject,reader,label\n"
    var patients = "subject,sex,age\n"
    var predictions = "image_id,Cardiomegaly,Pneumothorax,No Finding\n"
    for image in 0..<120 {
      let draws = Self.draws(image)
      let truth = ["Cardiomegaly", "Pneumothorax", "No finding"][draws.index(at: 0, below: 3)]
      for reader in 0..<3 {
        let isRight = draws.unit(at: 1 + reader) < 0.9
        readings += "x\(image),s\(image / 2),R\(reader + 1),\(isRight ? truth : "Scoliosis")\n"
      }
      if image % 2 == 0 {
        patients += "s\(image / 2),\(draws.coin(at: 5) ? "female" : "male"),"
        patients += "0\(20 + draws.index(at: 6, below: 70))Y\n"
      }
      let scores = ["Cardiomegaly", "Pneumothorax", "No finding"].enumerated().map { index, label in
        "\((draws.unit(at: 10 + index) + (label == truth ? 1 : 0)) / 2)"
      }
      predictions += "x\(image),\(scores.joined(separator: ","))\n"
    }
    try folder.write(readings, to: "readings.csv")
    try folder.write(patients, to: "patients.csv")
    try folder.write(predictions, to: "predictions.csv")
  }

  /// Copies an example descriptor beside the tables.
  func copyExample(_ name: String) throws {
    try FileManager.default.copyItem(
      at: Self.examples.appending(path: name), to: folder.url.appending(path: name))
  }
}
