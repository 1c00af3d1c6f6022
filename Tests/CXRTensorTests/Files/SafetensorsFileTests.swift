// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("Safetensors files")
struct SafetensorsFileTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("a.safetensors")
  }

  private func file(_ header: String, _ data: [UInt8] = []) throws -> SafetensorsFile {
    try folder.write(
      Data(StoredZip.little(header.utf8.count, 8) + Array(header.utf8) + data), to: "a.safetensors")
    return try SafetensorsFile(path: path)
  }

  @Test("The bytes are those of Python's writer")
  func bytes() throws {
    // safetensors 0.8.0: save({"b": int8 [1, 2], "a": float32 [[0.5]], "é\"/\n": bool scalar},
    // metadata={"format": "pt"}); see Scripts/golden/check_weight_files.py for the whole comparison.
    try SafetensorsFile.write(
      [
        StoredTensor(name: "b", scalarType: .int8, shape: [2], bytes: [1, 2]),
        StoredTensor("a", [1, 1], [0.5]),
        StoredTensor(name: "é\"/\n", scalarType: .bool, shape: [], bytes: [1]),
      ], to: path)
    let header = #"""
      {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[1,1],"data_offsets":[0,4]},\#
      "b":{"dtype":"I8","shape":[2],"data_offsets":[4,6]},\#
      "é\"/\n":{"dtype":"BOOL","shape":[],"data_offsets":[6,7]}}
      """#
    let padded = header + String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)
    let expected =
      StoredZip.little(padded.utf8.count, 8) + Array(padded.utf8) + [0, 0, 0, 0x3F, 1, 2, 1]
    #expect(try Data(contentsOf: URL(filePath: path)) == Data(expected))
  }

  @Test("What is written is read, in place and aligned", arguments: ScalarType.allCases)
  func roundTrip(_ type: ScalarType) throws {
    let tensors = [[], [0], [3], [2, 0, 4], [2, 1, 2, 3]].map { shape in
      let count = shape.reduce(type.byteCount, *)
      return StoredTensor(
        name: "t\(shape)", scalarType: type, shape: shape,
        bytes: (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 37) })
    }
    try SafetensorsFile.write(tensors, metadata: ["step": "7"], to: path)
    let file = try SafetensorsFile(path: path)
    #expect(file.metadata == ["format": "pt", "step": "7"])
    #expect(file.names == tensors.map(\.name).sorted())
    for tensor in tensors {
      let read = try #require(file[tensor.name])
      #expect(read.copiedBytes == tensor.copiedBytes && read.shape == tensor.shape)
      #expect(read.scalarType == type && read.isMapped && read.isAligned && read.path == path)
    }
  }

  @Test("A file may be replaced by its own tensors, and a failed write leaves it alone")
  func replacement() throws {
    try SafetensorsFile.write(
      [StoredTensor("a", [2], [1, 2]), StoredTensor("b", [], [3])], to: path)
    let file = try SafetensorsFile(path: path)
    try SafetensorsFile.write([try file.tensors.tensor(named: "a").renamed("c")], to: path)
    #expect(try SafetensorsFile(path: path)["c"]?.numbers() == [1, 2])
    #expect(try file["b"]?.numbers() == [3])
    #expect(folder.fileNames == ["a.safetensors"])
    let error = #expect(throws: FileError.self) {
      try SafetensorsFile.write([], to: folder.path("none/a.safetensors"))
    }
    #expect(error?.code == .unwritable)
  }

  @Test("Headers of other writers are read: no padding, spaces, any order, no metadata")
  func otherWriters() throws {
    let file = try file(
      #"""
       {"b":{"shape":[1],"data_offsets":[0,4],"dtype":"F32"}, "z":{"dtype":"I8","shape":[0],
      "data_offsets":[4,4]}, "a":{"dtype":"I8","shape":[1],"data_offsets":[4,5],"note":[{}]}}  
      """#.trimmingPrefix(" ").description, [0, 0, 0x80, 0x3F, 7])
    #expect(file.metadata.isEmpty)
    #expect(file.names == ["a", "b", "z"])
    #expect(try file["b"]?.numbers() == [1] && file["a"]?.numbers() == [7])
  }

  @Test("An empty file of tensors is one")
  func empty() throws {
    #expect(try file("{}").tensors.isEmpty)
    try SafetensorsFile.write([], to: path)
    #expect(try SafetensorsFile(path: path).metadata == ["format": "pt"])
  }

  static let one = #""dtype":"I8","shape":[2],"data_offsets""#

  @Test(
    "What breaks a rule is refused by name",
    arguments: [
      (#"{"a":{"dtype":"F99","shape":[],"data_offsets":[0,4]}}"#, 4, "'a' is of type 'F99'"),
      (#"{"a":{"dtype":"F32","shape":[],"data_offsets":[0,3]}}"#, 3, "'a' has 3 bytes"),
      (#"{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}"#, 4, "'a' has 4 bytes"),
      (
        #"{"a":{"dtype":"F64","shape":[4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
        "'a' has 0 bytes"
      ),
      (
        #"{"a":{"dtype":"F64","shape":[0,4294967296,4294967296],"data_offsets":[0,0]}}"#, 0,
        "'a' has 0 bytes"
      ),
      ("{\"a\":{\(one):[0,2]}}", 3, "1 bytes that belong to no tensor"),
      ("{\"a\":{\(one):[1,3]}}", 3, "'a' leaves a gap"),
      ("{\"a\":{\(one):[0,2]},\"b\":{\(one):[1,3]}}", 3, "'b' overlaps"),
      ("{\"a\":{\(one):[0,2]},\"b\":{\(one):[0,2]}}", 2, "overlaps"),
      ("{\"a\":{\(one):[0,2]},\"b\":{\(one):[3,5]}}", 5, "'b' leaves a gap"),
      ("{\"a\":{\(one):[2,0]}}", 2, "'a' has data_offsets that are no range"),
      ("{\"a\":{\(one):[-2,0]}}", 2, "'a' has data_offsets that are no range"),
      ("{\"a\":{\(one):[0,2,2]}}", 2, "'a' has data_offsets that are no range"),
      ("{\"a\":{\(one):[0,2]},\"a\":{\(one):[0,2]}}", 2, "'a' stands twice"),
      (#"{"a":{\#(one):[0,2]},"\u0061":{\#(one):[0,2]}}"#, 2, "'a' stands twice"),
      (#"{"a":{"dtype":"I8","data_offsets":[0,2]}}"#, 2, "'a' in the header lacks"),
      (#"{"a":{"dtype":"I8","shape":[1.5],"data_offsets":[0,2]}}"#, 2, "'a' in the header lacks"),
      (#"{"a":{"dtype":"I8","shape":"[2]","data_offsets":[0,2]}}"#, 2, "'a' in the header lacks"),
      (#"{"a":"{\"dtype\":\"I8\",\"shape\":[2],\"data_offsets\":[0,2]}"}"#, 2, "'a' in the header"),
      (
        #"{"a":{"dtype":"I8","shape":[99999999999999999999],"data_offsets":[0,2]}}"#, 2,
        "'a' in the header lacks"
      ),
      (#"{"__metadata__":{"format":1}}"#, 0, "'__metadata__' in the header lacks"),
      ("[]", 0, "does not begin with a brace"), ("", 0, "does not begin with a brace"),
      (" {}", 0, "does not begin with a brace"), ("{\"a\":", 0, "no JSON object"),
      ("{} {}", 0, "no JSON object"),
      (
        #"{"a\u001b[31m\u202e":{"dtype":"I8","shape":[1],"data_offsets":[0,2]}}"#, 2,
        "'a?[31m?' has 2 bytes"
      ),
    ])
  func refusals(_ header: String, dataCount: Int, words: String) {
    let error = #expect(throws: FileError.self) {
      try file(header, [UInt8](repeating: 1, count: dataCount))
    }
    #expect(error?.code == .malformed)
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasPrefix(path) == true)
  }

  @Test("A deeply nested header is refused")
  func nesting() {
    let depth = 1_000_000
    let error = #expect(throws: FileError.self) {
      try file("{\"a\":" + String(repeating: "[", count: depth))
    }
    #expect(error?.code == .malformed)
    let lists = #expect(throws: FileError.self) {
      try file("{\"a\":[" + String(repeating: "[],", count: 4_000_000) + "[]]}")
    }
    #expect(lists?.message.contains("more than a million") == true)
  }

  @Test("A file that ends early says so")
  func truncation() throws {
    try SafetensorsFile.write([StoredTensor("a", [4], [1, 2, 3, 4])], to: path)
    let whole = try Data(contentsOf: URL(filePath: path))
    for count in 0..<whole.count {
      try whole.prefix(count).write(to: URL(filePath: path))
      let error = #expect(throws: FileError.self) { try SafetensorsFile(path: path) }
      #expect(error?.code == .truncated, "\(count)")
    }
  }

  @Test("A header that states an absurd length is refused")
  func absurdLength() throws {
    for length in [100_000_001, Int.max] {
      try folder.write(Data(StoredZip.little(length, 8) + [0x7B, 0x7D]), to: "a.safetensors")
      let error = #expect(throws: FileError.self) { try SafetensorsFile(path: path) }
      #expect(error?.code == .malformed && error?.message.contains("\(length)") == true)
    }
  }

  @Test("Names that cannot be written trap")
  func reservedName() async {
    await #expect(processExitsWith: .failure) {
      try SafetensorsFile.write([StoredTensor("__metadata__", [], [0])], to: "/dev/null")
    }
    await #expect(processExitsWith: .failure) {
      try SafetensorsFile.write(
        [StoredTensor("a", [], [0]), StoredTensor("a", [], [1])], to: "/dev/null")
    }
  }
}
