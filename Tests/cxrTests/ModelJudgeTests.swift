// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRGeneration
import CXRImage
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@testable import cxr

@Suite("Model judge")
struct ModelJudgeTests {
  @Test("Shares that belong together are one aspect, and labels that are no findings are none")
  func aspects() {
    let outputs: [ModelOutput] = [
      .sex(.male), .sex(.female), .race(.asian), .label("Tapeworm"), .race(.white),
      .label("Edema"), .ageYears,
    ]
    #expect(
      ModelJudge.aspects(of: outputs) == [
        .sex, .race([.asian, .white]), .finding(.edema), .ageYears,
      ])
    let estimates = ModelJudge.estimates([0.1, 0.9, 0.3, 0.4, 0.7, 0.6, 51.5], of: outputs)
    #expect(
      estimates == [
        .sex([.male: 0.1, .female: 0.9]), .race([.asian: 0.3, .white: 0.7]), .finding(0.6),
        .ageYears(51.5),
      ])
    #expect(ModelJudge.aspects(of: [.label("Tapeworm")]).isEmpty)
  }

  @Test(
    "A published model tells what it tells by itself, of each image alone",
    .enabled(if: Torch.isAvailable, "this build has no libtorch"))
  func sex() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path("sex.safetensors")
    try await TensorActor.run {
      let network = try Network(seed: 5) { scope throws(TensorError) in
        try ResNet(.resnet34(outputs: 2), in: scope)
      }
      // A network that has learned nothing gives shares of 0 and 1, which tell no image from another.
      for entry in network.state.parameters where entry.name == "fc.weight" {
        try withoutGradients { try entry.tensor.assign(entry.tensor * 1e-3) }
      }
      try SafetensorsFile.write(StoredTensors(network.state.stored()), to: path)
      let images = [7, 13].map { step in
        GrayImage(
          width: 96, height: 64,
          pixels: .bytes(ContiguousArray((0..<6144).map { UInt8($0 * step % 200) })),
          bitDepth: 8)
      }
      let judge = try ModelJudge(ModelFile(path: path, as: .demographic(.sex)), on: .cpu)
      #expect(judge.aspects == [.sex] && judge.identity.name == "sex sex.safetensors")
      let classifier = try DemographicClassifier(.sex, weights: path)
      let found = try judge.estimates(for: images)
      #expect(found.count == 2)
      for (image, row) in zip(images, found) {
        guard case .sex(let shares) = try classifier.estimates(for: [image])[0] else {
          Issue.record("no estimate of sex")
          continue
        }
        #expect(row == [.sex(shares)])
      }
      #expect(found[0] != found[1])
    }
  }
}
