// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRDiffusion

/// The adapter that changes a diffusion model.
struct AdapterOptions: ParsableArguments {
  @Option(
    name: .customLong("adapter"),
    help: "A LoRA file of diffusers, PEFT or kohya, or its folder; it changes the model.")
  var path: String?

  @Option(
    name: .customLong("adapter-scale"), help: "How much the adapter changes (default: 1).")
  var scale: Double?

  mutating func validate() throws {
    guard scale?.isFinite ?? true else {
      throw ValidationError("--adapter-scale takes a number.")
    }
    guard path != nil || scale == nil else {
      throw ValidationError("--adapter-scale says how much of an --adapter; give one.")
    }
  }

  /// Opens the file; `nil` if none is named.
  ///
  /// - Throws: As `AdapterFile`.
  func adapter() throws -> (file: AdapterFile, scale: Double)? {
    try path.map { (try AdapterFile(path: $0), scale ?? 1) }
  }
}
