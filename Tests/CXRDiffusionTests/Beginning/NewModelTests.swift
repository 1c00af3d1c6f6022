// SPDX-License-Identifier: Apache-2.0
import CXRImage
import CXRTensor
import CXRTestSupport
import CXRText
import Foundation
import Testing

@testable import CXRDiffusion

@Suite("New model", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct NewModelTests {
  private let folder: TemporaryFolder
  private let vocabulary = LearnedVocabulary(of: ["50 year old male. Edema"], limit: 600)

  init() throws { folder = try TemporaryFolder() }

  @Test("Is a model of diffusers' layout that makes images of its size", arguments: [1, 2])
  func makesImages(_ reduction: Int) throws {
    var plan = NewModel(side: 16)
    plan.pixels.reduction = reduction
    try plan.model(vocabulary, on: .cpu).write(to: folder.path("model"))
    let source = try DiffusionFolder(path: folder.path("model"))
    #expect(source.unetConfiguration.sampleSize == 16 / reduction)
    var options = SamplingOptions()
    options.steps = 2
    let model = try TextToImage(source, options, on: .cpu)
    let picture = try model.images(for: ["50 year old male"], seeds: [1])[0]
    let image = try #require(picture.image)
    #expect(image.width == 16 && image.height == 16)
    #expect(model.sampler.cleanLimit == nil && model.sampler.prediction == .velocity)
  }

  @Test("A seed decides over the weights, and the prediction is written down")
  func takesSettings() throws {
    var plan = NewModel(side: 32)
    plan.prediction = .epsilon
    let first = try plan.model(vocabulary, on: .cpu)
    let again = try plan.model(vocabulary, on: .cpu)
    #expect(try first.unet.state.equals(again.unet.state))
    plan.seed = 1
    #expect(try !first.unet.state.equals(plan.model(vocabulary, on: .cpu).unet.state))
    try first.write(to: folder.path("model"))
    let scheduler = try SamplerConfiguration(
      file: DiffusionFolder(path: folder.path("model")).schedulerPath)
    #expect(scheduler.prediction == .epsilon)
  }
}
