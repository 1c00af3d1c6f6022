// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRImage
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import CXRText
import Foundation
import Testing

@testable import CXRDiffusion

@Suite("Text to image", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct TextToImageTests {
  private let folder: TemporaryFolder
  private let prompts = ["50 year old female.", "Edema!", "60 year old male."]

  init() throws {
    folder = try TemporaryFolder()
    var model = try SmallModel.model()
    for state in [model.unet.state, model.autoencoder.state, model.textEncoder.state] {
      try state.fillWithClosedForms()
    }
    model.companions = CompanionFiles(
      tokenizer: try SmallTokenizer.files(),
      scheduler: Array(
        """
        {"_class_name": "PNDMScheduler", "beta_start": 0.00085, "beta_end": 0.012,
         "beta_schedule": "scaled_linear", "skip_prk_steps": true, "steps_offset": 1}
        """.utf8))
    try model.write(to: folder.path("model"))
  }

  private var options: SamplingOptions {
    var options = SamplingOptions()
    options.steps = 3
    options.guidance = Guidance(scale: 4)
    (options.height, options.width) = (16, 24)
    return options
  }

  private func open(_ options: SamplingOptions) throws -> TextToImage {
    try TextToImage(DiffusionFolder(path: folder.path("model")), options, on: .cpu)
  }

  private func images(
    _ options: SamplingOptions, seeds: [UInt64] = [1, 2, 3]
  ) throws -> [GrayImage] {
    try open(options).images(for: prompts, seeds: seeds).map { try #require($0.image) }
  }

  @Test("An image depends on its prompt, its seed and the options, not on the others of a batch")
  func independence() throws {
    let together = try images(options)
    #expect(together[0].width == 24 && together[0].height == 16 && together[0].bitDepth == 8)
    #expect(together[0] != together[1] && together[1] != together[2])
    let model = try open(options)
    // The same ones alone, in another order, and by a model that has made others before.
    for index in [2, 0, 1] {
      let alone = try model.images(for: [prompts[index]], seeds: [UInt64(index + 1)])
      #expect(alone[0].image == together[index])
    }
    let other = try images(options, seeds: [1, 2, 3 + 1 << 32])
    #expect(other[..<2] == together[..<2] && other[2] != together[2])
    var changed = options
    changed.negativePrompt = "text"
    #expect(try images(changed) != together)
    changed = options
    changed.guidance = Guidance(scale: 4, rescale: 0.7)
    #expect(try images(changed) != together)
  }

  @Test(
    "In a narrower type or another order, the U-Net gives nearly the same answers and images",
    arguments: [
      // A rounding is 2⁻⁹ of a number in bfloat16 and 2⁻¹² in float16, and some forty follow each other.
      (WeightLayout(.bfloat16), 0.05), (WeightLayout(.float16), 0.006),
      (WeightLayout(.float32, .channelsLast), 1e-4), (WeightLayout(.bfloat16, .channelsLast), 0.05),
    ])
  func layouts(_ layout: WeightLayout, _ limit: Double) throws {
    // The closed forms magnify roundings a thousandfold; weights as learning begins with do not.
    let small = try SmallModel()
    func answer(_ layout: WeightLayout) throws -> [Double] {
      let unet = try small.open().unet(on: .cpu, as: layout)
      #expect(unet.state.parameters.allSatisfy { $0.tensor.scalarType == layout.type })
      return try withInference {
        try unet.module(
          Tensor.closedForm([1, 4, 8, 8]).converted(to: layout.type).contiguous(layout.order),
          at: Tensor([501], shape: [1]),
          context: SmallNetworks.context().converted(to: layout.type)
        ).values(as: Double.self)
      }
    }
    let expected = try answer(.standard)
    let error = zip(try answer(layout), expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    let size = expected.reduce(0) { $0 + $1 * $1 }
    #expect((error / size).squareRoot() <= limit, "\((error / size).squareRoot())")

    var options = options
    options.guidance = Guidance(scale: 1)
    let plain = try images(options)
    options.unet = layout
    let made = try images(options)
    #expect(try images(options) == made)
    if layout.type != .float32 { #expect(made != plain) }
    // This network has learned nothing and magnifies roundings; an image stays itself all the same.
    for (index, image) in made.enumerated() {
      let own = try distance(image, plain[index])
      let others = try distance(plain[index], plain[(index + 1) % plain.count])
      #expect(own < others / 2, "\(own) grays from its own image, and \(others) from another's")
    }
  }

  /// The mean difference of the pixels of two images.
  private func distance(_ image: GrayImage, _ other: GrayImage) throws -> Double {
    guard case .bytes(let pixels) = image.pixels, case .bytes(let others) = other.pixels else {
      Issue.record("an image of 8 bits")
      return .infinity
    }
    let sum = zip(pixels, others).reduce(0) { $0 + abs(Double($1.0) - Double($1.1)) }
    return sum / Double(pixels.count)
  }

  @Test("Every sampler makes images, and the same ones again", arguments: SamplerKind.allCases)
  func samplers(_ kind: SamplerKind) throws {
    var options = options
    options.sampler = kind
    let made = try images(options)
    #expect(try images(options) == made)
    // Noise of random samplers is the image's own too.
    let alone = try open(options).images(for: [prompts[1]], seeds: [2])
    #expect(alone[0].image == made[1])
  }

  @Test("Prompts are padded by the model's rule, and what is cut is told")
  func tokens() throws {
    let model = try open(options)
    #expect(model.truncation(of: prompts[0]) == nil)
    #expect(model.truncation(of: String(repeating: "a", count: 75) + "bc") == "bc")
    let tokenizer = try CLIPTokenizer(folder: folder.path("model/tokenizer"))
    let text = try SmallNetworks.textEncoder()
    let encoder = PromptEncoder(tokenizer, text.module, on: .cpu, limit: 1)
    // `!` is the first spelling, and the empty prompt is start, end and 75 of them.
    let ids = [512, 513] + Array(repeating: 0, count: 75)
    let expected = try withInference { try text.module(Tensor(ids, shape: [1, 77])) }
    for _ in 0..<2 {
      let found = try encoder.encode(["", "b", ""])
      #expect(try found.slice(2..<3).largestDifference(from: expected) == 0)
      #expect(try found.slice(1..<2).largestDifference(from: expected) > 0)
    }
  }

  @Test("Numbers that are not finite, and black pictures, are no images")
  func failures() throws {
    let gray = try Tensor([-1, 0, 0.5, 1] as [Float], shape: [1, 2, 2])
    let image = try #require(try SampledPicture(gray).image)
    #expect(image.pixels == .bytes([0, 128, 191, 255]))
    let colors = try Tensor([-1, 0.5, 3] as [Float], shape: [3, 1, 1])
    #expect(try SampledPicture(colors).image?.pixels == .bytes([149]))
    for bad in [Float.nan, .infinity, -.infinity] {
      #expect(try SampledPicture(Tensor([0, bad], shape: [1, 1, 2])) == .notFinite)
    }
    #expect(try SampledPicture(Tensor.full(-1, shape: [3, 2, 2])) == .black)
  }

  @Test("Refuses sizes and steps that the model cannot make, before it reads weights")
  func refuses() throws {
    try FileManager.default.removeItem(
      atPath: folder.path("model/unet/diffusion_pytorch_model.safetensors"))
    var options = options
    options.width = 25
    let size = #expect(throws: TensorError.self) { try open(options) }
    #expect(size?.code == .refused && size?.message.contains("multiples of 2") == true)
    options = self.options
    options.steps = 1001
    let steps = #expect(throws: SamplerError.self) { try open(options) }
    #expect(steps?.code == .stepCount)
  }

  @Test("The digest of a model follows its weights, scheduler and tokenizer")
  func digest() throws {
    func digest() throws -> String { try DiffusionFolder(path: folder.path("model")).digest() }
    let first = try digest()
    #expect(first.count == 64)
    #expect(try digest() == first)
    var digests: Set = [first]
    for name in ["scheduler/scheduler_config.json", "tokenizer/vocab.json", "vae/config.json"] {
      let path = folder.path("model/\(name)")
      let bytes = try #require(FileManager.default.contents(atPath: path))
      try AtomicFile.write(Array(bytes) + [0x20], to: path)
      digests.insert(try digest())
    }
    #expect(digests.count == 4)
  }
}
