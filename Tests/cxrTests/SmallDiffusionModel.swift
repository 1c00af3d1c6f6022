// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Foundation

/// A model in the manner of Stable Diffusion 2 for images of 32 pixels, small enough for a processor.
enum SmallDiffusionModel {
  /// Writes the folder of a model with closed-form weights and a tokenizer of single letters.
  static func write(to path: String) throws {
    var unet = UNetConfiguration()
    unet.sampleSize = 16
    (unet.channels, unet.headCounts) = ([32, 64], [2, 4])
    (unet.downBlocks, unet.upBlocks) = ([.plain, .attending], [.attending, .plain])
    (unet.layersPerBlock, unet.transformerLayers) = ([2, 2], [1, 1])
    (unet.contextWidth, unet.projectsLinearly) = (32, true)
    var autoencoder = AutoencoderConfiguration()
    autoencoder.channels = [32, 64]
    var text = TextEncoderConfiguration()
    (text.vocabularySize, text.width, text.hiddenWidth) = (1000, 32, 37)
    (text.layerCount, text.headCount, text.activation) = (5, 4, .gelu)
    let model = DiffusionModel(
      unet: try DiffusionNetwork(unet, seed: 1, on: .cpu),
      autoencoder: try DiffusionNetwork(autoencoder, seed: 2, on: .cpu),
      textEncoder: try DiffusionNetwork(text, seed: 3, on: .cpu),
      companions: CompanionFiles(tokenizer: try tokenizer(), scheduler: Array(scheduler.utf8)))
    for state in [model.unet.state, model.autoencoder.state, model.textEncoder.state] {
      try state.fillWithClosedForms()
    }
    try model.write(to: path)
  }

  private static let scheduler = """
    {"_class_name": "PNDMScheduler", "beta_start": 0.00085, "beta_end": 0.012,
     "beta_schedule": "scaled_linear", "skip_prk_steps": true, "steps_offset": 1}
    """

  private static func tokenizer() throws -> [String: [UInt8]] {
    let printable = Array(33...126) + Array(161...172) + Array(174...255) as [UInt32]
    let letters = (printable + Array(256..<UInt32(512 - printable.count)))
      .compactMap { Unicode.Scalar($0).map { String($0) } }
    let spellings =
      letters + letters.map { $0 + "</w>" } + ["<|startoftext|>", "<|endoftext|>"]
    let vocabulary = Dictionary(uniqueKeysWithValues: spellings.enumerated().map { ($1, $0) })
    return [
      "vocab.json": Array(try JSONSerialization.data(withJSONObject: vocabulary)),
      "merges.txt": Array("#version: 0.2\n".utf8),
      "special_tokens_map.json": Array(#"{"pad_token": "!"}"#.utf8),
    ]
  }
}
