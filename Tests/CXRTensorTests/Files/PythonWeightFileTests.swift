// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import Foundation
import Testing

private let folder = ProcessInfo.processInfo.environment["CXR_WEIGHT_FILES"]

/// Files that Python wrote, and files for Python to read; `Scripts/golden/check_weight_files.py`
/// makes the folder, and says how to run this.
@Suite(
  "Weight files of Python",
  .enabled(if: folder != nil, "skipped: CXR_WEIGHT_FILES names no folder"))
struct PythonWeightFileTests {
  /// What Python found in its files.
  private struct Expected: Decodable {
    struct Refusal: Decodable { let words: [String] }

    let files: [String: [String: String]]
    let trees: [String: String]
    let refusals: [String: Refusal]
    let arrays: [String]
  }

  private let expected: Expected

  init() throws {
    expected = try JSONDecoder().decode(
      Expected.self, from: Data(contentsOf: URL(filePath: Self.path("expected.json"))))
    try FileManager.default.createDirectory(
      atPath: Self.path("written"), withIntermediateDirectories: true)
  }

  private static func path(_ name: String) throws -> String {
    "\(try #require(folder))/\(name)"
  }

  private func hexadecimal(_ bytes: [UInt8]) -> String {
    bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private func described(_ tensor: StoredTensor) -> String {
    let shape = tensor.shape.map(String.init).joined(separator: ",")
    return "\(tensor.scalarType.rawValue)[\(shape)]\(hexadecimal(tensor.copiedBytes))"
  }

  private func described(_ value: PickledValue) -> String {
    switch value {
    case .none: "None"
    case .bool(let value): value ? "True" : "False"
    case .integer(let value): "\(value)"
    case .largeInteger(let bytes): "0x\(hexadecimal(bytes))"
    case .float(let value):
      hexadecimal(StoredZip.little(Int(bitPattern: UInt(value.bitPattern)), 8))
    case .text(let text): "'\(hexadecimal(Array(text.utf8)))'"
    case .bytes(let bytes): "b'\(hexadecimal(bytes))'"
    case .list(let values): "[\(values.map(described).joined(separator: ","))]"
    case .tuple(let values): "(\(values.map(described).joined(separator: ",")))"
    case .dictionary(let members):
      "{\(members.map { "\(described($0.key)):\(described($0.value))" }.joined(separator: ","))}"
    case .scalarType(let type): type.rawValue
    case .tensor(let tensor): described(tensor)
    }
  }

  @Test("Every tensor is the one that Python wrote, bit for bit")
  func tensors() throws {
    try #require(!expected.files.isEmpty)
    for (name, tensors) in expected.files {
      let file = try WeightFile(path: Self.path(name))
      #expect(
        file.tensors.names
          == tensors.keys.sorted { $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars) })
      for tensor in file.tensors {
        #expect(described(tensor) == tensors[tensor.name], "\(name): \(tensor.name)")
      }
    }
  }

  @Test("Everything that was saved beside tensors is there")
  func trees() throws {
    try #require(!expected.trees.isEmpty)
    for (name, tree) in expected.trees {
      #expect(described(try TorchArchive(path: Self.path(name)).root) == tree, "\(name)")
    }
  }

  @Test("What must be refused is, and the message is kept for Python to follow")
  func refusals() throws {
    try #require(!expected.refusals.isEmpty)
    for (name, refusal) in expected.refusals {
      let path = try Self.path(name)
      let error = #expect(throws: FileError.self, "\(name)") { try WeightFile(path: path) }
      let message = try #require(error?.message)
      for words in refusal.words { #expect(message.contains(words), "\(message)") }
      try AtomicFile.write(message, to: Self.path("written/\(name).txt"))
    }
  }

  @Test("Swift writes files for Python to read")
  func writing() throws {
    for name in expected.files.keys {
      let tensors = try WeightFile(path: Self.path(name)).tensors
      try SafetensorsFile.write(tensors, to: Self.path("written/\(name).safetensors"))
    }
    for name in expected.arrays {
      try StoredTensor(numPyFile: Self.path("\(name).npy"))
        .writeNumPyFile(to: Self.path("written/\(name).npy"))
    }
  }
}
