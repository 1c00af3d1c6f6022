// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The pictures of a dataset, gathered while its tables are written.
struct FilmPlan {
  /// The pictures in the order of the tables.
  private(set) var films: [PlannedFilm] = []
  private let side: Int
  private let seed: UInt64
  private let style: PhantomSiteStyle

  /// Begins a plan.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - side: The shorter side of each picture, in pixels.
  ///   - seed: The seed of every draw.
  init(dataset: PhantomDataset, side: Int, seed: UInt64) {
    self.side = side
    // Patients of two datasets share a number, not a body; CheXpert Plus has CheXpert's patients.
    let owner = dataset == .chexpertPlus ? PhantomDataset.chexpert : dataset
    self.seed = RandomStream(
      seed: seed, purpose: "phantom.film.dataset." + owner.rawValue, index: 0
    ).word(at: 0)
    style = PhantomSiteStyle(of: dataset)
  }

  /// What the tables say of a radiograph, and where its file belongs.
  struct Entry {
    /// The path below the dataset's folder.
    let path: String
    /// The number of the patient.
    let patient: Int
    /// The number of the study among the patient's, whose radiographs share the findings' grades.
    let study: Int
    /// The number of the radiograph among the patient's; the same for copies.
    let film: Int
    /// The person in truth, whatever the tables leave out.
    let person: (ageYears: Double, sex: Sex?, race: Race?)
    let view: View
    let findings: StudyFindings
    /// The size that the metadata give, of which only the shape is kept.
    let nativeSize: (width: Int, height: Int)
    let format: FilmFormat
    var damage: FilmDamage?
  }

  /// The radiograph of an entry, which does not depend on the size of pictures.
  func radiograph(of entry: Entry) -> PhantomRadiograph {
    let record = PhantomRadiograph.Record(
      ageYears: entry.person.ageYears, sex: entry.person.sex, race: entry.person.race,
      view: entry.view, grades: grades(of: entry))
    return PhantomRadiograph(
      record, style: style, seed: seed, patient: entry.patient, film: entry.film)
  }

  /// Adds a picture.
  mutating func append(_ entry: Entry) {
    let (width, height) = size(entry.nativeSize)
    films.append(
      PlannedFilm(
        path: entry.path, radiograph: radiograph(of: entry), width: width, height: height,
        format: entry.format, damage: entry.damage))
  }

  /// The size of a picture in the shape of a native one.
  func size(_ native: (width: Int, height: Int)) -> (width: Int, height: Int) {
    let shorter = min(native.width, native.height)
    return (
      (native.width * side + shorter / 2) / shorter, (native.height * side + shorter / 2) / shorter
    )
  }

  /// How strong a study's findings are: what is said to be there is plain to see, what perhaps is
  /// there is faint.
  private func grades(of entry: Entry) -> [Finding: Double] {
    let stream = RandomStream(
      seed: seed, purpose: "phantom.film.grade", index: entry.patient * 1_000 + entry.study)
    var grades: [Finding: Double] = [:]
    for finding in Finding.allCases where finding != .noFinding {
      let share = stream.unit(at: finding.position)
      switch entry.findings[finding] {
      case .positive: grades[finding] = 0.4 + 0.6 * share
      case .uncertain: grades[finding] = 0.1 + 0.2 * share
      case .negative, .unmentioned, .unannotated: break
      }
    }
    return grades
  }
}
