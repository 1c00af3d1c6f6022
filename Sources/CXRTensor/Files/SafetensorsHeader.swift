// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles
internal import Foundation

/// What stands before the values of a safetensors file, checked against the size of the file.
struct SafetensorsHeader {
  /// What the header says about a tensor.
  struct Entry {
    let name: String
    let scalarType: ScalarType
    let shape: [Int]
    /// Where the values lie in the file.
    let range: Range<Int>
  }

  /// The most bytes of a header, the limit of the reference implementation.
  static let byteLimit = 100_000_000
  /// The most braces, brackets and commas; more than a million tensors have.
  private static let structureLimit = 8_000_000

  /// The tensors in the order of their values; these cover the file without gap or overlap.
  let entries: [Entry]
  /// The texts under `__metadata__`.
  let metadata: [String: String]

  /// Reads and checks the header of a file.
  ///
  /// - Parameters:
  ///   - file: The file.
  ///   - path: How errors name the file.
  /// - Throws: `FileError` with code `.truncated` or `.malformed`.
  init(of file: MappedFile, path: String) throws(FileError) {
    let (text, dataStart) = try Self.text(of: file, path: path)
    let members = try Self.members(of: text, path: path)
    var metadata: [String: String] = [:]
    var entries: [Entry] = []
    for (name, member) in members {
      switch member {
      case .metadata(let texts): metadata = texts
      case .tensor(let description):
        entries.append(
          try description.entry(
            named: name, dataStart: dataStart, fileEnd: file.count, path: path))
      }
    }
    entries.sort {
      ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
    }
    var end = dataStart
    for entry in entries {
      guard entry.range.lowerBound == end else {
        let found =
          entry.range.lowerBound < end
          ? "overlaps the tensor before it" : "leaves a gap to the tensor before it"
        throw FileError(
          .malformed, "\(path): \(shown(entry.name)) \(found); \(Self.remedy)")
      }
      end = entry.range.upperBound
    }
    guard end == file.count else {
      throw FileError(
        .malformed,
        "\(path) has \(file.count - end) bytes that belong to no tensor; \(Self.remedy)")
    }
    self.entries = entries
    self.metadata = metadata
  }

  /// What to do about a file that breaks the rules.
  static let remedy = "download it again, or save it anew with safetensors."

  private static func text(
    of file: MappedFile, path: String
  ) throws(FileError) -> (text: [UInt8], end: Int) {
    let stated = file.withBytes { bytes in
      bytes.byteCount < 8
        ? nil : (0..<8).reduce(UInt64(0)) { $0 | UInt64(byte($1, of: bytes)) << ($1 * 8) }
    }
    guard let stated else {
      throw FileError(
        .truncated, "\(path) has \(file.count) bytes, too few for safetensors; \(remedy)")
    }
    guard stated <= byteLimit else {
      throw FileError(
        .malformed,
        "\(path) is no safetensors file: its header would have \(stated) bytes, and \(byteLimit) are "
          + "the limit; \(remedy)")
    }
    let end = 8 + Int(stated)
    guard end <= file.count else {
      throw FileError(
        .truncated,
        "\(path) ends within its header, at \(file.count) of \(end) bytes; download it again.")
    }
    let text = file.withBytes { bytes in
      unsafe bytes.withUnsafeBytes { unsafe Array($0[8..<end]) }
    }
    let structure = text.count { $0 == 0x2C || $0 == 0x5B || $0 == 0x7B }
    guard text.first == UInt8(ascii: "{"), structure <= structureLimit else {
      let found =
        text.first == UInt8(ascii: "{")
        ? "describes more than a million tensors" : "does not begin with a brace"
      throw FileError(.malformed, "\(path): the header \(found); \(remedy)")
    }
    return (text, end)
  }

  private static func byte(_ offset: Int, of bytes: RawSpan) -> UInt8 {
    unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
  }

  private static func members(
    of text: [UInt8], path: String
  ) throws(FileError) -> [String: SafetensorsMember] {
    // Decoding keeps one of two members with the same key, so these are looked for before.
    guard let pairs = JSONObjectMembers(text)?.pairs else {
      throw FileError(.malformed, "\(path): the header is no JSON object; \(remedy)")
    }
    var names: Set<String> = []
    for pair in pairs {
      let name = String(decoding: pair.key, as: UTF8.self)
      guard names.insert(name).inserted else {
        throw FileError(.malformed, "\(path): \(shown(name)) stands twice in the header; \(remedy)")
      }
    }
    do {
      return try JSONDecoder().decode([String: SafetensorsMember].self, from: Data(text))
    } catch {
      // Foundation does not say where a number is that does not fit.
      let culprit =
        SafetensorsMember.name(in: error)
        ?? pairs.first { pair in
          let member = try? JSONDecoder().decode(
            SafetensorsMember.Description.self, from: Data(pair.value))
          return member == nil
        }.map { String(decoding: $0.key, as: UTF8.self) }
      let name = culprit.map { "\(shown($0)) in " } ?? ""
      throw FileError(
        .malformed,
        "\(path): \(name)the header lacks dtype, shape or data_offsets, or has them in another form; "
          + remedy)
    }
  }
}
