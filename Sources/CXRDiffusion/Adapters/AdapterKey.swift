// SPDX-License-Identifier: Apache-2.0

/// What a tensor of an adapter file is for, whoever named it.
struct AdapterKey: Hashable, Sendable {
  /// A linear map of a network, with underscores for the dots of its name.
  ///
  /// Kohya's scripts write names so, and no two maps of Stable Diffusion are the same by it.
  struct Map: Hashable, Sendable {
    let name: String

    /// Spells the name of a map, as the network has it.
    init(_ network: String, _ map: String) {
      let rest = map.hasPrefix("text_model.") ? String(map.dropFirst("text_model.".count)) : map
      name = "\(network).\(rest)".replacing(".", with: "_")
    }

    /// Spells the name of a map, as a file has it.
    fileprivate init?(_ text: String) {
      var text = text.replacing(".processor.", with: ".").replacing(".", with: "_")
      for (prefix, network) in [
        ("lora_unet_", "unet_"), ("lora_te_", "text_encoder_"),
        ("lora_te1_", "text_encoder_"), ("unet_", "unet_"),
        ("text_encoder_", "text_encoder_"),
      ] where text.hasPrefix(prefix) {
        text.removeFirst(prefix.count)
        if text.hasPrefix("text_model_") { text.removeFirst("text_model_".count) }
        // Early files leave the number out.
        if text.hasSuffix("_to_out") { text += "_0" }
        name = network + text
        return
      }
      return nil
    }
  }

  /// A part of an update.
  enum Role: Hashable, Sendable { case down, up, alpha }

  let map: Map
  let role: Role

  init(map: Map, role: Role) {
    self.map = map
    self.role = role
  }

  /// Reads a name of a file; `nil` for one that is no part of a low-rank update.
  init?(_ name: String) {
    guard let (ending, role) = Self.endings.first(where: { name.hasSuffix($0.text) }),
      let map = Map(String(name.dropLast(ending.count)))
    else { return nil }
    self.init(map: map, role: role)
  }

  private static let endings: [(text: String, role: Role)] = [
    // PEFT; diffusers before it, of U-Nets and of text encoders; diffusers at first; kohya.
    (".lora_A.weight", .down), (".lora_B.weight", .up),
    (".lora.down.weight", .down), (".lora.up.weight", .up),
    (".lora_linear_layer.down.weight", .down), (".lora_linear_layer.up.weight", .up),
    ("_lora.down.weight", .down), ("_lora.up.weight", .up),
    (".lora_down.weight", .down), (".lora_up.weight", .up), (".alpha", .alpha),
  ]
}
