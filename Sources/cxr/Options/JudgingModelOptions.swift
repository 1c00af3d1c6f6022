// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRClassifier
import CXRFiles

/// The models that tell what an image shows.
struct JudgingModelOptions: ParsableArguments {
  @Option(help: "The published model of sex.")
  var sexModel: String?

  @Option(help: "The published model of race; it knows no Hispanic class.")
  var raceModel: String?

  @Option(help: "The published model of age.")
  var ageModel: String?

  @Option(
    help: """
      A classifier that cxr train wrote, a published one, or a program in TorchScript, which may \
      tell sex, race and age as well; may be repeated.
      """)
  var classifier: [String] = []

  /// The files of the models.
  ///
  /// - Throws: `FileError` for a file that is missing or holds no such model.
  func files() throws(FileError) -> [ModelFile] {
    var files: [ModelFile] = []
    for (path, model) in [
      (sexModel, DemographicModel.sex), (raceModel, .race), (ageModel, .age),
    ] {
      if let path { files.append(try ModelFile(path: path, as: .demographic(model))) }
    }
    for path in classifier { files.append(try ModelFile(path: path)) }
    return files
  }
}
