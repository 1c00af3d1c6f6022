// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Foundation
import Testing

@testable import CXRDiffusion

@Suite("Adapter file", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct AdapterFileTests {
  private let folder: TemporaryFolder
  private let model: DiffusionModel
  private let adapter: LowRankAdapter
  private var path: String { folder.path(AdapterFile.name) }

  init() throws {
    folder = try TemporaryFolder()
    model = try SmallModel.model()
    adapter = try LowRankAdapter(
      LowRankConfiguration(rank: 2, alpha: 3), of: model, text: .learning, seed: 1)
    try withoutGradients {
      for part in adapter.parts {
        try part.update.up.assign(.closedForm(part.update.up.shape, a: 0.3))
      }
    }
    try adapter.write(to: path)
  }

  /// Writes the tensors anew under other names, with other metadata.
  private func rewrite(
    metadata: [String: String] = [:], _ change: ([StoredTensor]) throws -> [StoredTensor]
  ) throws {
    try SafetensorsFile.write(
      change(Array(SafetensorsFile(path: path).tensors)), metadata: metadata, to: path)
  }

  private func read() throws -> LowRankAdapter {
    try LowRankAdapter(AdapterFile(path: path), of: model)
  }

  @Test("What was written is read, from the file or its folder, with α")
  func roundTrip() throws {
    for path in [path, folder.url.path] {
      let read = try LowRankAdapter(AdapterFile(path: path), of: model)
      #expect(try read.state.equals(adapter.state))
      #expect(read.parts.allSatisfy { $0.update.alpha == 3 && $0.update.rank == 2 })
    }
  }

  @Test("Metadata are PEFT's configurations under the names of the networks")
  func metadata() throws {
    let text = try #require(SafetensorsFile(path: path).metadata["lora_adapter_metadata"])
    let metadata = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(metadata["unet.r"] as? Int == 2 && metadata["unet.lora_alpha"] as? Int == 3)
    #expect(metadata["text_encoder.r"] as? Int == 2)
    let targets = try #require(metadata["text_encoder.target_modules"] as? [String])
    #expect(targets.count == 20 && targets[0] == "encoder.layers.0.self_attn.q_proj")
    #expect((metadata["unet.alpha_pattern"] as? [String: Any])?.isEmpty == true)
  }

  @Test("Reads the names of all releases of diffusers", arguments: [0, 1, 2])
  func spellings(_ release: Int) throws {
    try rewrite { tensors in
      tensors.map { tensor in
        let isText = tensor.name.hasPrefix("text_encoder")
        let parts = ["lora_A": "down", "lora_B": "up"].first { tensor.name.contains($0.key) }
        guard let (old, new) = parts else { return tensor }
        let name = tensor.name
        switch release {
        case 0: return tensor.renamed(name.replacing("text_model.", with: ""))
        case 1:
          return tensor.renamed(
            name.replacing(old, with: isText ? "lora_linear_layer.\(new)" : "lora.\(new)"))
        default:
          return tensor.renamed(
            isText
              ? name.replacing(old, with: "lora_linear_layer.\(new)")
              : name.replacing(".to_out.0.", with: ".to_out.")
                .replacing(".to_", with: ".processor.to_").replacing(
                  ".\(old)", with: "_lora.\(new)"))
        }
      }
    }
    let read = try read()
    #expect(try read.state.equals(adapter.state))
    // Without metadata α is the rank.
    #expect(read.parts.allSatisfy { $0.update.scale == 1 })
  }

  @Test("Reads kohya's names, with α beside each update")
  func kohya() throws {
    try rewrite { tensors in
      try tensors.flatMap { tensor -> [StoredTensor] in
        var name = tensor.name
        let role = name.contains("lora_A") ? "lora_down.weight" : "lora_up.weight"
        name.removeLast(".lora_A.weight".count)
        name = name.replacing("text_encoder.", with: "te.").replacing(".", with: "_")
        let alpha = try Tensor([5 as Float], shape: []).stored(named: "lora_\(name).alpha")
        return [tensor.renamed("lora_\(name).\(role)")] + (role == "lora_up.weight" ? [alpha] : [])
      }
    }
    let read = try read()
    #expect(try read.state.equals(adapter.state))
    #expect(read.parts.allSatisfy { $0.update.alpha == 5 && $0.update.scale == 2.5 })
  }

  @Test("α has patterns, and may be divided by the root of the rank")
  func alphas() throws {
    try rewrite(
      metadata: [
        "lora_adapter_metadata": """
        {"unet.r": 2, "unet.lora_alpha": 6, "unet.alpha_pattern": {"to_k": 8, "^nowhere.to_q": 9},
         "text_encoder.lora_alpha": 2, "text_encoder.use_rslora": true}
        """
      ]) { $0 }
    for part in try read().parts {
      let expected =
        switch part.network {
        case "text_encoder": 2 / 2.0.squareRoot()
        default: part.weight.name.hasSuffix("to_k") ? 4.0 : 3
        }
      #expect(part.update.scale.isClose(to: expected, absolute: 1e-12), "\(part.weight.name)")
    }
  }

  @Test("Names at once all tensors that are unexpected, missing or of another shape")
  func refusesOthers() throws {
    try rewrite { tensors in
      try tensors.filter {
        $0.name != "unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_v.lora_A.weight"
      }.map { tensor in
        tensor.name.hasSuffix("attn2.to_out.0.lora_B.weight")
          ? try Tensor.zeros([5, 2]).stored(named: tensor.name) : tensor
      } + [
        try Tensor.zeros([2, 4]).stored(named: "unet.conv_in.lora_A.weight"),
        try Tensor.zeros([2, 4]).stored(named: "unet.conv_in.weight"),
      ]
    }
    let error = #expect(throws: TensorError.self) { try read() }
    #expect(error?.code == .mismatch)
    for text in [
      "2 unexpected (\"unet.conv_in.lora_A.weight\", \"unet.conv_in.weight\")",
      "1 missing (\"unet.mid_block.attentions.0.transformer_blocks.0.attn2.to_v.lora_A.weight\")",
      "of another shape (\"unet.", "[5, 2]",
    ] { #expect(error?.message.contains(text) == true, "\(error?.message ?? "")") }
  }

  @Test("Refuses the adapter of a model of other sizes, and a file without adapters")
  func refusesOtherModels() throws {
    var configuration = SmallNetworks.unet
    configuration.contextWidth = 16
    var other = try SmallModel.model()
    other.unet = try DiffusionNetwork(configuration, seed: 1, on: .cpu)
    let file = try AdapterFile(path: path)
    let before = try other.unet.state.copy()
    #expect(throws: TensorError.self) { try other.merge(file) }
    #expect(try other.unet.state.equals(before))
    try rewrite { _ in [] }
    #expect(throws: TensorError.self) { try read() }
  }

  @Test("Refuses two names for one tensor, and adapters of other kinds")
  func refusesKinds() throws {
    try rewrite { tensors in
      let name = tensors[0].name.replacing("text_model.", with: "")
      return tensors + [tensors[0].renamed(name)]
    }
    let twice = #expect(throws: FileError.self) { try AdapterFile(path: path) }
    #expect(twice?.code == .malformed)
    try adapter.write(to: path)
    try rewrite(metadata: ["lora_adapter_metadata": #"{"unet.use_dora": true}"#]) { $0 }
    let kind = #expect(throws: FileError.self) { try AdapterFile(path: path) }
    #expect(kind?.message.contains("use_dora") == true)
    try rewrite(metadata: ["lora_adapter_metadata": "[1]"]) { $0 }
    #expect(throws: FileError.self) { try AdapterFile(path: path) }
    let missing = #expect(throws: FileError.self) { try AdapterFile(path: folder.path("none")) }
    #expect(missing?.code == .missing)
  }
}
