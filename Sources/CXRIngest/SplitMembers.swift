// SPDX-License-Identifier: Apache-2.0

/// The images of a split that is being read from lists.
struct SplitMembers {
  private(set) var partByImage: [String: String] = [:]
  private let nameIndex: ImageIndex<String>
  private let imagesByPatient: [String: [String]]

  init(patientByImage: [String: String]) {
    nameIndex = ImageIndex(
      Dictionary(uniqueKeysWithValues: patientByImage.keys.map { ($0, $0) }))
    imagesByPatient = Dictionary(
      grouping: patientByImage.keys, by: { PatientKey.unpadded(patientByImage[$0] ?? "") })
  }

  /// Puts an image, or all images of a patient, into a part.
  ///
  /// - Parameters:
  ///   - key: The name of an image, a path to it, or the identifier of a patient.
  ///   - part: The part.
  ///   - place: The file and the line, for the error.
  /// - Returns: `false` when the dataset has neither such an image nor such a patient.
  /// - Throws: ``IngestError`` with code `.duplicate` when an image is in another part already.
  mutating func add(
    _ key: String, to part: String, place: String
  ) throws(IngestError) -> Bool {
    let images =
      nameIndex.value(of: key).map { [$0] } ?? imagesByPatient[PatientKey.unpadded(key)]
    guard let images else { return false }
    for image in images {
      if let other = partByImage.updateValue(part, forKey: image), other != part {
        throw IngestError(
          .duplicate,
          "\(place): the line is in part \(part) and in part \(other); parts must not overlap.")
      }
    }
    return true
  }
}
