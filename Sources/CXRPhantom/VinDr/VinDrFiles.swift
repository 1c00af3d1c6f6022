// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// The tables of a simulated VinDr-CXR folder while they are written.
struct VinDrFiles {
  private let trainLabels: TableFile
  private let testLabels: TableFile
  private let trainBoxes: TableFile
  private let testBoxes: TableFile
  private let kaggle: TableFile

  private static let box = ["x_min", "y_min", "x_max", "y_max"]

  init(folder: String) throws(FileError) {
    let annotations = "\(folder)/annotations"
    for name in ["annotations", "train", "test", "vindr-kaggle"] {
      try makeFolder("\(folder)/\(name)")
    }
    trainLabels = try TableFile(
      "\(annotations)/image_labels_train.csv",
      header: ["image_id", "rad_id"] + VinDrLabel.allCases.map(\.rawValue))
    testLabels = try TableFile(
      "\(annotations)/image_labels_test.csv",
      header: ["image_id"] + VinDrLabel.allCases.map(\.testName))
    trainBoxes = try TableFile(
      "\(annotations)/annotations_train.csv",
      header: ["image_id", "rad_id", "class_name"] + Self.box)
    testBoxes = try TableFile(
      "\(annotations)/annotations_test.csv", header: ["image_id", "class_name"] + Self.box)
    kaggle = try TableFile(
      "\(folder)/vindr-kaggle/train.csv",
      header: ["image_id", "class_name", "class_id", "rad_id"] + Self.box)
  }

  /// Appends an image's rows.
  ///
  /// - Parameters:
  ///   - image: The image.
  ///   - radiograph: What its picture shows, whether it is drawn or not.
  ///   - size: The size of the image that boxes refer to, in pixels.
  ///   - seed: The seed of every draw.
  /// - Throws: `FileError` with code `.unwritable`.
  func append(
    _ image: VinDrImage, radiograph: PhantomRadiograph, size: (width: Int, height: Int),
    seed: UInt64
  ) throws(FileError) {
    let drawn = Dictionary(
      uniqueKeysWithValues: Set(image.majority.filter(\.isLocal).compactMap(\.finding)).map {
        ($0, radiograph.box(of: $0, shape: VinDrPhantom.nativeSize))
      })
    let isTrain = image.part == .train
    for (number, reading) in image.readings.enumerated() {
      let cells = VinDrLabel.allCases.map { reading.labels.contains($0) ? "1" : "0" }
      if isTrain {
        try trainLabels.append([image.imageID, reading.reader] + cells)
      } else {
        // The consensus table writes its numbers with a decimal.
        try testLabels.append([image.imageID] + cells.map { $0 + ".0" })
      }
      try appendBoxes(image, reading) { label in
        let index = number * 100 + (VinDrLabel.allCases.firstIndex(of: label) ?? 0)
        var draws = PhantomDraws(
          seed: seed, purpose: "phantom.vindr.box." + image.imageID, index: index)
        let box = label.finding.flatMap { drawn[$0] ?? nil }?.redrawn(&draws)
        return Self.cells(box ?? .random(&draws), size: size)
      }
    }
  }

  private func appendBoxes(
    _ image: VinDrImage, _ reading: VinDrImage.Reading, box: (VinDrLabel) -> [String]
  ) throws(FileError) {
    let local = reading.labels.filter(\.isLocal)
    let blank = Array(repeating: "", count: 4)
    if image.part == .test {
      for label in local {
        try testBoxes.append([image.imageID, label.rawValue] + box(label))
      }
      if local.isEmpty {
        try testBoxes.append([image.imageID, VinDrLabel.noFinding.rawValue] + blank)
      }
      return
    }
    for label in local {
      let box = box(label)
      try trainBoxes.append([image.imageID, reading.reader, label.rawValue] + box)
      guard let number = label.kaggleClass else { continue }
      try kaggle.append(
        [image.imageID, label.rawValue, String(number), reading.reader] + box)
    }
    let noFinding = VinDrLabel.noFinding.rawValue
    if local.isEmpty {
      try trainBoxes.append([image.imageID, reading.reader, noFinding] + blank)
    }
    if local.allSatisfy({ $0.kaggleClass == nil }) {
      try kaggle.append([image.imageID, noFinding, "14", reading.reader] + blank)
    }
  }

  /// A box in whole pixels, at least one wide and high.
  private static func cells(
    _ box: PhantomRadiograph.Box, size: (width: Int, height: Int)
  ) -> [String] {
    let (left, top) = (
      Int(box.x.lowerBound * Double(size.width)), Int(box.y.lowerBound * Double(size.height))
    )
    let right = max(Int(box.x.upperBound * Double(size.width)), left + 1)
    let bottom = max(Int(box.y.upperBound * Double(size.height)), top + 1)
    return [left, top, right, bottom].map(String.init)
  }

  func finish() throws(FileError) {
    for table in [trainLabels, testLabels, trainBoxes, testBoxes, kaggle] { try table.finish() }
  }
}
