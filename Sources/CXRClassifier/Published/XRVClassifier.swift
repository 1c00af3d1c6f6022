// SPDX-License-Identifier: Apache-2.0
public import CXRImage
public import CXRTensor

/// A classifier of torchxrayvision with its weights: names in, names out.
///
///     let classifier = try XRVClassifier(.all, weights: "densenet121-res224-all.safetensors")
///     let input = try RangedImage<XRVRange>(image)
///       .transformed(by: .cropSquare(.torchxrayvision), .resize(.square(224), .bilinear))
///     try classifier.scores(of: [input])[0][.effusion]
///
/// The published files are whole modules, which only Python opens; the error of `WeightFile` says
/// how to convert one.
public struct XRVClassifier {
  /// Which of the published classifiers it is.
  public let model: XRVModel
  /// The network and its tensors.
  public let network: Network<DenseNet>
  /// What was renamed or left out of the file, in phrases for a person to read.
  public let notes: [String]

  /// Makes the network and loads its weights.
  ///
  /// - Parameters:
  ///   - model: Which of the published classifiers the file holds.
  ///   - path: The file of weights.
  ///   - device: Where the tensors lie.
  /// - Throws: `FileError` if the file cannot be read; `TensorError` if it does not hold this
  ///   network, or without libtorch.
  public init(_ model: XRVModel, weights path: String, on device: Device = .cpu) throws {
    let tensors = try WeightFile(path: path).tensors
    network = try Network(seed: 0, on: device) { scope throws(TensorError) in
      try DenseNet(XRVModel.configuration, in: scope)
    }
    notes = try network.state.load(tensors, from: path)
    self.model = model
  }

  /// Scores radiographs: 0.5 is the operating point of each output.
  ///
  /// - Parameter images: Images of 224 × 224 pixels.
  /// - Returns: For each image the score of each trained output, in [0, 1].
  /// - Throws: `TensorError` with code `.refused` for images of another size, or that were not
  ///   converted to the range of these models; `.outOfMemory`.
  public func scores(of images: [RangedImage<XRVRange>]) throws -> [[XRVOutput: Double]] {
    guard !images.isEmpty else { return [] }
    let side = XRVModel.side
    for image in images where image.width != side || image.height != side {
      throw TensorError(
        .refused,
        """
        \(model.name) takes images of \(side) × \(side) pixels, not \(image.width) × \
        \(image.height); resize them
        """)
    }
    let pictures = try Tensor(images.flatMap(\.pixels), shape: [images.count, 1, side, side])
    let scores = try scores(of: pictures.converted(on: network.state.entries[0].tensor.device))
    let values = try scores.values(as: Double.self)
    let outputs = XRVOutput.allCases
    let trained = Set(model.outputs)
    return images.indices.map { row in
      var named: [XRVOutput: Double] = [:]
      for (column, output) in outputs.enumerated() where trained.contains(output) {
        named[output] = values[row * outputs.count + column]
      }
      return named
    }
  }

  /// Scores pictures.
  ///
  /// - Parameter pictures: Shape `[batch, 1, rows, columns]`, −1024 to 1024.
  /// - Returns: Shape `[batch, 18]`, in the order of ``XRVOutput``; 0.5 for what was not trained.
  /// - Throws: `TensorError` with code `.nonFinite` or `.refused` for values of another range,
  ///   which are never converted silently; `.outOfMemory`.
  public func scores(of pictures: Tensor) throws(TensorError) -> Tensor {
    try Self.check(pictures)
    return try withInference { () throws(TensorError) in
      try model.normalization(network.module(pictures, .evaluation).sigmoid())
    }
  }

  /// Refuses values that are evidently not in the range of these models.
  ///
  /// Values of [0, 1], [−1, 1] or [0, 255] would pass through the network as nearly uniform grey. A
  /// batch without one pixel darker than middle grey is taken for such.
  ///
  /// - Throws: `TensorError` with code `.nonFinite` or `.refused`.
  static func check(_ pictures: Tensor) throws(TensorError) {
    guard pictures.count > 0 else { return }
    guard try pictures.isFinite() else {
      throw TensorError(.nonFinite, "a pixel is NaN or infinite; check where the images come from")
    }
    let low = try Operator.minimum(.tensor(pictures)).item()
    let high = try Operator.maximum(.tensor(pictures)).item()
    let bounds = XRVRange.bounds
    guard low >= Double(bounds.lowerBound), high <= Double(bounds.upperBound), low < -1 else {
      throw TensorError(
        .refused,
        """
        torchxrayvision's models take pixels from \(XRVRange.name), but these lie in \
        [\(low), \(high)]; convert the images to XRVRange
        """)
    }
  }
}

extension Operator {
  fileprivate static let minimum = Operator("aten::min")
  fileprivate static let maximum = Operator("aten::max")
}
