// SPDX-License-Identifier: Apache-2.0

extension AutoencoderConfiguration: Codable {
  /// Reads diffusers' JSON: missing keys take the class's defaults, unknown ones are ignored.
  ///
  /// - Throws: `DecodingError` for what is not supported, naming all such keys, and for sizes that
  ///   do not fit together.
  public init(from decoder: any Decoder) throws {
    let reader = try ConfigurationReader(decoder)
    try reader.require(Self.supported, or: Self.remedy)
    self.init()
    sampleSize = try? reader.optional("sample_size")
    inputChannels = try reader.size("in_channels", or: inputChannels)
    outputChannels = try reader.size("out_channels", or: outputChannels)
    latentChannels = try reader.size("latent_channels", or: latentChannels)
    channels = try reader.sizes("block_out_channels", or: channels)
    layersPerBlock = try reader.size(
      "layers_per_block", or: layersPerBlock, limit: ConfigurationReader.layerLimit)
    normGroups = try reader.size("norm_num_groups", or: normGroups)
    scalingFactor = try reader.value("scaling_factor", or: scalingFactor)
    needsFloat32 = try reader.value("force_upcast", or: needsFloat32)
    for (key, type) in Self.blockTypes {
      let types = try reader.value(key, or: [type])
      if let other = types.first(where: { $0 != type }) {
        throw reader.problem(
          "\(key.stringValue) has \(ConfigurationValue.text(other)), and only \(type) is "
            + "supported; \(Self.remedy)")
      }
      guard types.count == channels.count else {
        throw reader.problem(
          "\(key.stringValue) has \(types.count) blocks for \(channels.count) levels of "
            + "block_out_channels")
      }
    }
    if let count = channels.first(where: { !$0.isMultiple(of: normGroups) }) {
      throw reader.problem(
        "block_out_channels has \(count), no multiple of norm_num_groups, \(normGroups)")
    }
    guard scalingFactor.isFinite, scalingFactor > 0 else {
      throw reader.problem("scaling_factor is \(scalingFactor), not a number above 0")
    }
  }

  /// Writes what diffusers reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigurationKey.self)
    try container.encode("AutoencoderKL", forKey: "_class_name")
    try container.encodeIfPresent(sampleSize, forKey: "sample_size")
    try container.encode(inputChannels, forKey: "in_channels")
    try container.encode(outputChannels, forKey: "out_channels")
    try container.encode(latentChannels, forKey: "latent_channels")
    try container.encode(channels, forKey: "block_out_channels")
    try container.encode(layersPerBlock, forKey: "layers_per_block")
    try container.encode(normGroups, forKey: "norm_num_groups")
    try container.encode(scalingFactor, forKey: "scaling_factor")
    try container.encode(needsFloat32, forKey: "force_upcast")
    for (key, type) in Self.blockTypes {
      try container.encode(channels.map { _ in type }, forKey: key)
    }
    try container.encode("silu", forKey: "act_fn")
  }

  private static let remedy = "name a model of Stable Diffusion 1 or 2"

  private static let blockTypes: KeyValuePairs<ConfigurationKey, String> = [
    "down_block_types": "DownEncoderBlock2D", "up_block_types": "UpDecoderBlock2D",
  ]

  /// What decides over the computation, but is the same in all models of Stable Diffusion 1 and 2.
  private static let supported: KeyValuePairs<ConfigurationKey, [ConfigurationValue]> = [
    "_class_name": ["AutoencoderKL"],
    "act_fn": ["silu", "swish"],
    "shift_factor": [nil],
    "latents_mean": [nil],
    "latents_std": [nil],
    "use_quant_conv": [true],
    "use_post_quant_conv": [true],
    "mid_block_add_attention": [true],
  ]
}
