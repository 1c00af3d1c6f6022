// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads what a record says of a radiograph besides its labels.
///
/// A class, because a value of this size would be copied with every record.
final class RadiographReader {
  private let image: ImageColumns
  private let patient: BoundColumn?
  private let patientAgrees: BoundColumn?
  private let study: BoundColumn?
  private let followUp: BoundColumn?
  private let followUpAgrees: BoundColumn?
  private let date: BoundColumn?
  private let time: BoundColumn?
  private let view: ViewReader
  private let age: AgeReader?
  private let recordedAge: BoundColumn?
  private let attributes: [(name: String, column: BoundColumn, words: Set<String>?)]
  private(set) var patients: PatientReader

  init(_ descriptor: DatasetDescriptor, in images: ImageTable) throws(IngestError) {
    image = try ImageColumns(descriptor.image, in: images)
    patient = descriptor.patient.flatMap { images.bind($0, key: "patient") }
    patientAgrees = descriptor.patient?.agreesRule.flatMap {
      images.bind($0, key: "patient.agrees")
    }
    study = descriptor.study.flatMap { images.bind($0, key: "study") }
    followUp = descriptor.followUp.flatMap { images.bind($0, key: "followUp") }
    followUpAgrees = descriptor.followUp?.agreesRule.flatMap {
      images.bind($0, key: "followUp.agrees")
    }
    date = descriptor.acquiredDate.flatMap { images.bind($0, key: "acquired.date") }
    time = descriptor.acquiredTime.flatMap { images.bind($0, key: "acquired.time") }
    view = ViewReader(descriptor.view, in: images)
    age = descriptor.age.flatMap { AgeReader($0, in: images) }
    recordedAge = descriptor.recordedAge.flatMap { images.bind($0, key: "recordedAge") }
    attributes = descriptor.attributes.compactMap { name, rule, words in
      images.bind(rule, key: "attributes.\(name)").map { (name, $0, words) }
    }
    patients = PatientReader(descriptor, in: images)
  }

  /// The name of the image, if the record has one of the right form.
  func imageName(_ images: ImageTable) -> Result<String, RecordFault> { image.name(images) }

  /// What the record says of the projection.
  func view(_ images: ImageTable) -> ViewReader.Reading { view.read(images) }

  /// The patient's identifier; each image is its own patient where the dataset has none.
  func patientKey(
    imageName: String, _ images: ImageTable
  ) -> Result<String, RecordFault> {
    guard let patient else { return .success(imageName) }
    guard let key = images.text(patient) else {
      return .failure(RecordFault("patient", "the patient is missing or not of the usual form"))
    }
    if let other = patientAgrees.flatMap(images.text),
      PatientIdentifier.unpadded(other) != PatientIdentifier.unpadded(key)
    {
      return .failure(
        RecordFault("patient", "the patient differs from the one that the image's name tells"))
    }
    return .success(key)
  }

  /// Reads the radiograph; the labels are still blank.
  func radiograph(
    _ imageName: String, patientKey: String, part: String?, view: ViewReader.Reading,
    _ images: ImageTable, tally: inout RecordTally
  ) -> RadiographRecord {
    let line = images.record.line
    if let warning = view.warning { tally.warn(warning, line: line) }
    var radiograph = RadiographRecord(
      imageName: imageName,
      patientIndex: patients.index(of: patientKey, images, tally: &tally), view: view.view,
      viewSource: view.source, findings: FindingStates(allAre: .unannotated))
    radiograph.nativeView = view.nativeView
    radiograph.studyKey = study.flatMap(images.text)
    radiograph.relativePath = image.path(
      imageName: imageName, patient: patientKey, study: radiograph.studyKey, part: part,
      images)
    if let path = radiograph.relativePath, Self.leavesRoot(path) {
      radiograph.relativePath = nil
      tally.warn(
        "path-outside", "image paths that leave the dataset's folder, left out", line: line)
    }
    readAge(into: &radiograph, images, tally: &tally)
    readAcquisition(into: &radiograph, images, tally: &tally)
    image.readSizes(into: &radiograph, images, tally: &tally)
    for attribute in attributes {
      guard let word = images.text(attribute.column) else { continue }
      radiograph.attributes.append(RadiographAttribute(name: attribute.name, value: word))
      if let words = attribute.words, !words.contains(word) {
        tally.warn(
          RecordNotice(
            "attribute-unknown", "\(attribute.name) … is not in the vocabulary, kept",
            quoting: word), line: line)
      }
    }
    return radiograph
  }

  private static func leavesRoot(_ path: String) -> Bool {
    guard path.utf8.first != UInt8(ascii: "/") else { return true }
    // Searching a string for another one, or dividing it, costs more than all else of a path.
    let dot = UInt8(ascii: ".")
    let hasDots = zip(path.utf8, path.utf8.dropFirst()).contains { $0 == dot && $1 == dot }
    return hasDots && path.split(separator: "/").contains("..")
  }

  private func readAge(
    into radiograph: inout RadiographRecord, _ images: ImageTable, tally: inout RecordTally
  ) {
    guard let age else { return }
    let reading = age.read(images)
    radiograph.ageYears = reading.ageYears
    radiograph.ageIsTopCoded = reading.isTopCoded
    radiograph.recordedAgeYears =
      reading.recordedAgeYears
      ?? recordedAge.flatMap(images.text).flatMap { Double($0) }
    guard let warning = reading.warning else { return }
    if warning.code == "age-missing" {
      tally.note(warning.code, warning.message, at: age.place(images))
    } else {
      tally.warn(warning.code, warning.message, at: age.place(images))
    }
  }

  private func readAcquisition(
    into radiograph: inout RadiographRecord, _ images: ImageTable, tally: inout RecordTally
  ) {
    let line = images.record.line
    if let text = date.flatMap(images.text) {
      radiograph.acquiredAt = AcquisitionTime.text(date: text, time: time.flatMap(images.text))
      if radiograph.acquiredAt == nil {
        tally.warn("date-unreadable", "dates that are none, left out", line: line)
      }
    }
    guard let text = followUp.flatMap(images.text) else { return }
    radiograph.followUpNumber = Int(text)
    if let other = followUpAgrees.flatMap(images.text), Int(other) != radiograph.followUpNumber {
      tally.note(
        "follow-up-differs", "follow-up numbers that differ from the image name's suffix",
        line: line)
    }
  }
}

/// Why a record cannot be used.
struct RecordFault: Error {
  let reason: String
  let detail: String

  init(_ reason: String, _ detail: String) {
    self.reason = reason
    self.detail = detail
  }
}
