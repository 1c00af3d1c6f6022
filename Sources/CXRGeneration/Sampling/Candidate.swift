// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import Foundation

/// An image that is being made.
struct Candidate {
  let item: GenerationItem
  /// The number of the attempt that comes next, from 1.
  let attempt: Int

  init(item: GenerationItem, attempt: Int) {
    self.item = item
    self.attempt = attempt
  }

  init(_ item: GenerationItem) { self.init(item: item, attempt: item.attemptCount + 1) }

  /// Where the file lies below the folder of the run.
  func path(_ isAccepted: Bool) -> String {
    isAccepted
      ? Self.path(prompt: item.prompt, copy: item.copy)
      : String(
        format: "rejected/%05d/%08d-%03d-%02d.png", item.prompt / 1000, item.prompt, item.copy,
        attempt)
  }

  /// Where the file of an accepted image lies: a thousand prompts to a folder.
  static func path(prompt: Int, copy: Int) -> String {
    String(format: "images/%05d/%08d-%03d.png", prompt / 1000, prompt, copy)
  }
}
