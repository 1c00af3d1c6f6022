// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

/// A network that has a folder of its own among those of a model.
public protocol DiffusionComponent {
  /// Its sizes, as `config.json` has them.
  associatedtype Configuration: Codable & Hashable & Sendable

  /// The names of its folder and files.
  static var files: ComponentFiles { get }

  /// Makes the network.
  ///
  /// - Throws: `TensorError` if memory is short.
  init(_ configuration: Configuration, in scope: ParameterScope) throws(TensorError)
}

extension UNet: DiffusionComponent {
  /// `unet`.
  public static var files: ComponentFiles {
    ComponentFiles(folder: "unet", library: "diffusers", className: "UNet2DConditionModel")
  }
}

extension Autoencoder: DiffusionComponent {
  /// `vae`.
  public static var files: ComponentFiles {
    ComponentFiles(folder: "vae", library: "diffusers", className: "AutoencoderKL")
  }
}

extension TextEncoder: DiffusionComponent {
  /// `text_encoder`.
  public static var files: ComponentFiles {
    ComponentFiles(folder: "text_encoder", library: "transformers", className: "CLIPTextModel")
  }
}
