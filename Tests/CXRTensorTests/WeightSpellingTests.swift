// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import Testing

@Suite("WeightSpelling")
struct WeightSpellingTests {
  /// A name of a network, the same name as some file spells it, and what is told.
  struct Variant: Sendable, CustomTestStringConvertible {
    let network, file: String
    let note: String?
    init(_ network: String, _ file: String, _ note: String? = nil) {
      (self.network, self.file, self.note) = (network, file, note)
    }
    var testDescription: String { file }
  }

  @Test(
    "Finds a tensor in every spelling that published files have",
    arguments: [
      Variant("fc.bias", "fc.bias"),
      Variant("fc.bias", "module.fc.bias", "module. removed from 1 name"),
      Variant("fc.bias", "model.fc.bias", "model. removed from 1 name"),
      Variant("fc.bias", "module.model.fc.bias", "module.model. removed from 1 name"),
      Variant(
        "conv1.weight", "img_encoder_q.model.conv1.weight",
        "img_encoder_q.model. removed from 1 name"),
      Variant(
        "conv1.weight", "gloria.img_encoder.model.conv1.weight",
        "gloria.img_encoder.model. removed from 1 name"),
      Variant(
        "layer1.0.bn1.bias", "encoder.encoder.layer1.0.bn1.bias",
        "encoder.encoder. removed from 1 name"),
      Variant(
        "encoder.layer.0.attention.self.query.weight",
        "bert.encoder.layer.0.attention.self.query.weight", "bert. removed from 1 name"),
      Variant(
        "embeddings.LayerNorm.weight", "embeddings.LayerNorm.gamma",
        "LayerNorm.gamma read as LayerNorm.weight in 1 name"),
      Variant(
        "embeddings.LayerNorm.bias", "embeddings.LayerNorm.beta",
        "LayerNorm.beta read as LayerNorm.bias in 1 name"),
      Variant(
        "features.denseblock1.denselayer1.norm1.weight",
        "features.denseblock1.denselayer1.norm.1.weight", "norm.1 read as norm1 in 1 name"),
      Variant(
        "features.denseblock4.denselayer16.conv2.weight",
        "module.features.denseblock4.denselayer16.conv.2.weight",
        "conv.2 read as conv2 in 1 name"),
      Variant(
        "encoder.mid_block.attentions.0.to_q.weight",
        "encoder.mid_block.attentions.0.query.weight", "query read as to_q in 1 name"),
      Variant(
        "encoder.mid_block.attentions.0.to_out.0.bias",
        "encoder.mid_block.attentions.0.proj_attn.bias",
        "proj_attn read as to_out.0 in 1 name"),
      Variant(
        "final_layer_norm.weight", "text_model.final_layer_norm.weight",
        "text_model. removed from 1 name"),
      Variant(
        "text_model.final_layer_norm.weight", "final_layer_norm.weight",
        "text_model. put before 1 name"),
      Variant("text_model.final_layer_norm.weight", "text_model.final_layer_norm.weight"),
      Variant(
        "text_model.final_layer_norm.weight", "module.text_model.final_layer_norm.weight",
        "module. removed from 1 name"),
    ])
  func finds(variant: Variant) throws {
    let names = try WeightSpelling.known.names(in: [variant.file], for: [variant.network])
    #expect(names.source == [variant.network: variant.file])
    #expect(names.missing.isEmpty && names.unexpected.isEmpty)
    if let note = variant.note {
      #expect(names.notes.contains(note), "\(names.notes)")
    } else {
      #expect(names.notes.isEmpty)
    }
  }

  @Test("Leaves tensors alone that no network here has, and tells so")
  func ignores() throws {
    let names = try WeightSpelling.known.names(
      in: [
        "bert.pooler.bias", "bert.embeddings.position_ids", "cls.predictions.bias",
        "text_projection.weight", "op_threshs",
      ], for: ["pooler.bias"])
    #expect(names.source == ["pooler.bias": "bert.pooler.bias"])
    #expect(names.unexpected.isEmpty)
    #expect(names.notes.contains { $0.hasPrefix("4 names not needed: ") })
  }

  @Test("Leaves the other parts of a larger model unread, but not what lies beside a wrapper")
  func otherParts() throws {
    let parts = try WeightSpelling.known.names(
      in: ["img_encoder_q.model.fc.bias", "text_encoder_q.model.fc.bias", "temperature"],
      for: ["fc.bias"])
    #expect(parts.unexpected.isEmpty)
    #expect(parts.notes.contains("2 names of other parts of the model left unread"))
    let wrapped = try WeightSpelling.known.names(
      in: ["model.fc.bias", "ema.fc.bias"], for: ["fc.bias"])
    #expect(wrapped.unexpected == ["ema.fc.bias"])
  }

  @Test("Tells what is missing and what is unexpected, in the network's and the file's order")
  func differences() throws {
    let names = try WeightSpelling.known.names(
      in: ["module.b", "module.y", "module.x"], for: ["d", "b", "a"])
    #expect(names.missing == ["d", "a"])
    #expect(names.unexpected == ["module.y", "module.x"])
  }

  @Test(
    "Refuses two names for one tensor",
    arguments: [
      ["a.bias", "module.a.bias"], ["module.a.bias", "model.a.bias"],
      ["img_encoder_q.model.a.bias", "gloria.img_encoder.model.a.bias"],
    ])
  func refusesTwoPrefixes(found: [String]) {
    let error = #expect(throws: TensorError.self) {
      try WeightSpelling.known.names(in: found, for: ["a.bias"], source: "x.pt")
    }
    #expect(error?.code == .mismatch)
    #expect(error?.message.hasPrefix("x.pt: 1 tensors") == true)
  }

  @Test("Refuses two spellings of one tensor")
  func refusesTwoSpellings() {
    let error = #expect(throws: TensorError.self) {
      try WeightSpelling.known.names(in: ["d.norm.1.bias", "d.norm1.bias"], for: ["d.norm1.bias"])
    }
    #expect(error?.message.contains("'d.norm.1.bias' and 'd.norm1.bias' both stand for") == true)
  }

  @Test("Prefers what is spelled as the network has it")
  func prefersExact() throws {
    let names = try WeightSpelling.known.names(
      in: ["a.query.bias", "a.to_q.bias"], for: ["a.to_q.bias", "a.query.bias"])
    #expect(names.source == ["a.query.bias": "a.query.bias", "a.to_q.bias": "a.to_q.bias"])
    #expect(names.notes.isEmpty)
  }

  @Test("Takes further rules")
  func furtherRules() throws {
    let spelling = WeightSpelling(rules: [.spelled("fc.0", as: "fc")])
    #expect(try spelling.names(in: ["fc.0.bias"], for: ["fc.bias"]).missing.isEmpty)
    #expect(
      try WeightSpelling.known.names(in: ["fc.0.bias"], for: ["fc.bias"]).missing == ["fc.bias"])
  }

  @Test("A name in another spelling is not found inside a word")
  func wholeComponents() throws {
    let names = try WeightSpelling.known.names(
      in: ["a.keys.bias", "a.norm.10.bias"], for: ["a.to_ks.bias", "a.norm10.bias"])
    #expect(names.source.isEmpty)
  }
}
