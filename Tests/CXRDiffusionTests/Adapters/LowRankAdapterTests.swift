// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTensorTestSupport
import Testing

@testable import CXRDiffusion

@Suite("Low-rank adapter", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct LowRankAdapterTests {
  private let model: DiffusionModel

  init() throws {
    model = try SmallModel.model()
    try model.unet.state.fillWithClosedForms()
    try model.textEncoder.state.fillWithClosedForms()
  }

  private func adapter(
    _ configuration: LowRankConfiguration = LowRankConfiguration(rank: 3, alpha: 1.5),
    text: FineTuningConfiguration.TextEncoderLearning = .learning
  ) throws(TensorError) -> LowRankAdapter {
    try LowRankAdapter(configuration, of: model, text: text, seed: 4)
  }

  /// What the U-Net makes of an encoded prompt, and the encoded prompt.
  private func results() throws -> [Tensor] {
    try withoutGradients {
      let context = try model.textEncoder.module(SmallNetworks.prompt())
      return [
        try model.unet.module(
          .closedForm([1, 4, 8, 8], a: 0.6), at: Tensor([300], shape: [1]), context: context),
        context,
      ]
    }
  }

  private func distance(_ first: [Tensor], _ second: [Tensor]) throws -> Double {
    try zip(first, second).map { try $0.largestDifference(from: $1) }.max() ?? 0
  }

  @Test("Adapts the attention of both networks, and changes nothing at first")
  func startsAtTheBase() throws {
    let before = try results()
    let adapter = try adapter()
    adapter.attach()
    #expect(try distance(results(), before) == 0)
    // Three places of attention with two layers each in the U-Net, and five layers of text.
    let blocks = model.unet.state.names.count { $0.hasSuffix("to_q.weight") }
    #expect(adapter.parts.count == 4 * blocks + 4 * 5)
    #expect(
      adapter.state.names.prefix(2) == [
        "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q.lora_A.weight",
        "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q.lora_B.weight",
      ])
    #expect(
      adapter.state.names.last
        == "text_encoder.text_model.encoder.layers.4.self_attn.out_proj.lora_B.weight")
    #expect(try self.adapter(text: .frozen).parts.count == 4 * blocks)
  }

  @Test("Has PEFT's initial numbers, which are a function of the seed")
  func initialNumbers() throws {
    let adapter = try adapter()
    for part in adapter.parts {
      let bound = 1 / Double(part.weight.tensor.shape[1]).squareRoot()
      let down = try part.update.down.values(as: Double.self)
      #expect(part.update.rank == 3 && part.update.scale == 0.5)
      #expect(down.allSatisfy { abs($0) <= bound })
      // Of 96 uniform numbers or more, the largest is below 0.8 of the bound less than once in 10⁹.
      #expect(down.map(abs).max() ?? 0 > 0.8 * bound)
      #expect(try part.update.up.values(as: Double.self).allSatisfy { $0 == 0 })
    }
    #expect(try self.adapter().state.equals(adapter.state))
    let other = try LowRankAdapter(
      LowRankConfiguration(rank: 3), of: model, text: .learning, seed: 5)
    #expect(try !other.state.equals(adapter.state))
  }

  @Test("A merged adapter gives what an attached one adds, by its scale")
  func merges() throws {
    let before = try results()
    let adapter = try adapter()
    try withoutGradients {
      for part in adapter.parts {
        try part.update.up.assign(.closedForm(part.update.up.shape, a: 0.3))
      }
    }
    adapter.attach()
    let attached = try results()
    #expect(try distance(attached, before) > 1e-2)
    try adapter.merge(scale: 0.25)
    let quarter = try results()
    try adapter.merge(scale: 0.75)
    let merged = try results()
    #expect(try distance(merged, attached) < 1e-4)
    #expect(try distance(quarter, before) > 1e-3 && distance(quarter, attached) > 1e-3)
    try adapter.merge(scale: -1)
    #expect(try distance(results(), before) < 1e-4)
  }

  @Test("Targets are names, or what names end in after a dot")
  func targets() throws {
    var configuration = LowRankConfiguration()
    configuration.targets = ["ff.net.2", "mid_block.attentions.0.proj_in"]
    let adapter = try adapter(configuration, text: .frozen)
    #expect(adapter.parts.contains { $0.weight.name == "mid_block.attentions.0.proj_in" })
    #expect(
      adapter.parts.allSatisfy {
        $0.weight.name.hasSuffix(".ff.net.2") || $0.weight.name.hasSuffix("0.proj_in")
      })
    #expect(adapter.parts.allSatisfy { $0.update.rank == 4 && $0.update.scale == 1 })
  }

  @Test("Names all targets at once that no linear map ends in")
  func refusesTargets() {
    var configuration = LowRankConfiguration()
    configuration.targets = ["to_q", "o_k", "conv_in"]
    configuration.textTargets = ["query"]
    let error = #expect(throws: TensorError.self) { try adapter(configuration) }
    #expect(error?.code == .refused)
    for name in ["\"o_k\" in unet", "\"conv_in\" in unet", "\"query\" in text_encoder"] {
      #expect(error?.message.contains(name) == true, "\(name)")
    }
    configuration.targets = []
    #expect(throws: TensorError.self) { try adapter(configuration, text: .frozen) }
  }
}
