// SPDX-License-Identifier: Apache-2.0

/// A form in which prompts leave the catalog.
public enum PromptFormat: String, CaseIterable, Codable, Hashable, Sendable {
  /// A table of everything that is known of each prompt, RFC 4180.
  case csv
  /// The same as one JSON object per line.
  case jsonl
  /// `metadata.jsonl` of a Hugging Face image folder: `file_name`, `text` and further columns.
  ///
  /// - SeeAlso: <https://huggingface.co/docs/datasets/image_dataset>.
  case huggingFace = "huggingface"
  /// One line per sample for packing WebDataset shards: key, image path and prompt, with tabs
  /// between them and no header.
  ///
  /// The key is the prompt's identifier with `_` for `.`, since WebDataset ends keys at a dot.
  ///
  /// - SeeAlso: <https://github.com/webdataset/webdataset>.
  case webDataset = "webdataset"
  /// The table that the sampling scripts of RoentGen-v2 read: `dicom_id`, `prompt_variation`,
  /// `gender`, `anchor_age`, `race`, `impression_short`.
  ///
  /// Those scripts look demographics up by the first row of a `dicom_id` and name files after it;
  /// so every prompt gets one of its own: the image's name, `_`, and the number of the variation.
  ///
  /// - SeeAlso: Moroianu et al., 2025, <https://arxiv.org/abs/2508.16783>.
  case roentGen = "roentgen"
}
