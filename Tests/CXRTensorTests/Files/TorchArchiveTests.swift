// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("Archives of PyTorch")
struct TorchArchiveTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func archive(
    _ pickle: PickleBuilder, _ storages: [String: [UInt8]] = [:]
  ) throws -> TorchArchive {
    try folder.write(Data(pickle.archive(storages)), to: "a.pt")
    return try TorchArchive(path: folder.path("a.pt"))
  }

  private let twelve = ["0": floatBytes((0..<12).map(Float.init))]

  @Test("Plain values come as they are")
  func values() throws {
    let root = try archive(
      PickleBuilder().dictionary {
        $0.text("epoch").raw([0x4B, 3]).text("none").raw("N").text("yes").raw([0x88])
          .text("rate").raw("G").raw([0x3F, 0xF0, 0, 0, 0, 0, 0, 0]).text("small").raw("M")
          .raw([0, 1]).text("minus").raw("J").raw([0xFF, 0xFF, 0xFF, 0xFF])
          .text("wide").raw([0x8A, 9, 0, 0, 0, 0, 0, 0, 0, 0x80, 0]).text("zero").raw([0x8A, 0])
          .text("least").integer(.min).text("list").list { $0.text("a").tuple { $0.raw("N") } }
          .text("type").global("torch", "float16")
      }
    ).root
    guard case .integer(3)? = root["epoch"], case .some(.none) = root["none"],
      case .bool(true)? = root["yes"], case .float(1)? = root["rate"],
      case .integer(256)? = root["small"], case .integer(-1)? = root["minus"],
      case .largeInteger([0, 0, 0, 0, 0, 0, 0, 0x80, 0])? = root["wide"],
      case .integer(0)? = root["zero"], case .integer(.min)? = root["least"],
      case .text("a")? = root["list"]?[0], case .some(.none) = root["list"]?[1]?[0],
      case .scalarType(.float16)? = root["type"]
    else {
      Issue.record("\(root)")
      return
    }
    #expect(root["absent"] == nil && root["list"]?[2] == nil)
  }

  @Test(
    "A state dictionary is found at the top or under its usual names",
    arguments: [nil, "state_dict", "model", "model_state_dict"])
  func stateDictionary(_ key: String?) throws {
    let weights = { (builder: PickleBuilder) in
      builder.orderedDictionary().raw("(").text("w")
        .tensor(count: 12, offset: 6, shape: [2, 3], strides: [3, 1]).text("extra").raw("Nu")
        .raw("}").text("_metadata").orderedDictionary().raw("sb")
    }
    let pickle =
      key.map { key in
        PickleBuilder().dictionary { weights($0.text("epoch").integer(3).text(key)) }
      } ?? weights(PickleBuilder())
    let tensors = try archive(pickle, twelve).stateDictionary()
    #expect(tensors.names == ["w"])
    let tensor = try #require(tensors["w"])
    #expect(tensor.shape == [2, 3] && tensor.isMapped)
    #expect(try tensor.numbers() == [6, 7, 8, 9, 10, 11])
    let file = try WeightFile(path: folder.path("a.pt"))
    #expect(file.format == .torch && file.tensors.names == ["w"])
  }

  @Test(
    "Strides are honoured",
    arguments: [
      ([3, 4], [4, 1], 0, (0..<12).map(Double.init), true),
      ([4, 3], [1, 4], 0, [0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11], false),
      ([2, 3], [0, 1], 1, [1, 2, 3, 1, 2, 3], false),
      ([3, 2], [1, 0], 0, [0, 0, 1, 1, 2, 2], false),
      ([3, 3], [1, 1], 0, [0, 1, 2, 1, 2, 3, 2, 3, 4], false), ([2], [11], 0, [0, 11], false),
      ([1, 2, 1], [999, 1, .max], 4, [4, 5], true), ([1, 2], [.max, 3], 0, [0, 3], false),
      ([2, 1, 2, 3], [6, .max, 1, 2], 0, [0, 2, 4, 1, 3, 5, 6, 8, 10, 7, 9, 11], false),
      ([], [], 11, [11], true), ([0, 4], [4, 1], 12, [], false), ([0], [.max], 999, [], false),
    ] as [([Int], [Int], Int, [Double], Bool)])
  func strides(
    _ shape: [Int], strides: [Int], offset: Int, expected: [Double], isMapped: Bool
  ) throws {
    let pickle = PickleBuilder().dictionary {
      $0.text("w").tensor(count: 12, offset: offset, shape: shape, strides: strides)
    }
    let tensor = try #require(try archive(pickle, twelve).stateDictionary()["w"])
    #expect(try tensor.numbers() == expected)
    #expect(tensor.shape == shape && tensor.isMapped == isMapped)
  }

  @Test("Elements of every size are copied by their strides", arguments: [1, 2, 4, 8])
  func stridesOfAnySize(_ size: Int) throws {
    let types = [1: "ByteStorage", 2: "ShortStorage", 4: "IntStorage", 8: "LongStorage"]
    let bytes = (0..<6).flatMap { StoredZip.little($0 + 1, size) }
    let pickle = PickleBuilder().dictionary {
      $0.text("w").tensor(type: types[size]!, count: 6, shape: [3, 2], strides: [1, 3])
    }
    let tensor = try #require(try archive(pickle, ["0": bytes]).stateDictionary()["w"])
    #expect(try tensor.numbers() == [1, 4, 2, 5, 3, 6])
  }

  @Test("Tensors that share a storage, and one that is met twice, share its bytes")
  func sharing() throws {
    let pickle = PickleBuilder().dictionary {
      $0.text("a").tensor(count: 12, shape: [12], strides: [1]).put(9)
        .text("b").tensor(count: 12, offset: 2, shape: [2], strides: [1]).text("c").get(9)
        .text("p").global("torch._utils", "_rebuild_parameter")
        .tuple { $0.get(9).raw([0x88]).orderedDictionary() }.raw("R")
    }
    let tensors = try archive(pickle, twelve).stateDictionary()
    func address(_ name: String) throws -> UInt {
      unsafe try tensors.tensor(named: name).withUnsafeBytes { UInt(bitPattern: $0.baseAddress) }
    }
    #expect(try address("a") == address("c") && address("a") == address("p"))
    #expect(try address("b") == address("a") + 8)
  }

  @Test("The last of two values under a key counts, as in Python")
  func lastValue() throws {
    let pickle = PickleBuilder().dictionary {
      $0.text("a").tensor(count: 12, shape: [1], strides: [1]).text("b")
        .tensor(count: 12, shape: [1], strides: [1]).text("a").raw("N")
        .text("b").tensor(count: 12, shape: [2], strides: [1])
    }
    let tensors = try archive(pickle, twelve).stateDictionary()
    #expect(tensors.names == ["b"] && tensors["b"]?.shape == [2])
  }

  @Test("Untyped storages take the type that the tensor says")
  func untyped() throws {
    let pickle = PickleBuilder().dictionary {
      $0.text("a").global("torch._utils", "_rebuild_tensor_v3").tuple {
        $0.tuple {
          $0.text("storage").global("torch.storage", "UntypedStorage").text("0").text("cpu")
            .integer(48)
        }.raw("Q").integer(1).integers([3]).integers([2]).raw([0x89]).orderedDictionary()
          .global("torch", "uint16").raw("}")
      }.raw("R")
    }
    let tensor = try #require(try archive(pickle, twelve).stateDictionary()["a"])
    #expect(tensor.scalarType == .uint16)
    #expect(try tensor.numbers() == [0, 0x3F80, 0x4000])
  }

  @Test("Protocol 4 is read")
  func protocol4() throws {
    var pickle: [UInt8] = [0x80, 4, 0x95, 20, 0, 0, 0, 0, 0, 0, 0]
    pickle += [0x7D, 0x94, 0x28, 0x8C, 1, 0x61, 0x94, 0x43, 2, 7, 8, 0x94]
    pickle += [0x8C, 1, 0x62, 0x68, 1, 0x75, 0x2E]
    try folder.write(Data(StoredZip.bytes([("x/data.pkl", pickle)])), to: "a.pt")
    let root = try TorchArchive(path: folder.path("a.pt")).root
    guard case .bytes([7, 8])? = root["a"], case .text("a")? = root["b"] else {
      Issue.record("\(root)")
      return
    }
  }
}
