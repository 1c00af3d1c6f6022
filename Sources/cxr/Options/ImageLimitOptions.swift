// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRImage

/// How large the images may be that a verb decodes.
struct ImageLimitOptions: ParsableArguments {
  @Option(
    help: """
      Refuse images of more million pixels than this; the limits on the bytes of a file and on its \
      sides go up with it (default: 67).
      """)
  var maxMegapixels: Int?

  mutating func validate() throws {
    guard (1...ImageLimits.largestMegapixels).contains(maxMegapixels ?? 1) else {
      throw ValidationError("--max-megapixels takes 1 to \(ImageLimits.largestMegapixels).")
    }
  }

  /// The limits to decode with.
  var limits: ImageLimits { maxMegapixels.map(ImageLimits.init(megapixels:)) ?? .standard }
}
