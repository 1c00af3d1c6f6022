// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("Refused archives of PyTorch")
struct TorchArchiveRefusalTests {
  let folder: TemporaryFolder
  let path: String

  init() throws {
    folder = try TemporaryFolder()
    path = folder.path("a.pt")
  }

  private func refusal(_ bytes: [UInt8]) throws -> FileError? {
    try folder.write(Data(bytes), to: "a.pt")
    let error = #expect(throws: FileError.self) { try TorchArchive(path: path).stateDictionary() }
    #expect(error?.message.hasPrefix(path) == true)
    return error
  }

  private func refusal(
    _ pickle: PickleBuilder, _ storages: [String: [UInt8]] = ["0": floatBytes([1, 2])]
  ) throws -> FileError? {
    try refusal(pickle.archive(storages))
  }

  @Test(
    "An object outside the list is refused by its name, with a recipe",
    arguments: [
      ("os", "system"), ("builtins", "eval"), ("torch.nn.modules.linear", "Linear"),
      ("torch", "load"), ("torch", "ComplexFloatStorage"), ("numpy.core.multiarray", "scalar"),
      ("torch._utils", "_rebuild_sparse_tensor"), ("collections", "Counter"),
    ])
  func objects(_ module: String, name: String) throws {
    let calls = PickleBuilder().global(module, name).tuple { $0.text("id") }.raw("R")
    for bytes in [calls, PickleBuilder().text(module).text(name).raw([0x93])] {
      let error = try #require(try refusal(bytes))
      #expect(error.code == .malformed)
      #expect(error.message.contains("data.pkl needs the Python object '\(module).\(name)'"))
      #expect(error.message.contains("save_file("))
    }
  }

  @Test(
    "Operations that weights do not need are refused",
    arguments: [
      ("i", "0x69"), ("o", "0x6f"), ("\u{1}", "0x1"), ("S'a'\n", "0x53"), ("I1\n", "0x49"),
    ])
  func operations(_ letters: String, code: String) throws {
    let error = try #require(try refusal(PickleBuilder().raw(letters)))
    #expect(error.message.contains("operation \(code) of pickle"))
    let object = try #require(try refusal(PickleBuilder().raw("))").raw([0x81])))
    #expect(object.message.contains("operation 0x81"))
  }

