// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("Sharded checkpoints")
struct ShardedCheckpointTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("model.safetensors.index.json")
    try SafetensorsFile.write(
      [StoredTensor("a", [], [1]), StoredTensor("stray", [], [9])], to: folder.path("1.safetensors")
    )
    try SafetensorsFile.write([StoredTensor("b", [2], [2, 3])], to: folder.path("2.safetensors"))
  }

  private func index(_ map: String) throws -> ShardedCheckpoint {
    try folder.write(
      "{\"metadata\":{\"total_size\":12},\"weight_map\":{\(map)}}",
      to: "model.safetensors.index.json")
    return try ShardedCheckpoint(path: path)
  }

  @Test("Shards open as one, with the tensors that the index lists")
  func opens() throws {
    let checkpoint = try index(#""b":"2.safetensors","a":"1.safetensors""#)
    #expect(checkpoint.shardNames == ["1.safetensors", "2.safetensors"])
    #expect(checkpoint.tensors.names == ["a", "b"])
    #expect(try checkpoint.tensors["b"]?.numbers() == [2, 3])
    let file = try WeightFile(path: path)
    #expect(file.format == .sharded && file.tensors.names == ["a", "b"])
  }

  @Test("Shards may be archives of PyTorch")
  func archives() throws {
    let archive = PickleBuilder().dictionary {
      $0.text("c").tensor(count: 1, shape: [], strides: [])
    }
    .archive(["0": floatBytes([5])])
    try folder.write(Data(archive), to: "pytorch_model-1.bin")
    let checkpoint = try index(#""c":"pytorch_model-1.bin","a":"1.safetensors""#)
    #expect(try checkpoint.tensors["c"]?.numbers() == [5])
  }

  @Test("Missing shards are all named")
  func missingShards() {
    let error = #expect(throws: FileError.self) {
      try index(#""a":"1.safetensors","b":"3.safetensors","c":"4.safetensors""#)
    }
    #expect(error?.code == .missing)
    #expect(
      error?.message.contains("2 of 3 shards are missing: '3.safetensors', '4.safetensors'") == true
    )
  }

  @Test("A tensor that its shard lacks is named")
  func missingTensor() {
    let error = #expect(throws: FileError.self) { try index(#""b":"1.safetensors""#) }
    #expect(
      error?.code == .missing && error?.message.contains("'b' lies in '1.safetensors'") == true)
  }

  @Test(
    "Names that leave the folder are refused",
    arguments: [
      "../1.safetensors", "/etc/passwd", "sub/1.safetensors", "..", ".", "", #"a\\b"#, #"a\u0000"#,
    ])
  func leavingNames(_ name: String) {
    let error = #expect(throws: FileError.self) { try index("\"a\":\"\(name)\"") }
    #expect(error?.code == .malformed && error?.message.contains("no file beside it") == true)
  }

  @Test("An index that is none is refused, and so is one that names an index")
  func noIndex() throws {
    for text in [
      "{}", "{", #"{"weight_map":{}}"#, #"{"weight_map":{"a":1}}"#, #"{"weight_map":[]}"#,
    ] {
      try folder.write(text, to: "model.safetensors.index.json")
      let error = #expect(throws: FileError.self) { try WeightFile(path: path) }
      #expect(error?.code == .malformed && error?.message.contains("weight_map") == true)
    }
    let error = #expect(throws: FileError.self) {
      try index(#""a":"model.safetensors.index.json""#)
    }
    #expect(error?.code == .malformed && error?.message.contains("where a shard must be") == true)
  }
}
