// SPDX-License-Identifier: Apache-2.0

extension TextEncoderConfiguration: Codable {
  /// Reads transformers' JSON: missing keys take the class's defaults, unknown ones are ignored.
  ///
  /// - Throws: `DecodingError` for what is not supported, naming all such keys, and for sizes that
  ///   do not fit together.
  public init(from decoder: any Decoder) throws {
    let reader = try ConfigurationReader(decoder)
    try reader.require(
      [
        "model_type": ["clip_text_model"], "hidden_act": ["gelu", "quick_gelu"],
        "attention_dropout": [0], "dropout": [0],
      ], or: "name the text encoder of Stable Diffusion 1 or 2")
    self.init()
    vocabularySize = try reader.size("vocab_size", or: vocabularySize)
    width = try reader.size("hidden_size", or: width)
    hiddenWidth = try reader.size("intermediate_size", or: hiddenWidth)
    layerCount = try reader.size(
      "num_hidden_layers", or: layerCount, limit: ConfigurationReader.layerLimit)
    headCount = try reader.size("num_attention_heads", or: headCount)
    positionCount = try reader.size("max_position_embeddings", or: positionCount)
    activation = try reader.value("hidden_act", or: activation)
    normEpsilon = try reader.value("layer_norm_eps", or: normEpsilon)
    projectionWidth = try reader.optional("projection_dim") ?? projectionWidth
    for key in Self.tokenKeys {
      // A list of numbers is allowed to the class, and no use here.
      tokenNumbers[key] = try? reader.optional(ConfigurationKey(stringValue: key))
    }
    guard width.isMultiple(of: headCount) else {
      throw reader.problem(
        "hidden_size is \(width), which \(headCount) heads of num_attention_heads cannot share")
    }
  }

  /// Writes what transformers reads.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: ConfigurationKey.self)
    try container.encode(["CLIPTextModel"], forKey: "architectures")
    try container.encode("clip_text_model", forKey: "model_type")
    try container.encode(vocabularySize, forKey: "vocab_size")
    try container.encode(width, forKey: "hidden_size")
    try container.encode(hiddenWidth, forKey: "intermediate_size")
    try container.encode(layerCount, forKey: "num_hidden_layers")
    try container.encode(headCount, forKey: "num_attention_heads")
    try container.encode(positionCount, forKey: "max_position_embeddings")
    try container.encode(activation, forKey: "hidden_act")
    try container.encode(normEpsilon, forKey: "layer_norm_eps")
    try container.encode(projectionWidth, forKey: "projection_dim")
    for (key, number) in tokenNumbers.sorted(by: { $0.key < $1.key }) {
      try container.encode(number, forKey: ConfigurationKey(stringValue: key))
    }
  }

  private static let tokenKeys = ["bos_token_id", "eos_token_id", "pad_token_id"]
}
