// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("DiffusionFolder", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct DiffusionFolderTests {
  let model: SmallModel
  let original: DiffusionModel

  init() throws {
    model = try SmallModel()
    original = try SmallModel.model()
  }

  @Test("What was written is read, and nothing more lies there")
  func roundTrip() throws {
    let read = try DiffusionModel(model.open(), on: .cpu)
    #expect(try read.unet.state.equals(original.unet.state))
    #expect(try read.autoencoder.state.equals(original.autoencoder.state))
    #expect(try read.textEncoder.state.equals(original.textEncoder.state))
    #expect(read.unet.configuration == SmallNetworks.unet)
    #expect(read.autoencoder.configuration == SmallNetworks.autoencoder)
    #expect(read.textEncoder.configuration == SmallNetworks.textEncoder)
    #expect(read.companions == original.companions)
    #expect(read.unet.notes == [] && read.autoencoder.notes == [] && read.textEncoder.notes == [])
    #expect(model.folder.fileNames == ["model"])
    #expect(
      try FileManager.default.subpathsOfDirectory(atPath: model.path).sorted() == [
        "model_index.json", "scheduler", "scheduler/scheduler_config.json", "text_encoder",
        "text_encoder/config.json", SmallModel.textWeights, "tokenizer", "tokenizer/merges.txt",
        "tokenizer/vocab.json", "unet", "unet/config.json", SmallModel.unetWeights, "vae",
        "vae/config.json", SmallModel.autoencoderWeights,
      ])
  }

  @Test("The text encoder is written under the prefix of published files")
  func publishedPrefix() throws {
    let names = try WeightFile(path: "\(model.path)/\(SmallModel.textWeights)").tensors.names
    #expect(names.count == 84 && names.allSatisfy { $0.hasPrefix("text_model.") })
  }

  @Test("The index names the classes that Python is to make")
  func index() throws {
    let index = try model.open().index
    #expect(index.className == "StableDiffusionPipeline")
    #expect(
      index.parts.mapValues { "\($0.library).\($0.className)" } == [
        "unet": "diffusers.UNet2DConditionModel", "vae": "diffusers.AutoencoderKL",
        "text_encoder": "transformers.CLIPTextModel", "tokenizer": "transformers.CLIPTokenizer",
        "scheduler": "diffusers.DDIMScheduler",
      ])
  }

  @Test("Reads the names of the published autoencoder")
  func publishedAutoencoder() throws {
    let spellings = [
      "to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn",
    ]
    try model.rewrite(SmallModel.autoencoderWeights) { tensors in
      tensors.map { tensor in
        let name = spellings.reduce(tensor.name) {
          $0.replacing(".\($1.key).", with: ".\($1.value).")
        }
        return tensor.renamed(name)
      }
    }
    let read = try model.open().autoencoder(on: .cpu)
    #expect(try read.state.equals(original.autoencoder.state))
    #expect(read.notes.contains("query read as to_q in 4 names"), "\(read.notes)")
  }

  @Test("Reads a text encoder without its prefix, with counted positions and a projection")
  func otherTextEncoder() throws {
    try model.rewrite(SmallModel.textWeights) { tensors in
      try tensors.map { $0.renamed($0.name.replacing("text_model.", with: "")) } + [
        Tensor(Array(0..<77), shape: [1, 77]).stored(named: "embeddings.position_ids"),
        Tensor.zeros([512, 32]).stored(named: "text_projection.weight"),
      ]
    }
    let read = try model.open().textEncoder(on: .cpu)
    #expect(try read.state.equals(original.textEncoder.state))
  }

  @Test("Reads the variant that is asked for, and says where there is none")
  func variant() throws {
    try model.rewrite(
      SmallModel.unetWeights, to: "unet/diffusion_pytorch_model.fp16.safetensors"
    ) { tensors in
      try tensors.map { try Tensor($0).converted(to: .float16).stored(named: $0.name) }
    }
    let folder = try model.open(variant: "fp16")
    let unet = try folder.unet(on: .cpu)
    #expect(unet.notes == [])
    for (read, written) in zip(unet.state.entries, original.unet.state.entries) {
      #expect(read.tensor.scalarType == .float32)
      let narrow = try written.tensor.converted(to: .float16)
      #expect(try read.tensor.values(as: Float.self) == narrow.values(as: Float.self))
    }
    #expect(
      try folder.autoencoder(on: .cpu).notes == [
        "no weights of the variant fp16; diffusion_pytorch_model.safetensors read"
      ])
    let error = #expect(throws: FileError.self) { try model.open().unet(on: .cpu) }
    #expect(error?.code == .missing && error?.message.contains("name the variant fp16") == true)
  }

  @Test("Reads shards, also of a variant", arguments: [nil, "fp16"])
  func shards(_ variant: String?) throws {
    let part = variant.map { ".\($0)" } ?? ""
    let tensors = try WeightFile(path: "\(model.path)/\(SmallModel.unetWeights)").tensors
    var map: [String: String] = [:]
    for (number, half) in [tensors.prefix(50), tensors.dropFirst(50)].enumerated() {
      let name = "diffusion_pytorch_model\(part)-0000\(number + 1)-of-00002.safetensors"
      try SafetensorsFile.write(half, to: "\(model.path)/unet/\(name)")
      for tensor in half { map[tensor.name] = name }
    }
    try JSONDocument.write(
      ["weight_map": map],
      to: "\(model.path)/unet/diffusion_pytorch_model.safetensors.index\(part).json")
    try model.remove(SmallModel.unetWeights)
    let read = try model.open(variant: variant).unet(on: .cpu)
    #expect(try read.state.equals(original.unet.state))
    #expect(read.notes == [])
  }

  @Test("Reads a fine-tuned text encoder and its tokenizer from their own folder on request")
  func fineTuned() throws {
    let tuned = "text_encoder_and_tokenizer"
    #expect(throws: FileError.self) { try model.open(text: .fineTuned) }
    try SmallModel.model(seed: 30).textEncoder.write(to: "\(model.path)/\(tuned)")
    try AtomicFile.write("{}", to: "\(model.path)/\(tuned)/tokenizer.json")
    let folder = try model.open(text: .fineTuned)
    #expect(
      try folder.textEncoder(on: .cpu).state.equals(SmallModel.model(seed: 30).textEncoder.state))
    #expect(try CompanionFiles(of: folder).tokenizer == ["tokenizer.json": Array("{}".utf8)])
    #expect(try model.open().textEncoder(on: .cpu).state.equals(original.textEncoder.state))
  }

  @Test("Needs no index, and one of the tokenizer's layouts")
  func layouts() throws {
    try model.remove("model_index.json")
    try model.remove("tokenizer/vocab.json")
    #expect(throws: FileError.self) { try model.open() }
    try AtomicFile.write("{}", to: "\(model.path)/tokenizer/tokenizer.json")
    #expect(try model.open().unetConfiguration == SmallNetworks.unet)
  }

  @Test("Names all files that are missing at once")
  func missingFiles() throws {
    for name in ["unet/config.json", "tokenizer/merges.txt", "scheduler/scheduler_config.json"] {
      try model.remove(name)
    }
    let error = #expect(throws: FileError.self) { try model.open() }
    #expect(error?.code == .missing)
    #expect(
      error?.message.contains(
        "unet/config.json, scheduler/scheduler_config.json, tokenizer/merges.txt missing") == true)
    let other = #expect(throws: FileError.self) { try DiffusionFolder(path: model.folder.url.path) }
    #expect(other?.message.contains("no model of diffusers") == true)
  }

  @Test("Names what is missing, unexpected and of another shape at once")
  func wrongWeights() throws {
    try model.rewrite(SmallModel.unetWeights) { tensors in
      try tensors.compactMap { tensor in
        switch tensor.name {
        case "conv_in.bias": nil
        case "conv_out.bias": tensor.renamed("conv_out.other")
        case "conv_out.weight": try Tensor.zeros([4, 32, 1, 1]).stored(named: tensor.name)
        default: tensor
        }
      }
    }
    let error = #expect(throws: TensorError.self) { try model.open().unet(on: .cpu) }
    let message = try #require(error?.message)
    #expect(error?.code == .mismatch)
    for words in [
      SmallModel.unetWeights, "2 missing (conv_in.bias, conv_out.bias)",
      "1 unexpected (conv_out.other)", "1 of another shape (conv_out.weight",
    ] {
      #expect(message.contains(words), "\(message)")
    }
  }

  @Test("Refuses models of other classes, and parts that do not fit together")
  func otherModels() throws {
    try model.edit("unet/config.json", ["cross_attention_dim": 64, "in_channels": 9])
    let widths = #expect(throws: FileError.self) { try model.open() }
    #expect(widths?.message.contains("prompts of 64 numbers") == true)
    #expect(widths?.message.contains("takes 9 channels") == true)
    try model.edit("model_index.json", ["unet": ["diffusers", "FluxTransformer2DModel"]])
    let kind = #expect(throws: FileError.self) { try model.open() }
    #expect(kind?.code == .malformed)
    #expect(kind?.message.contains("\"FluxTransformer2DModel\"") == true)
  }

  @Test("A model that cannot be written leaves the former one")
  func failedWrite() throws {
    var other = try SmallModel.model(seed: 50)
    other.companions.scheduler = Array("{}".utf8)
    #expect(throws: FileError.self) { try other.write(to: model.path) }
    #expect(try model.open().unet(on: .cpu).state.equals(original.unet.state))
    other.companions.scheduler = original.companions.scheduler
    try other.write(to: model.path)
    #expect(try model.open().unet(on: .cpu).state.equals(other.unet.state))
    #expect(model.folder.fileNames == ["model"])
  }
}
