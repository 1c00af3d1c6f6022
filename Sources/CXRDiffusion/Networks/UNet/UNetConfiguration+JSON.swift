// SPDX-License-Identifier: Apache-2.0

extension UNetConfiguration: Codable {
  /// Reads diffusers' JSON: missing keys take the class's defaults, unknown ones are ignored.
  ///
  /// - Throws: `DecodingError` for what is not supported, naming all such keys, and for sizes that
  ///   do not fit together.
  public init(from decoder: any Decoder) throws {
    let reader = try ConfigurationReader(decoder)
    try reader.require(Self.supported, or: "name a model of Stable Diffusion 1 or 2")
    self.init()
    // A pair of sides, which tall pictures have, is no hint that is needed.
    sampleSize = try? reader.optional("sample_size")
    inputChannels = try reader.size("in_channels", or: inputChannels)
    outputChannels = try reader.size("out_channels", or: outputChannels)
    channels = try reader.sizes("block_out_channels", or: channels)
    let levels = channels.count
    downBlocks = try Self.blocks("down_block_types", "Down", or: downBlocks, levels, reader)
    upBlocks = try Self.blocks("up_block_types", "Up", or: upBlocks, levels, reader)
    layersPerBlock = try reader.sizes(
      "layers_per_block", or: 2, levels: levels, limit: ConfigurationReader.layerLimit)
    transformerLayers = try reader.sizes(
      "transformer_layers_per_block", or: 1, levels: levels,
      limit: ConfigurationReader.layerLimit)
    // Diffusers wrote the number of heads under the name of their width, and kept to it.
    headCounts = try reader.sizes(
      reader.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim", or: 8,
      levels: levels)
    contextWidth = try reader.size("cross_attention_dim", or: contextWidth)
    projectsLinearly = try reader.value("use_linear_projection", or: projectsLinearly)
    upcastsAttention = try reader.value("upcast_attention", or: upcastsAttention)
    normGroups = try reader.size("norm_num_groups", or: normGroups)
    normEpsilon = try reader.value("norm_eps", or: normEpsilon)
    beginsWithCosines = try reader.value("flip_sin_to_cos", or: beginsWithCosines)
    frequencyShift = try reader.value("freq_shift", or: frequencyShift)
    centersInput = try reader.value("center_input_sample", or: centersInput)
    try checkDivisions(reader)
  }

  /// Writes what diffusers reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigurationKey.self)
    try container.encode("UNet2DConditionModel", forKey: "_class_name")
    try container.encode(sampleSize, forKey: "sample_size")
    try container.encode(inputChannels, forKey: "in_channels")
    try container.encode(outputChannels, forKey: "out_channels")
    try container.encode(channels, forKey: "block_out_channels")
    try container.encode(
      downBlocks.map { $0 == .attending ? "CrossAttnDownBlock2D" : "DownBlock2D" },
      forKey: "down_block_types")
    try container.encode("UNetMidBlock2DCrossAttn", forKey: "mid_block_type")
    try container.encode(
      upBlocks.map { $0 == .attending ? "CrossAttnUpBlock2D" : "UpBlock2D" },
      forKey: "up_block_types")
    try encode(layersPerBlock, "layers_per_block", in: &container)
    try encode(transformerLayers, "transformer_layers_per_block", in: &container)
    try encode(headCounts, "attention_head_dim", in: &container)
    try container.encode(contextWidth, forKey: "cross_attention_dim")
    try container.encode(projectsLinearly, forKey: "use_linear_projection")
    try container.encode(upcastsAttention, forKey: "upcast_attention")
    try container.encode(normGroups, forKey: "norm_num_groups")
    try container.encode(normEpsilon, forKey: "norm_eps")
    try container.encode(beginsWithCosines, forKey: "flip_sin_to_cos")
    try container.encode(ConfigurationValue.number(frequencyShift), forKey: "freq_shift")
    try container.encode(centersInput, forKey: "center_input_sample")
    try container.encode("silu", forKey: "act_fn")
  }

  /// One number for all levels is the spelling that all releases read.
  private func encode(
    _ sizes: [Int], _ key: ConfigurationKey,
    in container: inout KeyedEncodingContainer<ConfigurationKey>
  ) throws {
    if Set(sizes).count == 1 {
      try container.encode(sizes[0], forKey: key)
    } else {
      try container.encode(sizes, forKey: key)
    }
  }

  /// What the layers of each level are.
  private static func blocks(
    _ key: ConfigurationKey, _ way: String, or standard: [Block], _ levels: Int,
    _ reader: ConfigurationReader
  ) throws -> [Block] {
    let kinds: [String: Block] = ["\(way)Block2D": .plain, "CrossAttn\(way)Block2D": .attending]
    let names = try reader.optional(key, [String].self)
    let blocks = try names?.map { name in
      guard let kind = kinds[name] else {
        throw reader.problem(
          "\(key.stringValue) has \(ConfigurationValue.text(name)), and only "
            + "\(kinds.keys.sorted().joined(separator: " and ")) are supported; "
            + "name a model of Stable Diffusion 1 or 2")
      }
      return kind
    }
    guard (blocks ?? standard).count == levels else {
      throw reader.problem(
        "\(key.stringValue) has \((blocks ?? standard).count) blocks for \(levels) levels of "
          + "block_out_channels")
    }
    return blocks ?? standard
  }

  private func checkDivisions(_ reader: ConfigurationReader) throws {
    for (level, channels) in channels.enumerated() {
      guard channels.isMultiple(of: normGroups) else {
        throw reader.problem(
          "block_out_channels has \(channels), no multiple of norm_num_groups, \(normGroups)")
      }
      guard channels.isMultiple(of: headCounts[level]) else {
        throw reader.problem(
          "block_out_channels has \(channels), which \(headCounts[level]) heads of "
            + "attention_head_dim cannot share")
      }
    }
  }

  /// What decides over the computation, but is the same in all models of Stable Diffusion 1 and 2.
  private static let supported: KeyValuePairs<ConfigurationKey, [ConfigurationValue]> = [
    "_class_name": ["UNet2DConditionModel"],
    "mid_block_type": ["UNetMidBlock2DCrossAttn"],
    "act_fn": ["silu", "swish"],
    "only_cross_attention": [false],
    "mid_block_only_cross_attention": [nil, false],
    "dual_cross_attention": [false],
    "downsample_padding": [1],
    "mid_block_scale_factor": [1],
    "dropout": [0],
    "reverse_transformer_layers_per_block": [nil],
    "encoder_hid_dim": [nil],
    "encoder_hid_dim_type": [nil],
    "class_embed_type": [nil],
    "num_class_embeds": [nil],
    "class_embeddings_concat": [false],
    "addition_embed_type": [nil],
    "resnet_time_scale_shift": ["default"],
    "resnet_skip_time_act": [false],
    "resnet_out_scale_factor": [1],
    "time_embedding_type": ["positional"],
    "time_embedding_dim": [nil],
    "time_embedding_act_fn": [nil],
    "timestep_post_act": [nil],
    "time_cond_proj_dim": [nil],
    "conv_in_kernel": [3],
    "conv_out_kernel": [3],
    "attention_type": ["default"],
    "cross_attention_norm": [nil],
  ]
}
