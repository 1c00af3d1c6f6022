// SPDX-License-Identifier: Apache-2.0

extension WeightSpelling {
  /// The spellings that published weights are met in.
  public static let known = WeightSpelling(rules: [
    // DataParallel and Lightning; transformers before and after release 5.
    .wrapper("module."), .wrapper("model."), .wrapper("text_model."),
    // An image encoder in the checkpoints of MGCA, GLoRIA and BioViL, and BERT in any.
    .part("img_encoder_q.model."), .part("gloria.img_encoder.model."), .part("encoder.encoder."),
    .part("bert."),
    // DenseNet as saved in 2017: denselayer1.norm.1 for denselayer1.norm1.
    .spelled("norm.1", as: "norm1"), .spelled("norm.2", as: "norm2"),
    .spelled("conv.1", as: "conv1"), .spelled("conv.2", as: "conv2"),
    // BERT as TensorFlow names it.
    .spelled("LayerNorm.gamma", as: "LayerNorm.weight"),
    .spelled("LayerNorm.beta", as: "LayerNorm.bias"),
    // The attention of the VAE in the published files of Stable Diffusion.
    .spelled("query", as: "to_q"), .spelled("key", as: "to_k"), .spelled("value", as: "to_v"),
    .spelled("proj_attn", as: "to_out.0"),
    // Positions that are counted anew, heads for pretraining, a projection that is not used, and
    // the operating points of torchxrayvision.
    .ignored("position_ids"), .ignored("cls"), .ignored("text_projection.weight"),
    .ignored("op_threshs"),
  ])
}
