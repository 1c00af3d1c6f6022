// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Collects prompts as the bytes of an exported file.
///
///     var table = PromptTable(format: .huggingFace, images: .source)
///     try catalog.forEachPrompt(of: "train") { try table.append($0); return true }
///     try AtomicFile.write(table.bytes, to: "metadata.jsonl")
public struct PromptTable: Sendable {
  private enum Writer {
    case csv(CSVWriter)
    case jsonLines(JSONLinesWriter)
    case lines([UInt8])
  }

  private let format: PromptFormat
  private let images: PromptImages
  private var writer: Writer
  private var keys: Set<String> = []

  /// Creates an empty table.
  ///
  /// - Parameters:
  ///   - format: The form of the file.
  ///   - images: Which images the prompts belong to, where the form names them.
  public init(format: PromptFormat, images: PromptImages) {
    self.format = format
    self.images = images
    switch format {
    case .csv: writer = .csv(CSVWriter(header: Self.fullNames))
    case .jsonl: writer = .jsonLines(JSONLinesWriter(names: Self.fullNames))
    case .huggingFace: writer = .jsonLines(JSONLinesWriter(names: Self.huggingFaceNames))
    case .webDataset: writer = .lines([])
    case .roentGen: writer = .csv(CSVWriter(header: Self.roentGenNames))
    }
  }

  /// Everything collected so far, in UTF-8.
  public var bytes: [UInt8] {
    switch writer {
    case .csv(let writer): writer.bytes
    case .jsonLines(let writer): writer.bytes
    case .lines(let bytes): bytes
    }
  }

  /// Appends a prompt.
  ///
  /// - Parameter stored: The prompt with its radiograph.
  /// - Throws: ``PromptError`` with code `.ambiguousName` when another prompt has its identifier,
  ///   or for WebDataset its key.
  public mutating func append(_ stored: StoredPrompt) throws(PromptError) {
    let identifier = Self.identifier(of: stored)
    // A WebDataset key ends at the first dot.
    let key = format == .webDataset ? identifier.replacing(".", with: "_") : identifier
    guard keys.insert(key).inserted else {
      throw PromptError(
        .ambiguousName,
        "Two prompts would have the same identifier, because images of different datasets or folders "
          + "share a name, or differ in a dot only; make one prompt set for each dataset, or rename."
      )
    }
    switch writer {
    case .csv(var csv):
      // Taken out and put back: a copy of the bytes per row would cost the square of their number.
      writer = .lines([])
      csv.append(
        format == .roentGen
          ? Self.roentGenFields(stored, identifier)
          : Self.fullValues(stored, identifier).map(Self.field))
      writer = .csv(csv)
    case .jsonLines(var lines):
      writer = .lines([])
      lines.append(
        format == .huggingFace
          ? huggingFaceValues(stored, identifier) : Self.fullValues(stored, identifier))
      writer = .jsonLines(lines)
    case .lines(var bytes):
      writer = .lines([])
      let fields = [key, imagePath(stored, identifier), stored.prompt.text]
      bytes += fields.map(\.onOneLine).joined(separator: "\t").utf8
      bytes.append(0x0A)
      writer = .lines(bytes)
    }
  }

  /// The image's name without folders and extension, `_`, and the number of the variation.
  static func identifier(of stored: StoredPrompt) -> String {
    var name = stored.imageName
    for ending in [".png", ".jpg", ".jpeg", ".dcm", ".dicom"]
    where name.lowercased().hasSuffix(ending) {
      name = String(name.dropLast(ending.count))
      break
    }
    return "\(name.replacing("/", with: "_"))_\(stored.prompt.variation)"
  }

  private func imagePath(_ stored: StoredPrompt, _ identifier: String) -> String {
    switch images {
    case .source: stored.relativePath ?? stored.imageName
    case .generated: "\(identifier).png"
    }
  }
}

extension PromptTable {
  private static let fullNames = [
    "id", "dataset", "imageName", "relativePath", "variation", "sex", "race", "ageYears", "view",
    "labels", "impression", "text", "tokenCount", "shortening", "removedText",
  ]

  private static func fullValues(
    _ stored: StoredPrompt, _ identifier: String
  ) -> [JSONLinesWriter.Value] {
    let prompt = stored.prompt
    return [
      .text(identifier), .text(stored.dataset), .text(stored.imageName),
      .text(optional: stored.relativePath), .integer(prompt.variation),
      .text(optional: prompt.sex?.rawValue), .text(optional: prompt.race?.rawValue),
      .integer(optional: prompt.ageYears), .text(stored.view.rawValue), .texts(labels(of: stored)),
      .text(prompt.impression), .text(prompt.text), .integer(optional: prompt.tokenCount),
      .text(prompt.shortening), .text(prompt.removedText),
    ]
  }

  private static let huggingFaceNames = [
    "file_name", "text", "image_id", "gender", "age", "race", "view", "impression", "labels",
  ]

  private func huggingFaceValues(
    _ stored: StoredPrompt, _ identifier: String
  ) -> [JSONLinesWriter.Value] {
    let prompt = stored.prompt
    return [
      .text(imagePath(stored, identifier)), .text(prompt.text), .text(identifier),
      .text(optional: prompt.sex?.rawValue), .integer(optional: prompt.ageYears),
      .text(optional: prompt.race?.rawValue), .text(stored.view.rawValue),
      .text(prompt.impression), .texts(Self.labels(of: stored)),
    ]
  }

  private static let roentGenNames = [
    "dicom_id", "prompt_variation", "gender", "anchor_age", "race", "impression_short",
  ]

  private static func roentGenFields(_ stored: StoredPrompt, _ identifier: String) -> [String] {
    let prompt = stored.prompt
    return [
      identifier, prompt.text, prompt.sex?.rawValue ?? "", prompt.ageYears.map(String.init) ?? "",
      prompt.race?.rawValue.uppercased() ?? "", prompt.impression,
    ]
  }

  private static func labels(of stored: StoredPrompt) -> [String] {
    Finding.allCases.filter { stored.findings[$0] == .positive }.map(\.name)
  }

  /// A value as a field of a table.
  private static func field(_ value: JSONLinesWriter.Value) -> String {
    switch value {
    case .text(let text): text
    case .integer(let number): String(number)
    case .number(let number): String(number)
    case .texts(let texts): texts.joined(separator: "|")
    case .null: ""
    }
  }
}

extension JSONLinesWriter.Value {
  static func text(optional text: String?) -> Self { text.map { .text($0) } ?? .null }

  static func integer(optional number: Int?) -> Self { number.map { .integer($0) } ?? .null }
}

extension String {
  /// The text with a blank for every tab and line break.
  fileprivate var onOneLine: String {
    String(map { $0.isNewline || $0 == "\t" ? " " : $0 })
  }
}
