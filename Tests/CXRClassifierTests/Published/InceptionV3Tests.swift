// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRFiles
import CXRImage
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@Suite("Inception v3", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct InceptionV3Tests {
  /// The last layer aside, the file has 564 tensors.
  @Test("Has the tensors of the published file")
  func hasPublishedSize() throws {
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try InceptionV3(in: scope)
    }
    #expect(network.state.entries.count == 564)
    #expect(network.state.parameterCount == 23_850_960 - 1008 * 2048 - 1008)
  }

  /// Numbers of pytorch-fid 0.3.0 on torch 2.13.0, from Scripts/golden/make_inception_golden.py.
  @Test("Agrees with pytorch-fid on closed-form weights")
  func agreesWithPyTorchFID() throws {
    let network = try Network(seed: 0) { scope throws(TensorError) in
      try InceptionV3(in: scope)
    }
    try network.state.fillWithClosedForms()
    let pictures = try Tensor(
      ClosedForm.input(3 * 299 * 299, a: 0.011), shape: [1, 3, 299, 299])
    let features = try withInference { try network.module(pictures).values(as: Float.self) }
    let expected: [Int: Float] = [
      0: 0.129772, 1: 0, 191: 0.085647, 192: 0, 320: 0.020123, 700: 0, 1100: 0.015855,
      1500: 0.002898, 1855: 0, 1856: 0.117682, 2047: 0.086096,
    ]
    for (index, value) in expected {
      #expect(abs(features[index] - value) < 1e-5, "feature \(index)")
    }
    let mean = features.reduce(0) { $0 + Double($1) } / Double(features.count)
    #expect(abs(mean - 0.018136532) < 1e-6)
  }

  @Test("Reads a file with the last layer, and gives a row for each image")
  func readsPublishedFile() throws {
    let folder = try TemporaryFolder()
    let network = try Network(seed: 3) { scope throws(TensorError) in
      try InceptionV3(in: scope)
    }
    let path = folder.path("inception.safetensors")
    let head = try Tensor.full(0.5, shape: [1008, 2048]).stored(named: "fc.weight")
    try SafetensorsFile.write(network.state.stored() + [head], to: path)
    let features = try InceptionFeatures(weights: path, .pytorchFID)
    let images = [UInt8(0), 255].map { gray in
      GrayImage(
        width: 40, height: 30, pixels: .bytes(ContiguousArray(repeating: gray, count: 1200)),
        bitDepth: 8)
    }
    let rows = try features.rows(for: images)
    #expect(rows.count == 2 * InceptionV3.featureCount)
    #expect(rows[..<2048] != rows[2048...])
    #expect(try features.rows(for: []).isEmpty)
  }
}
