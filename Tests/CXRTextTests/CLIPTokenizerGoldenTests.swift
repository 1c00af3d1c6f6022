// SPDX-License-Identifier: Apache-2.0
import CXRText
import Foundation
import Testing

/// The vocabulary of Stable Diffusion 2 (pad `!`), which `Scripts/golden/check_clip_tokenizer.py`
/// builds; too large to ship.
private let vocabulary = ProcessInfo.processInfo.environment["CXR_CLIP_VOCABULARY"]

@Suite("CLIP tokenizer with the real vocabulary", .enabled(if: vocabulary != nil))
struct CLIPTokenizerGoldenTests {
  /// Ids by transformers 5.23.0, `CLIPTokenizer.from_pretrained(FOLDER)(text)["input_ids"]`.
  static let cases: [(text: String, ids: [Int])] = [
    (
      "28 year old WHITE female. No evidence of acute cardiopulmonary disease .",
      [
        49406, 273, 279, 935, 896, 1579, 3970, 269, 871, 6439, 539, 19734, 6211, 39858, 749, 856,
        5336, 269, 49407,
      ]
    ),
    (
      "50 year old female. Normal chest radiograph.",
      [49406, 276, 271, 935, 896, 3970, 269, 5967, 10563, 7176, 4407, 269, 49407]
    ),
    ("a photo of sks chest x-ray", [49406, 320, 1125, 539, 48136, 10563, 343, 268, 3077, 49407]),
    ("don't can't I'll", [49406, 847, 713, 753, 713, 328, 1342, 49407]),
    (
      "café ＡＢ½ naïve — µg",
      [
        49406, 15304, 171, 121, 223, 171, 121, 480, 33613, 1097, 35689, 563, 2005, 126, 113, 326,
        49407,
      ]
    ),
    ("ΑΣ ΣΑΣ", [49406, 138, 109, 139, 481, 139, 225, 138, 109, 139, 481, 49407]),
    ("x!y", [49406, 343, 0, 344, 49407]),
    ("", [49406, 49407]),
  ]

  @Test("Agrees with transformers")
  func agreesWithTransformers() throws {
    let tokenizer = try CLIPTokenizer(folder: try #require(vocabulary))
    for (text, ids) in Self.cases {
      #expect(tokenizer.encode(text) == ids)
      #expect(tokenizer.encodePadded(text).count == 77)
      #expect(tokenizer.encodePadded(text).last == 0)
    }
  }
}
