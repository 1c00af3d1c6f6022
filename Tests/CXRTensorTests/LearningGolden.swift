// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation

/// What PyTorch gave; made by Scripts/golden/make_learning_goldens.py.
enum LearningGolden {
  /// Reads the document.
  static func json() throws -> GoldenJSON {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/learning.json")
    return try JSONDecoder().decode(GoldenJSON.self, from: Data(contentsOf: file))
  }
}
