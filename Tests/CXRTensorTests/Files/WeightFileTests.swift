// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("Weight files")
struct WeightFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("The content decides, not the name")
  func content() throws {
    let path = folder.path("model.txt")
    let tensor = StoredTensor("w", [2], [1, 2])
    try SafetensorsFile.write([tensor], metadata: ["a": "b"], to: path)
    var file = try WeightFile(path: path)
    #expect(file.format == .safetensors && file.metadata["a"] == "b")
    #expect(try file.tensors["w"]?.numbers() == [1, 2])
    try tensor.writeNumPyFile(to: path)
    file = try WeightFile(path: path)
    #expect(file.format == .numPy && file.tensors.names == ["model"])
    #expect(try file.tensors["model"]?.numbers() == [1, 2])
    let pickle = PickleBuilder().dictionary {
      $0.text("w").tensor(count: 2, shape: [2], strides: [1])
    }
    try folder.write(Data(pickle.archive(["0": floatBytes([1, 2])])), to: "model.txt")
    file = try WeightFile(path: path)
    #expect(file.format == .torch && file.tensors.names == ["w"])
  }

  @Test(
    "What is no file of weights is named, with a remedy",
    arguments: [
      ("", "is empty"),
      ("version https://git-lfs.github.com/spec/v1\noid sha256:0", "git lfs pull"),
      ("<!DOCTYPE html>", "web page"), ("GGUF\u{3}", "GGUF"), ("hello", "no file of weights"),
      ("{\"a\": 1}", "weight_map"), ("PK", "archive"),
    ])
  func otherFiles(_ text: String, words: String) throws {
    let path = try folder.write(text, to: "model.safetensors")
    let error = #expect(throws: FileError.self) { try WeightFile(path: path) }
    #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasPrefix(path) == true)
  }

  @Test("HDF5 and pickles without an archive are named")
  func binaryFiles() throws {
    for (bytes, words) in [
      ([0x89, 0x48, 0x44, 0x46, 0x0D], "HDF5"), ([0x80, 4, 0x95], "torch.save did not write"),
      (
        [0x80, 2, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19],
        "its pickle is damaged"
      ),
      ([0x80], "no file of weights"),
    ] as [([UInt8], String)] {
      let path = try folder.write(Data(bytes), to: "a.pt")
      let error = #expect(throws: FileError.self) { try WeightFile(path: path) }
      #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
    }
  }

  @Test("A missing file and a folder are named")
  func missing() {
    var error = #expect(throws: FileError.self) { try WeightFile(path: folder.path("a.pt")) }
    #expect(error?.code == .missing)
    error = #expect(throws: FileError.self) { try WeightFile(path: folder.url.path) }
    #expect(error?.code == .unreadable)
  }

  @Test("A tensor outlives the file that it came from")
  func lifetime() throws {
    func first() throws -> StoredTensor {
      try SafetensorsFile.write([StoredTensor("w", [2], [1, 2])], to: folder.path("a"))
      return try WeightFile(path: folder.path("a")).tensors[0]
    }
    let tensor = try first()
    try FileManager.default.removeItem(atPath: folder.path("a"))
    #expect(try tensor.numbers() == [1, 2])
  }
}
