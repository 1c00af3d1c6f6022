// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The images of a split that is being read from lists.
struct SplitMembers {
  private(set) var partByImage: [String: String] = [:]
  private let patientByImage: [String: String]
  private let nameIndex: ImageIndex<String>
  private let imagesByPatient: [String: [String]]
  /// Where each patient was first seen.
  private var firstByPatient: [String: (part: String, place: String)] = [:]
  /// The parts that each patient is in, for those in more than one.
  private var partsByPatient: [String: Set<String>] = [:]
  /// The first line that puts a patient into another part, and the line before it.
  private var firstOverlap: (place: String, formerPlace: String)?

  init(patientByImage: [String: String]) {
    self.patientByImage = patientByImage
    nameIndex = ImageIndex(
      Dictionary(uniqueKeysWithValues: patientByImage.keys.map { ($0, $0) }))
    imagesByPatient = Dictionary(
      grouping: patientByImage.keys, by: { PatientIdentifier.unpadded(patientByImage[$0] ?? "") })
  }

  /// Puts an image, or all images of a patient, into a part.
  ///
  /// - Parameters:
  ///   - key: The name of an image, a path to it, or the identifier of a patient.
  ///   - part: The part.
  ///   - place: The file and the line, for errors.
  /// - Returns: `false` when the dataset has neither such an image nor such a patient.
  mutating func add(_ key: String, to part: String, place: String) -> Bool {
    let images =
      nameIndex.value(of: key).map { [$0] } ?? imagesByPatient[PatientIdentifier.unpadded(key)]
    guard let images, let patient = images.first.flatMap({ patientByImage[$0] }) else {
      return false
    }
    if let former = firstByPatient[patient] {
      if former.part != part {
        partsByPatient[patient, default: [former.part]].insert(part)
        firstOverlap = firstOverlap ?? (place, former.place)
      }
    } else {
      firstByPatient[patient] = (part, place)
    }
    for image in images { partByImage[image] = part }
    return true
  }

  /// Checks that no patient is in two parts.
  ///
  /// - Throws: ``IngestError`` with code `.duplicate`, naming the parts, how many patients they share,
  ///   and the first lines that say so.
  func requireDisjointParts() throws(IngestError) {
    guard let firstOverlap else { return }
    let counts = Dictionary(grouping: partsByPatient.values, by: { $0.sorted() })
      .sorted { $0.key.lexicographicallyPrecedes($1.key) }
      .map { NumberText.count($1.count, "patient") + " in parts " + NumberText.list($0) }
    throw IngestError(
      .duplicate,
      "\(firstOverlap.place): the patient of this line is in another part by "
        + "\(firstOverlap.formerPlace). In all, the lists have \(counts.joined(separator: "; ")); "
        + "put all images of a patient into one part.")
  }
}
