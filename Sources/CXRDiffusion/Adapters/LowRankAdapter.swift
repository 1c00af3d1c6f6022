// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// Low-rank updates of linear maps of one model: of its U-Net, and of its text encoder.
///
///     let file = try AdapterFile(path: "chest/pytorch_lora_weights.safetensors")
///     let adapter = try LowRankAdapter(file, of: model)
///     try adapter.merge(scale: 0.8)  // the model's own weights are moved
///     try model.write(to: "merged")
public struct LowRankAdapter {
  /// A linear map with its update.
  struct Part {
    /// The network, as the names of files begin.
    let network: String
    let weight: AdaptableWeight
    let update: LowRankUpdate
  }

  /// The updates, those of one network after those of the other.
  let parts: [Part]
  /// The tensors of the updates, with PEFT's names.
  public let state: StateDictionary

  /// Puts an adapter together.
  init(_ parts: [Part]) {
    self.parts = parts
    var state = StateDictionary()
    for part in parts {
      let name = "\(part.network).\(part.weight.name)"
      state.append(
        .init(name: "\(name).\(Self.downName)", tensor: part.update.down, role: .parameter))
      state.append(.init(name: "\(name).\(Self.upName)", tensor: part.update.up, role: .parameter))
    }
    self.state = state
  }

  /// Makes an adapter that does not change anything yet: A as PyTorch's linear maps begin, B is 0.
  ///
  /// - Parameters:
  ///   - configuration: What is adapted, and how.
  ///   - model: The model.
  ///   - text: Whether the text encoder learns, too.
  ///   - seed: Decides over A.
  /// - Throws: `TensorError` with code `.refused` that names all targets that no linear map ends
  ///   in, `.outOfMemory`.
  /// - Precondition: The numbers of the configuration are in their ranges.
  public init(
    _ configuration: LowRankConfiguration, of model: DiffusionModel,
    text: FineTuningConfiguration.TextEncoderLearning, seed: UInt64
  ) throws(TensorError) {
    precondition(configuration.isValid, "a number of the configuration is out of its range")
    var chosen = [(UNet.files.folder, model.unet.adaptable, configuration.targets)]
    if text == .learning {
      chosen.append(
        (TextEncoder.files.folder, model.textEncoder.adaptable, configuration.textTargets))
    }
    try Self.requireMaps(chosen)
    guard let device = model.unet.adaptable.first?.tensor.device else {
      preconditionFailure("a U-Net has linear maps")
    }
    let network = try Network(seed: seed, on: device) { scope throws(TensorError) in
      var parts: [Part] = []
      for (network, weights, targets) in chosen {
        for weight in weights where targets.contains(where: weight.isNamed) {
          let (scope, shape) = (scope[network][weight.name], weight.tensor.shape)
          parts.append(
            Part(
              network: network, weight: weight,
              update: LowRankUpdate(
                down: try scope.parameter(
                  Self.downName, [configuration.rank, shape[1]], .uniform(inputs: shape[1])),
                up: try scope.parameter(
                  Self.upName, [shape[0], configuration.rank], .constant(0)),
                alpha: configuration.alpha ?? Double(configuration.rank))))
        }
      }
      return parts
    }
    self.init(network.module)
  }

  /// Lets the model's linear maps add their updates to what they give.
  public func attach() {
    for part in parts { part.weight.update = part.update }
  }

  /// Moves the model's weights by the updates, which are no longer added besides.
  ///
  /// - Parameter scale: What all updates are multiplied by.
  /// - Throws: `TensorError` if memory is short; the weights may then be moved in part.
  public func merge(scale: Double = 1) throws(TensorError) {
    try withoutGradients { () throws(TensorError) in
      for part in parts {
        part.weight.update = nil
        try part.weight.tensor.add(part.update.product(), times: scale)
      }
    }
  }

  static let downName = "lora_A.weight"
  static let upName = "lora_B.weight"

  /// Refuses targets that name no linear map.
  private static func requireMaps(
    _ chosen: [(network: String, weights: [AdaptableWeight], targets: [String])]
  ) throws(TensorError) {
    let unknown = chosen.flatMap { network, weights, targets in
      targets.filter { target in !weights.contains { $0.isNamed(target) } }
        .map { "\(ConfigurationValue.text($0)) in \(network)" }
    }
    guard unknown.isEmpty, chosen.allSatisfy({ !$0.targets.isEmpty }) else {
      let found =
        unknown.isEmpty ? "none is named" : unknown.joined(separator: ", ") + " names none"
      throw TensorError(
        .refused,
        "adapters need linear maps, and \(found); give what their names end in, such as to_q or "
          + "ff.net.2 in unet, q_proj or mlp.fc1 in text_encoder")
    }
  }
}

extension AdaptableWeight {
  /// Whether a name is the map's, or what it ends in after a dot.
  fileprivate func isNamed(_ target: String) -> Bool {
    name == target || name.hasSuffix(".\(target)")
  }
}
