// SPDX-License-Identifier: Apache-2.0
public import CXRImage
public import CXRTensor

/// A ``DemographicModel`` with its weights.
///
///     let classifier = try DemographicClassifier(.sex, weights: "sex.ckpt")
///     try classifier.estimates(for: [image])[0].mostLikelySex  // .female
public struct DemographicClassifier {
  /// Which model it is.
  public let model: DemographicModel
  /// What was renamed or left out of the file, in phrases for a person to read.
  public let notes: [String]
  private let computation: Computation
  private let device: Device

  private enum Computation {
    case network(Network<ResNet>)
    case script(ScriptModule)
  }

  /// Loads a model.
  ///
  /// - Parameters:
  ///   - model: Which model the file holds.
  ///   - path: The file: weights, or TorchScript.
  ///   - device: Where the tensors lie.
  /// - Throws: `FileError` or `TensorError` with code `.unreadable` if the file cannot be read;
  ///   `TensorError` with code `.mismatch` if it does not hold this model, `.unavailable` without
  ///   libtorch.
  public init(_ model: DemographicModel, weights path: String, on device: Device = .cpu) throws {
    self.model = model
    self.device = device
    switch model.computation {
    case .resnet34:
      let tensors = try WeightFile(path: path).tensors
      let network = try Network(seed: 0, on: device) { scope throws(TensorError) in
        try ResNet(.resnet34(outputs: model.outputNames.count), in: scope)
      }
      notes = try network.state.load(tensors, from: path, spelling: model.spelling)
      computation = .network(network)
    case .script:
      notes = []
      computation = .script(try ScriptModule(path: path, on: device))
    }
  }

  /// Estimates from radiographs, prepared as ``DemographicModel/planes(of:)`` says.
  ///
  /// - Parameter images: Decoded radiographs; together they make one batch.
  /// - Returns: An estimate for each, in order.
  /// - Throws: `TensorError` with code `.refused` if a script gives something else than one number
  ///   for each output, `.nonFinite` if one is NaN or infinite, `.outOfMemory`; `ImageError`.
  public func estimates(for images: [GrayImage]) throws -> [DemographicEstimate] {
    guard !images.isEmpty else { return [] }
    let pixels = try images.flatMap { try model.planes(of: $0).flatMap(\.self) }
    let pictures = try Tensor(pixels, shape: [images.count, 3, model.side, model.side])
    let rows = try rows(for: pictures.converted(on: device))
    return rows.map { row in
      switch model.target {
      case .ageYears: .ageYears(row[0])
      case .sex(let sexes): .sex(Dictionary(uniqueKeysWithValues: zip(sexes, row)))
      case .race(let races): .race(Dictionary(uniqueKeysWithValues: zip(races, row)))
      }
    }
  }

  /// Shares, or the age, of each picture.
  func rows(for pictures: Tensor) throws(TensorError) -> [[Double]] {
    let outputs = try withInference { () throws(TensorError) in
      let outputs =
        switch computation {
        case .network(let network): try network.module(pictures, .evaluation)
        case .script(let script): try script(pictures)
        }
      // The logarithmic softmax at the end of the race model changes nothing here.
      return model.target == .ageYears ? outputs : try outputs.softmax(along: 1)
    }
    let (count, width) = (pictures.shape[0], model.outputNames.count)
    guard outputs.count == count * width, outputs.shape.first == count else {
      throw TensorError(
        .refused,
        """
        \(model.name) gave \(outputs) for \(count) pictures, not \(width) numbers for each; check \
        that the file is \(model.publishedFile)
        """)
    }
    guard try outputs.isFinite() else {
      throw TensorError(
        .nonFinite, "\(model.name) gave a number that is NaN or infinite; check its file")
    }
    let values = try outputs.values(as: Double.self)
    return (0..<count).map { Array(values[$0 * width..<($0 + 1) * width]) }
  }
}
