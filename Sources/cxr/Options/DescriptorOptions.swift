// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRIngest

/// Which dataset descriptor is meant, and the choices among its variants.
struct DescriptorOptions: ParsableArguments {
  @Argument(help: "A built-in dataset, such as nih.")
  var name: String?

  @Option(help: "A YAML file that describes another dataset.")
  var manifest: String?

  @Option(
    name: .customLong("set"),
    help: "A variant of the descriptor, as KEY=CHOICE, such as labels=negbio; repeatable.")
  var choices: [Assignment] = []

  /// Checks that one descriptor is named.
  func validateChoice() throws {
    guard (name == nil) != (manifest == nil) else {
      throw ValidationError(
        "Name a built-in dataset (\(DatasetDescriptor.builtInNames.joined(separator: ", "))), or "
          + "a YAML file with --manifest.")
    }
  }

  /// Reads the descriptor.
  ///
  /// - Returns: The descriptor, with its variants chosen.
  /// - Throws: `FileError`, `IngestError` or `DescriptorError`.
  func descriptor() throws -> DatasetDescriptor {
    let choices = Assignment.dictionary(choices)
    if let manifest { return try DatasetDescriptor(path: manifest, choices: choices) }
    return try .builtIn(name ?? "", choices: choices)
  }
}
