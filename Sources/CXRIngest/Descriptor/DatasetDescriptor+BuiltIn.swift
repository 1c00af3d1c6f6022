// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

extension DatasetDescriptor {
  /// The texts of the descriptors that come with the program, by dataset.
  private static let builtInTexts: [String: [UInt8]] = [
    "chexpert": PackageResources.chexpert_yaml,
    "chexpert-plus": PackageResources.chexpert_plus_yaml,
    "kermany": PackageResources.kermany_yaml,
    "mimic-cxr": PackageResources.mimic_cxr_yaml,
    "nih": PackageResources.nih_yaml,
    "padchest": PackageResources.padchest_yaml,
    "vindr-cxr": PackageResources.vindr_cxr_yaml,
  ]

  /// The datasets whose descriptors come with the program.
  public static let builtInNames = builtInTexts.keys.sorted()

  /// Returns the text of a descriptor that comes with the program.
  ///
  /// - Parameter name: The dataset, one of ``builtInNames``.
  /// - Returns: The YAML.
  /// - Throws: ``IngestError`` with code `.unknownName` for another name.
  public static func builtInText(_ name: String) throws(IngestError) -> String {
    guard let bytes = builtInTexts[name] else {
      let nearest = builtInNames.nearest(to: name).map { "did you mean \($0)? " } ?? ""
      throw IngestError(
        .unknownName,
        "There is no built-in descriptor \(name); \(nearest)"
          + "Known are \(builtInNames.joined(separator: ", ")); describe another dataset in a file "
          + "and name it with --manifest.")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Returns a descriptor that comes with the program.
  ///
  /// - Parameters:
  ///   - name: The dataset, one of ``builtInNames``.
  ///   - choices: Choices among the descriptor's variants, by the variant's key.
  /// - Returns: The descriptor.
  /// - Throws: ``IngestError`` with code `.unknownName` for another name, `.invalidOption` for
  ///   choices that it does not have.
  public static func builtIn(
    _ name: String, choices: [String: String] = [:]
  ) throws -> DatasetDescriptor {
    let text = try builtInText(name)
    try checkChoices(choices, inYAML: text)
    return try DatasetDescriptor(yaml: text, fileName: "\(name).yaml", choices: choices)
  }

  /// The document that explains the language of descriptors, in Markdown.
  public static var schemaText: String {
    String(decoding: PackageResources.SCHEMA_md, as: UTF8.self)
  }

  /// Reads a descriptor from a file.
  ///
  /// - Parameters:
  ///   - path: The path of the YAML file.
  ///   - choices: Choices among the descriptor's variants, by the variant's key.
  /// - Throws: `FileError` when the file cannot be read, ``IngestError`` with code `.invalidOption` for
  ///   choices that it does not have, ``DescriptorError`` with everything that is wrong with it.
  public init(path: String, choices: [String: String] = [:]) throws {
    let text = try Self.text(ofFile: path)
    try Self.checkChoices(choices, inYAML: text)
    try self.init(yaml: text, fileName: CXRIngest.fileName(of: path), choices: choices)
  }

  /// Reads the text of a descriptor from a file, without looking at what it says.
  ///
  /// - Parameter path: The path of the YAML file.
  /// - Returns: The YAML.
  /// - Throws: `FileError` when the file cannot be read.
  public static func text(ofFile path: String) throws -> String {
    let source = try ByteSource(path: path)
    var bytes: [UInt8] = []
    var chunk: [UInt8] = []
    while try source.read(into: &chunk) { bytes += chunk }
    return String(decoding: bytes, as: UTF8.self)
  }
}
