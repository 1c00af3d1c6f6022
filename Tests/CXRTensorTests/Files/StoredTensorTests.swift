// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Stored tensors")
struct StoredTensorTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test(
    "Numbers of every type are read",
    arguments: [
      (ScalarType.bool, [0, 1, 2], [0, 1, 1]),
      (.uint8, [0, 255], [0, 255]), (.int8, [1, 255], [1, -1]),
      (.uint16, [0xFF, 0xFF], [65535]), (.int16, [0xFE, 0xFF], [-2]),
      (.uint32, [0, 0, 0, 0x80], [2_147_483_648]), (.int32, [0, 0, 0, 0x80], [-2_147_483_648]),
      (.uint64, [0, 0, 0, 0, 0, 0, 0, 0x80], [9_223_372_036_854_775_808]),
      (.int64, [0xFD, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], [-3]),
      (.float16, [0, 0x3C, 1, 0], [1, 0x1p-24]),
      (.bfloat16, [0x80, 0x3F, 0x49, 0x40], [1, 3.140625]),
      (.float32, [0, 0, 0x80, 0xBF], [-1]), (.float64, [0, 0, 0, 0, 0, 0, 0xF0, 0x3F], [1]),
    ] as [(ScalarType, [UInt8], [Double])])
  func numbers(_ type: ScalarType, bytes: [UInt8], expected: [Double]) throws {
    let tensor = StoredTensor(name: "a", scalarType: type, shape: [expected.count], bytes: bytes)
    #expect(try tensor.numbers() == expected)
    #expect(tensor.scalarCount == expected.count)
  }

  @Test("Floats of 8 bits are carried, not read", arguments: [ScalarType.float8E4M3, .float8E5M2])
  func refusesFloat8(_ type: ScalarType) throws {
    let path = folder.path("a.safetensors")
    try SafetensorsFile.write(
      [StoredTensor(name: "a.b", scalarType: type, shape: [2], bytes: [1, 2])], to: path)
    let tensor = try WeightFile(path: path).tensors.tensor(named: "a.b")
    #expect(tensor.copiedBytes == [1, 2])
    let error = #expect(throws: FileError.self) { try tensor.numbers() }
    #expect(error?.message.contains("\(path): 'a.b' holds \(type.rawValue)") == true)
    #expect(error?.message.contains("bfloat16") == true)
  }

  @Test("Bytes that do not fit type and shape trap")
  func misfit() async {
    await #expect(processExitsWith: .failure) {
      _ = StoredTensor(name: "a", scalarType: .int16, shape: [2], bytes: [1, 2, 3])
    }
  }

  @Test("An array of any rank is a tensor", arguments: [[], [3], [2, 0, 3], [1, 2, 3, 4, 5]])
  func numPy(_ shape: [Int]) throws {
    let count = shape.reduce(1, *)
    let tensor = StoredTensor("a", shape, (0..<count).map { Float($0) / 4 })
    try tensor.writeNumPyFile(to: folder.path("features.v2.npy"))
    let read = try StoredTensor(numPyFile: folder.path("features.v2.npy"))
    #expect(read.name == "features.v2" && read.shape == shape && read.scalarType == .float32)
    #expect(read.copiedBytes == tensor.copiedBytes)
    #expect(read.isMapped && read.isAligned)
  }

  @Test("A type that NumPy lacks is not written")
  func numPyRefusal() {
    let tensor = StoredTensor(name: "a", scalarType: .bfloat16, shape: [], bytes: [0, 0])
    let error = #expect(throws: FileError.self) {
      try tensor.writeNumPyFile(to: folder.path("a.npy"))
    }
    #expect(error?.code == .unwritable && error?.message.contains("safetensors") == true)
    #expect(folder.fileNames.isEmpty)
  }

  @Test("The nearest name is named")
  func nearestName() {
    let tensors = StoredTensors([StoredTensor("conv.weight", [1], [1])])
    let error = #expect(throws: FileError.self) { try tensors.tensor(named: "conv.wieght") }
    #expect(error?.message.contains("did you mean 'conv.weight'?") == true)
    #expect(tensors["conv.wieght"] == nil)
  }

  @Test("Names are sorted by code points")
  func order() {
    let names = ["a.10", "é", "a.2", "Z", "z", "a", "e\u{301}x", "\u{1F600}", "\u{FFFD}"]
    let tensors = StoredTensors(names.map { StoredTensor($0, [], [0]) })
    let expected = names.sorted {
      $0.unicodeScalars.lexicographicallyPrecedes($1.unicodeScalars)
    }
    #expect(tensors.names == expected)
  }
}
