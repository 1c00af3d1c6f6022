// SPDX-License-Identifier: Apache-2.0
public import CXRImage
public import CXRTensor

/// The features of ``InceptionV3`` with published weights, by one program's convention.
///
///     let features = try InceptionFeatures(weights: "pt_inception.safetensors", .cleanFID)
///     let rows = try features.rows(for: images)  // 2,048 numbers an image
public struct InceptionFeatures {
  /// How pictures are resized, to be printed beside every distance.
  public let convention: ResizeConvention
  let network: Network<InceptionV3>
  private let device: Device

  /// Loads the network.
  ///
  /// - Parameters:
  ///   - path: The file of weights, such as pytorch-fid's.
  ///   - convention: How pictures are resized and scaled.
  ///   - device: Where the tensors lie.
  /// - Throws: `FileError` if the file cannot be read; `TensorError` with code `.mismatch` if it
  ///   does not hold this network, `.unavailable` without libtorch.
  public init(weights path: String, _ convention: ResizeConvention, on device: Device = .cpu) throws
  {
    let tensors = try WeightFile(path: path).tensors
    network = try Network(seed: 0, on: device) { scope throws(TensorError) in
      try InceptionV3(in: scope)
    }
    // The last layer tells 1,008 classes, and torchvision's files have one beside it.
    let spelling = WeightSpelling(
      rules: WeightSpelling.known.rules + [.ignored("fc"), .ignored("AuxLogits")])
    try network.state.load(tensors, from: path, spelling: spelling)
    self.convention = convention
    self.device = device
  }

  /// The features of images.
  ///
  /// - Parameter images: Images; together they make one batch.
  /// - Returns: Shape `[images, 2048]`, row by row.
  /// - Throws: `TensorError` if memory is short.
  public func rows(for images: [GrayImage]) throws(TensorError) -> [Float] {
    guard !images.isEmpty else { return [] }
    let side = ResizeConvention.side
    var pixels: [Float] = []
    pixels.reserveCapacity(images.count * 3 * side * side)
    let input = InceptionInput(convention: convention)
    for image in images {
      let plane = input.plane(of: image)
      for _ in 0..<3 { pixels += plane }
    }
    let pictures = try Tensor(pixels, shape: [images.count, 3, side, side]).converted(on: device)
    return try withInference { () throws(TensorError) in
      try network.module(pictures).values(as: Float.self)
    }
  }
}
