// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

@Suite("Files that torch.save wrote before PyTorch 1.6")
struct LegacyTorchFileTests {
  private let folder: TemporaryFolder
  private let magic = PickleBuilder().raw([
    0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19,
  ]).bytes
  private let version = PickleBuilder().integer(1001).bytes

  init() throws { folder = try TemporaryFolder() }

  private func machine(isLittleEndian: Bool = true) -> [UInt8] {
    PickleBuilder().dictionary {
      $0.text("protocol_version").integer(1001).text("little_endian")
        .raw([isLittleEndian ? 0x88 : 0x89])
    }.bytes
  }

  /// A tensor whose storage says that it is no part of another one.
  private func tensor(
    _ builder: PickleBuilder, _ key: String, count: Int, shape: [Int], part: String = "N"
  ) -> PickleBuilder {
    builder.global("torch._utils", "_rebuild_tensor").tuple {
      $0.tuple {
        $0.text("storage").global("torch", "FloatStorage").text(key).text("cpu").integer(count)
          .raw(part)
      }.raw("Q").integer(0).integers(shape).integers([1])
    }.raw("R")
  }

  private func keys(_ keys: [String]) -> [UInt8] {
    PickleBuilder().list { keys.reduce($0) { $0.text($1) } }.bytes
  }

  private func storage(_ values: [Float]) -> [UInt8] {
    StoredZip.little(values.count, 8) + floatBytes(values)
  }

  /// Two tensors; the file has their storages in the other order.
  private var content: [UInt8] {
    PickleBuilder().global("collections", "OrderedDict").tuple { builder in
      // As Python 2 writes an ordered dictionary: a list of pairs.
      builder.list { list in
        tensor(list.raw("](").text("a"), "7", count: 2, shape: [2]).raw("e").raw("](")
          .text("b").adding { tensor($0, "3", count: 1, shape: [1]) }.raw("e")
      }
    }.raw("R").bytes
  }

  private func read(_ bytes: [UInt8]) throws -> StoredTensors {
    try WeightFile(path: folder.write(Data(bytes), to: "old.pth")).tensors
  }

  private func refusal(_ bytes: [UInt8]) -> FileError? {
    #expect(throws: FileError.self) { try read(bytes) }
  }

  @Test("Tensors get the numbers of their storages, in whatever order these lie")
  func reads() throws {
    let tensors = try read(
      magic + version + machine() + content + keys(["3", "7"]) + storage([5]) + storage([1, 2]))
    #expect(tensors.names == ["a", "b"])
    #expect(try tensors.tensor(named: "a").numbers() == [1, 2])
    #expect(try tensors.tensor(named: "b").numbers() == [5])
  }

  @Test("A file that ends early, goes on, or lacks a storage is refused")
  func refusesDamage() {
    let whole = magic + version + machine() + content + keys(["3", "7"])
    #expect(refusal(whole + storage([5]) + storage([1]))?.code == .truncated)
    #expect(refusal(whole)?.code == .truncated)
    #expect(
      refusal(whole + storage([5]) + storage([1, 2]) + [0])?.message.contains("1 bytes behind")
        == true)
    let one = magic + version + machine() + content + keys(["3"]) + storage([5])
    #expect(refusal(one)?.message.contains("'storage 7'") == true)
    for keys in [keys(["3", "3"]), keys(["3", "9"])] {
      let file = magic + version + machine() + content + keys + storage([5]) + storage([5])
      #expect(refusal(file)?.message.contains("no tensor needs") == true)
    }
  }

  @Test("Another version, another byte order and parts of storages are refused")
  func refusesOthers() {
    let other = PickleBuilder().integer(1002).bytes
    #expect(refusal(magic + other)?.message.contains("version") == true)
    #expect(
      refusal(magic + version + machine(isLittleEndian: false))?.message
        .contains("highest byte first") == true)
    let part = PickleBuilder().dictionary {
      tensor($0.text("a"), "0", count: 1, shape: [1], part: ")")
    }.bytes
    #expect(
      refusal(magic + version + machine() + part)?.message.contains("part of another") == true)
  }
}

extension PickleBuilder {
  /// Adds what a closure makes of the pickle so far.
  fileprivate func adding(_ add: (PickleBuilder) -> PickleBuilder) -> PickleBuilder {
    add(self)
  }
}
