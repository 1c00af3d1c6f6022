// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRFiles
import CXRTestSupport
import Foundation
import Testing

@Suite("Configurations of diffusion networks")
struct ConfigurationTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func read<Value: Decodable>(_ json: String, as type: Value.Type) throws -> Value {
    try JSONDocument.read(type, from: folder.write(json, to: "config.json"))
  }

  /// The message of the refusal.
  private func refusal<Value: Decodable>(_ json: String, as type: Value.Type) throws -> String {
    let error = #expect(throws: FileError.self) { try read(json, as: type) }
    #expect(error?.code == .malformed)
    let message = try #require(error?.message)
    #expect(message.contains(folder.path("config.json")))
    return message
  }

  @Test("Reads the U-Net of Stable Diffusion 2.1; unknown keys are ignored")
  func unet() throws {
    var expected = UNetConfiguration.stableDiffusion2
    expected.sampleSize = 96
    expected.upcastsAttention = true
    let json = """
      {"_class_name": "UNet2DConditionModel", "_diffusers_version": "0.10.0.dev0",
       "act_fn": "silu", "attention_head_dim": [5, 10, 20, 20],
       "block_out_channels": [320, 640, 1280, 1280], "center_input_sample": false,
       "cross_attention_dim": 1024, "down_block_types": ["CrossAttnDownBlock2D",
       "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"], "downsample_padding": 1,
       "dual_cross_attention": false, "flip_sin_to_cos": true, "freq_shift": 0,
       "in_channels": 4, "layers_per_block": 2, "mid_block_scale_factor": 1, "norm_eps": 1e-05,
       "norm_num_groups": 32, "num_class_embeds": null, "only_cross_attention": false,
       "out_channels": 4, "sample_size": 96, "up_block_types": ["UpBlock2D",
       "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
       "use_linear_projection": true, "upcast_attention": true, "of_the_future": {"a": [1]}}
      """
    #expect(try read(json, as: UNetConfiguration.self) == expected)
  }

  @Test("Missing keys take the defaults of the classes")
  func defaults() throws {
    #expect(try read("{}", as: UNetConfiguration.self) == UNetConfiguration())
    let autoencoder = try read("{}", as: AutoencoderConfiguration.self)
    #expect(autoencoder == AutoencoderConfiguration())
    #expect(autoencoder.scalingFactor == 0.18215)
    #expect(try read("{}", as: TextEncoderConfiguration.self) == TextEncoderConfiguration())
  }

  @Test("The number of heads goes by num_attention_heads, else by attention_head_dim")
  func heads() throws {
    #expect(
      try read(#"{"attention_head_dim": 4}"#, as: UNetConfiguration.self).headCounts
        == [4, 4, 4, 4])
    let both = #"{"attention_head_dim": 4, "num_attention_heads": [2, 4, 8, 16]}"#
    #expect(try read(both, as: UNetConfiguration.self).headCounts == [2, 4, 8, 16])
    let null = #"{"attention_head_dim": [4, 4, 8, 8], "num_attention_heads": null}"#
    #expect(try read(null, as: UNetConfiguration.self).headCounts == [4, 4, 8, 8])
  }

  @Test("Reads the autoencoder and the text encoder of Stable Diffusion 2")
  func others() throws {
    let autoencoder = """
      {"_class_name": "AutoencoderKL", "act_fn": "silu",
       "block_out_channels": [128, 256, 512, 512], "down_block_types": ["DownEncoderBlock2D",
       "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"], "in_channels": 3,
       "latent_channels": 4, "layers_per_block": 2, "norm_num_groups": 32, "out_channels": 3,
       "sample_size": 512, "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D",
       "UpDecoderBlock2D", "UpDecoderBlock2D"]}
      """
    #expect(try read(autoencoder, as: AutoencoderConfiguration.self) == .stableDiffusion)
    let text = """
      {"architectures": ["CLIPTextModel"], "attention_dropout": 0.0, "bos_token_id": 0,
       "dropout": 0.0, "eos_token_id": 2, "hidden_act": "gelu", "hidden_size": 1024,
       "initializer_factor": 1.0, "initializer_range": 0.02, "intermediate_size": 4096,
       "layer_norm_eps": 1e-05, "max_position_embeddings": 77, "model_type": "clip_text_model",
       "num_attention_heads": 16, "num_hidden_layers": 23, "pad_token_id": 1,
       "projection_dim": 512, "torch_dtype": "float32", "vocab_size": 49408}
      """
    var expected = TextEncoderConfiguration.stableDiffusion2
    expected.tokenNumbers = ["bos_token_id": 0, "eos_token_id": 2, "pad_token_id": 1]
    #expect(try read(text, as: TextEncoderConfiguration.self) == expected)
  }

  @Test("Reads what it writes")
  func roundTrips() throws {
    var uneven = UNetConfiguration.stableDiffusion2
    uneven.layersPerBlock = [1, 2, 2, 3]
    uneven.transformerLayers = [1, 2, 3, 4]
    uneven.frequencyShift = 1
    uneven.beginsWithCosines = false
    uneven.centersInput = true
    let path = folder.path("config.json")
    for unet in [.stableDiffusion1, .stableDiffusion2, uneven] {
      try JSONDocument.write(unet, to: path)
      #expect(try JSONDocument.read(UNetConfiguration.self, from: path) == unet)
    }
    try JSONDocument.write(AutoencoderConfiguration.stableDiffusion, to: path)
    #expect(try JSONDocument.read(from: path) == AutoencoderConfiguration.stableDiffusion)
    for text in [TextEncoderConfiguration.stableDiffusion1, .stableDiffusion2] {
      try JSONDocument.write(text, to: path)
      #expect(try JSONDocument.read(from: path) == text)
    }
  }

  @Test("Refuses what is not supported, naming all such keys and a remedy")
  func refusals() throws {
    let message = try refusal(
      """
      {"class_embed_type": "timestep", "addition_embed_type": "text_time", "dropout": 0.1,
       "time_embedding_dim": null}
      """, as: UNetConfiguration.self)
    #expect(message.contains(#"class_embed_type is "timestep", and only null is supported"#))
    #expect(message.contains(#"addition_embed_type is "text_time""#))
    #expect(message.contains("dropout is 0.1"))
    #expect(!message.contains("time_embedding_dim"))
    #expect(message.contains("name a model of Stable Diffusion 1 or 2"))
    let blocks = try refusal(
      #"{"down_block_types": ["AttnDownBlock2D"], "block_out_channels": [32]}"#,
      as: UNetConfiguration.self)
    #expect(blocks.contains("\"AttnDownBlock2D\""))
    #expect(
      try refusal(#"{"shift_factor": 0.1}"#, as: AutoencoderConfiguration.self)
        .contains("shift_factor is 0.1"))
    #expect(
      try refusal(#"{"hidden_act": "relu"}"#, as: TextEncoderConfiguration.self)
        .contains(#"hidden_act is "relu", and only "gelu" or "quick_gelu" is supported"#))
    #expect(
      try refusal(#"{"model_type": "clip"}"#, as: TextEncoderConfiguration.self)
        .contains("clip_text_model"))
  }

  @Test(
    "Refuses sizes that are no sizes or do not fit together",
    arguments: [
      (#"{"block_out_channels": [320, 640]}"#, "down_block_types"),
      (#"{"block_out_channels": []}"#, "block_out_channels has 0"),
      (#"{"block_out_channels": [0, 64, 64, 64]}"#, "block_out_channels is 0"),
      (#"{"block_out_channels": [9000000000, 64, 64, 64]}"#, "block_out_channels is 9000000000"),
      (#"{"block_out_channels": [320, 640, 1280, 1290]}"#, "norm_num_groups"),
      (#"{"attention_head_dim": [5, 10, 20]}"#, "attention_head_dim has 3"),
      (#"{"attention_head_dim": 7}"#, "7 heads"),
      (#"{"layers_per_block": -1}"#, "layers_per_block is -1"),
      (#"{"transformer_layers_per_block": [1, 1, 1, 200]}"#, "is 200, not 1 to 128"),
      (#"{"in_channels": "four"}"#, "in_channels"),
      (#"{"norm_num_groups": null}"#, "norm_num_groups"),
      ("[]", "config.json"),
    ])
  func sizes(_ json: String, _ words: String) throws {
    #expect(try refusal(json, as: UNetConfiguration.self).contains(words))
  }
}