  @Test(
    "A pickle that contradicts itself is damaged",
    arguments: [
      "", "0", "1", "2", "a", "e", "s", "u", "t", "R", "b", "Q", "(a", "]a", "N(e", "]N(s",
      "}(Nu", "NNs", "}Nu", "j", "jaaaa", "ha", "r", "rab", "q", "X", "Xaaaa", "Xaaa\u{7F}a", "G1",
      "J1", "c", "ca\n", "ca\nb", "N)Q", ")R", "N)R", "N(0", "TUVW", "B\u{7F}\u{7F}\u{7F}\u{7F}",
    ])
  func contradictions(_ letters: String) throws {
    let bytes = Array(PickleBuilder().raw(letters).bytes)
    for pickle in [bytes, bytes.dropLast()] {
      let error = try #require(
        try refusal(StoredZip.bytes([("archive/data.pkl", Array(pickle))])))
      #expect(error.code == .malformed && error.message.contains("data.pkl"))
    }
  }

  @Test(
    "A tensor that leaves its storage is refused",
    arguments: [
      (0, [3], [1]), (1, [2], [1]), (3, [], []), (-1, [1], [1]), (0, [2], [2]), (0, [2], [-1]),
      (0, [-1], [1]), (0, [2, 2], [1]), (0, [.max, .max], [0, 0]), (0, [2], [.max]),
      (.max, [2], [1]), (0, [3, 3], [.max / 2, .max / 2]), (0, [1 << 61], [0]),
    ] as [(Int, [Int], [Int])])
  func leavingViews(_ offset: Int, shape: [Int], strides: [Int]) throws {
    let pickle = PickleBuilder().dictionary {
      $0.text("w").tensor(count: 2, offset: offset, shape: shape, strides: strides)
    }
    let error = try #require(try refusal(pickle))
    #expect(error.message.contains("leaves its storage 'archive/data/0'"), "\(error)")
  }

  @Test("A tensor that unfolds beyond measure is refused, also in many parts")
  func unfolding() throws {
    let one = PickleBuilder().tensor(count: 2, shape: [1 << 40], strides: [0])
    #expect(try refusal(one)?.message.contains("beyond measure") == true)
    let many = PickleBuilder().list { builder in
      (0..<100).reduce(builder) { result, _ in
        result.tensor(count: 2, shape: [1 << 20], strides: [0])
      }
    }
    #expect(try refusal(many)?.message.contains("beyond measure") == true)
  }

  @Test("A storage that is missing or of another size is named")
  func storages() throws {
    let missing = PickleBuilder().tensor("7", count: 2, shape: [2], strides: [1])
    #expect(try refusal(missing)?.message.contains("lacks the entry 'archive/data/7'") == true)
    for count in [1, 3, -2, .max] {
      let wrong = PickleBuilder().tensor(count: count, shape: [], strides: [])
      #expect(try refusal(wrong)?.message.contains("'archive/data/0' has 8 bytes") == true)
    }
    let bare = PickleBuilder().list { $0.storage("0", count: 2) }
    #expect(try refusal(bare)?.message.contains("bare storage") == true)
    let marked = PickleBuilder().global("torch._utils", "_rebuild_tensor_v2").tuple {
      $0.storage("0", count: 2).integer(0).integers([]).integers([]).raw([0x89]).orderedDictionary()
        .dictionary { $0.text("neg").raw([0x88]) }
    }.raw("R")
    #expect(try refusal(marked)?.message.contains("_rebuild_tensor_v2 in a way") == true)
  }

  @Test("Bombs of memory, depth and references are refused")
  func bombs() throws {
    // Each list holds the one before it twice: 2⁶⁰ values if it were unfolded.
    let doubling = (0..<60).reduce(PickleBuilder().raw("]").put(0)) { builder, index in
      builder.raw("0](").get(index).get(index).raw("e").put(index + 1)
    }
    #expect(try refusal(doubling)?.message.contains("unfolds into more than") == true)
    let nested = PickleBuilder().raw(String(repeating: "]", count: 100_000))
      .raw(String(repeating: "a", count: 99_999))
    #expect(try refusal(nested)?.message.contains("nests more than 100") == true)
    // The same depth, but every list is met where it is shallow first.
    let chain = (1..<5_000).reduce(PickleBuilder().raw("](]").put(0)) { builder, index in
      builder.raw("]").get(index - 1).raw("a").put(index)
    }.raw("e")
    #expect(try refusal(chain)?.message.contains("nests more than 100") == true)
    let itself = PickleBuilder().raw("]").put(0).get(0).raw("a")
    #expect(try refusal(itself)?.message.contains("holds itself") == true)
    let lists = PickleBuilder().raw("(").raw(String(repeating: "]", count: 1_000_001)).raw("t")
    #expect(try refusal(lists)?.message.contains("more than 1000000 containers") == true)
  }

  @Test("A list that grows one by one takes linear time")
  func growth() throws {
    let pickle = PickleBuilder().raw("]").raw(String(repeating: "Na", count: 400_000))
    try folder.write(Data(pickle.archive()), to: "a.pt")
    guard case .list(let values) = try TorchArchive(path: path).root else {
      Issue.record("no list")
      return
    }
    #expect(values.count == 400_000)
  }

  @Test("Files of programs, of other byte order and without tensors are refused")
  func otherFiles() throws {
    let pickle = PickleBuilder().raw("}").bytes
    let program = StoredZip.bytes([("m/data.pkl", pickle), ("m/constants.pkl", pickle)])
    #expect(try refusal(program)?.message.contains("TorchScript") == true)
    let big = StoredZip.bytes([("m/data.pkl", pickle), ("m/byteorder", Array("big".utf8))])
    #expect(try refusal(big)?.message.contains("highest byte first") == true)
    #expect(try refusal(StoredZip.bytes([("m/a.txt", [1])]))?.message.contains("0 files") == true)
    let two = StoredZip.bytes([("m/data.pkl", pickle), ("n/data.pkl", pickle)])
    #expect(try refusal(two)?.message.contains("2 files data.pkl") == true)
    let twice = StoredZip.bytes([
      ("m/data.pkl", pickle), ("m/data/0", [1]), ("m/data/0", [2]),
    ])
    #expect(try refusal(twice)?.message.contains("'m/data/0' twice") == true)
    let noTensors = PickleBuilder().dictionary { $0.text("epoch").integer(3) }
    #expect(try refusal(noTensors)?.message.contains("a dictionary with the keys 'epoch'") == true)
    #expect(try refusal(PickleBuilder().raw("N"))?.message.contains("holds None") == true)
  }

  @Test("Compressed storages are refused, a compressed pickle is not")
  func compression() throws {
    let pickle = PickleBuilder().dictionary {
      $0.text("w").tensor(count: 4096, shape: [4096], strides: [1])
    }.bytes
    let writer = try ZipArchiveWriter(path: path)
    try writer.add(pickle, path: "m/data.pkl")
    try writer.add([UInt8](repeating: 7, count: 16384), path: "m/data/0")
    try writer.finish()
    let error = #expect(throws: FileError.self) { try TorchArchive(path: path) }
    #expect(error?.message.contains("'m/data/0' is compressed") == true)
  }

  @Test("A damaged or shortened archive is refused")
  func damage() throws {
    let pickle = PickleBuilder().dictionary {
      $0.text("w").tensor(count: 2, shape: [2], strides: [1])
    }
    var bytes = pickle.archive(["0": floatBytes([1, 2])])
    for count in stride(from: 0, to: bytes.count, by: 7) {
      #expect(try refusal(Array(bytes.prefix(count))) != nil)
    }
    let position = try #require(bytes.firstRange(of: floatBytes([1, 2]))).lowerBound
    bytes[position] ^= 1
    let error = try refusal(bytes)
    #expect(
      error?.code == .malformed && error?.message.contains("data/0 cannot be unpacked") == true)
  }
}
