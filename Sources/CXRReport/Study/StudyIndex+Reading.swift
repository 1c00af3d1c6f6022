// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
public import Foundation

extension StudyIndex {
  /// The name of the file in the folder of a study.
  public static let fileName = "study.json"

  /// Reads an index and checks that it is consistent.
  ///
  /// - Parameter location: The file, or the folder in which `study.json` lies.
  /// - Throws: `FileError` with code `.missing`, `.unreadable` or `.malformed`.
  public init(contentsOf location: URL) throws {
    self = try JSONDocument.read(from: Self.file(at: location).path)
    do {
      try validate()
    } catch {
      throw FileError(.malformed, "\(Self.file(at: location).path): \(error.message)")
    }
  }

  /// The file itself, for a file or the folder in which it lies.
  ///
  /// - Parameter location: The file, or the folder.
  /// - Returns: The file.
  public static func file(at location: URL) -> URL {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(
      atPath: location.path, isDirectory: &isFolder)
    return exists && isFolder.boolValue ? location.appending(path: fileName) : location
  }

  /// Writes the index to a file, whole or not at all; equal indexes give equal bytes.
  ///
  /// - Parameter file: The file; its folder must exist.
  /// - Throws: `FileError` with code `.unwritable`.
  public func write(to file: URL) throws { try JSONDocument.write(self, to: file.path) }

  /// Checks that names are unique and that what is referred to is there.
  ///
  /// - Throws: `ReportError` with code `.badIndex`.
  public func validate() throws(ReportError) {
    func require(_ condition: Bool, _ message: String) throws(ReportError) {
      guard condition else { throw ReportError(.badIndex, message) }
    }
    try require(format == 1, "format is \(format); this version reads 1.")
    try require(!arms.isEmpty, "there is no arm; name one at least under arms.")
    try require(!testSets.isEmpty, "there is no test set; name one at least under testSets.")
    try require(!labels.isEmpty, "there is no label; name one at least under labels.")
    for (field, names) in [
      ("arms.name", arms.map(\.name)), ("arms.model", arms.map(\.model)),
      ("testSets.label", testSets.map(\.label)), ("labels", labels),
    ] {
      try require(
        names.distinct.count == names.count,
        "\(field) names something twice; every name stands for one thing.")
    }
    try require(
      arms.contains { $0.name == baseArm && $0.isHeadline },
      "baseArm is \(baseArm), which is not an arm of the main tables.")
    for arm in arms {
      for share in [arm.realShare, arm.syntheticShare].compactMap(\.self) {
        try require(
          (0...1).contains(share), "a share of \(arm.name) is \(share); shares are from 0 to 1.")
      }
    }
    for set in testSets {
      try require(
        (set.split == nil) == (set.part == nil),
        "test set \(set.label) names a split or a part alone; name both or neither.")
    }
  }
}
