// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles
public import CXRTraining

/// Images with what a model is to say of each: for every label positive, negative, or no target.
///
///     let store = try ImageStore(folder: "stores/nih-64")
///     let images = try LabelledImages(selection, of: catalog, in: store)
///     images.target(of: .edema, at: 0)  // true
///
/// Images are in the order of the catalog's ids, so that the same catalog always gives the same
/// list.
public struct LabelledImages: Sendable {
  /// What ``targets`` hold where an image has no target.
  public static let ignored: UInt8 = 255

  /// What is learned, in the order of the columns of ``targets``.
  public let labels: [LearnedLabel]
  /// The radiographs' ids in the catalog, no one twice.
  public let radiographIDs: [Int64]
  /// The patients' ids in the catalog; equal ids mean the same patient.
  public let patientIDs: [Int64]
  /// The numbers of the images in ``pixels``.
  public let pixelIndices: [Int]
  /// 1 for positive, 0 for negative, ``ignored`` for no target; shape `[count, labels]`.
  public let targets: [UInt8]
  /// Where the images are read.
  public let pixels: any PixelSource
  /// How many radiographs were selected, and what became of them.
  public let tally: ImageTally

  /// Creates a list.
  ///
  /// - Parameters:
  ///   - labels: What is learned.
  ///   - radiographIDs: The radiographs' ids, none negative, shape `[count]`.
  ///   - patientIDs: The patients' ids, shape `[count]`.
  ///   - pixelIndices: The numbers of the images in `pixels`, shape `[count]`.
  ///   - targets: 1, 0 or ``ignored``, shape `[count, labels]`.
  ///   - pixels: Where the images are read.
  ///   - tally: What became of the radiographs; `nil` when all that were selected are in the list.
  /// - Throws: `TrainingDataError` with code `.repeatedImage`, or `.noImages` for an empty list.
  /// - Precondition: The arrays have these shapes, and labels are named once.
  public init(
    labels: [LearnedLabel], radiographIDs: [Int64], patientIDs: [Int64], pixelIndices: [Int],
    targets: [UInt8], pixels: any PixelSource, tally: ImageTally? = nil
  ) throws(TrainingDataError) {
    let count = radiographIDs.count
    precondition(
      !labels.isEmpty && Set(labels).count == labels.count && patientIDs.count == count
        && pixelIndices.count == count && targets.count == count * labels.count)
    guard count > 0 else {
      throw TrainingDataError(.noImages, "No image is selected; choose others.")
    }
    let repeated = count - Set(radiographIDs).count
    guard repeated == 0 else {
      throw TrainingDataError(
        .repeatedImage,
        "\(NumberText.count(repeated, "radiograph")) would be presented twice; name each once.")
    }
    self.labels = labels
    self.radiographIDs = radiographIDs
    self.patientIDs = patientIDs
    self.pixelIndices = pixelIndices
    self.targets = targets
    self.pixels = pixels
    let withoutTarget = stride(from: 0, to: targets.count, by: labels.count).count { start in
      targets[start..<start + labels.count].allSatisfy { $0 == Self.ignored }
    }
    var final = tally ?? ImageTally(selected: count)
    final.withoutTarget = withoutTarget
    self.tally = final
  }

  /// The number of images.
  public var count: Int { radiographIDs.count }

  /// Returns whether an image counts as positive.
  ///
  /// - Parameters:
  ///   - label: One of ``labels``.
  ///   - row: The position of the image in the list.
  /// - Returns: `nil` when the image has no target for the label.
  /// - Precondition: The label is one of ``labels``.
  public func target(of label: LearnedLabel, at row: Int) -> Bool? {
    guard let column = labels.firstIndex(of: label) else {
      preconditionFailure("\(label.name) is none of the labels")
    }
    let target = targets[row * labels.count + column]
    return target == Self.ignored ? nil : target == 1
  }

  /// A digest of which images are in the list, where their pixels lie and what the targets are.
  ///
  /// - Complexity: O(targets).
  var digest: String {
    let numbers = [radiographIDs.map(String.init), pixelIndices.map(String.init)]
      .map { $0.joined(separator: " ") }
    return FileDigest.sha256(
      of: ([pixels.contentDigest, labels.map(\.name).joined(separator: " ")] + numbers
        + [FileDigest.sha256(of: targets)]).joined(separator: "\n"))
  }

  /// The targets of one image, in the order of ``labels``.
  func targets(at row: Int) -> ArraySlice<UInt8> {
    targets[row * labels.count..<(row + 1) * labels.count]
  }

  /// The numbers of positive and negative targets of every label, in the order of ``labels``.
  ///
  /// - Complexity: O(targets).
  public var targetCounts: [(positive: Int, negative: Int)] { targetCounts(of: 0..<count) }

  /// The numbers of positive and negative targets of every label among some images.
  func targetCounts(of rows: some Sequence<Int>) -> [(positive: Int, negative: Int)] {
    var counts = [(positive: Int, negative: Int)](repeating: (0, 0), count: labels.count)
    for row in rows {
      for column in labels.indices {
        let target = targets[row * labels.count + column]
        if target == 1 { counts[column].positive += 1 }
        if target == 0 { counts[column].negative += 1 }
      }
    }
    return counts
  }

  /// Checks that no patient is in another list too.
  ///
  /// - Parameters:
  ///   - other: The other list, such as the images for validation.
  ///   - name: What the other list is called in the error.
  /// - Throws: `TrainingDataError` with code `.sharedPatient`.
  /// - Complexity: O(*n*).
  public func requireNoPatient(
    of other: LabelledImages, called name: String
  ) throws(TrainingDataError) {
    let shared = Set(patientIDs).intersection(other.patientIDs)
    guard shared.isEmpty else {
      throw TrainingDataError(
        .sharedPatient,
        "\(NumberText.count(shared.count, "patient")) of the images to learn from are among the "
          + "images for \(name); choose disjoint parts of one split.")
    }
  }
}
