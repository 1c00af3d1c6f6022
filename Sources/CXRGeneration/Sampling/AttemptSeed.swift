// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore

extension GenerationItem {
  /// The seed of an attempt at the image.
  ///
  /// It follows from the seed of the run, the prompt with the radiograph that it came from, the number
  /// of the image among those of the prompt, and the attempt; nothing else. A prompt that is in two
  /// prompt sets has the same images in both.
  ///
  /// - Parameters:
  ///   - attempt: The number of the attempt, from 1.
  ///   - runSeed: The seed of the run.
  /// - Returns: A seed below 2⁶³, which every library takes and SQLite holds.
  func seed(ofAttempt attempt: Int, runSeed: UInt64) -> UInt64 {
    let key = [sourceDataset, sourceImageName, String(variation), text].joined(separator: "\u{1}")
    let stream = RandomStream(seed: runSeed, purpose: "generation\u{1}\(key)", index: copy)
    return stream.word(at: attempt - 1) >> 1
  }
}
