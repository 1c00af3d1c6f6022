// SPDX-License-Identifier: Apache-2.0

/// Writes a pickle operation by operation, in protocol 2.
///
///     PickleBuilder().dictionary { $0.text("epoch").integer(3) }.bytes
struct PickleBuilder {
  private var operations: [UInt8] = [0x80, 2]

  /// The whole pickle.
  var bytes: [UInt8] { operations + [UInt8(ascii: ".")] }

  /// The pickle as the archive that `torch.save` writes, with its storages.
  func archive(_ storages: [String: [UInt8]] = [:]) -> [UInt8] {
    StoredZip.bytes(
      [("archive/data.pkl", bytes), ("archive/byteorder", Array("little".utf8))]
        + storages.sorted { $0.key < $1.key }.map { ("archive/data/\($0.key)", $0.value) })
  }

  /// Adds bytes as they are.
  func raw(_ bytes: [UInt8]) -> PickleBuilder {
    var copy = self
    copy.operations += bytes
    return copy
  }

  /// Adds operations that are letters.
  func raw(_ letters: String) -> PickleBuilder { raw(Array(letters.utf8)) }

  func text(_ text: String) -> PickleBuilder {
    raw("X").raw(StoredZip.little(text.utf8.count, 4)).raw(text)
  }

  /// A number of 64 bits.
  func integer(_ value: Int) -> PickleBuilder { raw([0x8A, 8]).raw(StoredZip.little(value, 8)) }

  func global(_ module: String, _ name: String) -> PickleBuilder { raw("c\(module)\n\(name)\n") }

  func put(_ index: Int) -> PickleBuilder { raw("r").raw(StoredZip.little(index, 4)) }

  func get(_ index: Int) -> PickleBuilder { raw("j").raw(StoredZip.little(index, 4)) }

  func tuple(_ items: (PickleBuilder) -> PickleBuilder) -> PickleBuilder {
    items(raw("(")).raw("t")
  }

  func integers(_ values: [Int]) -> PickleBuilder {
    tuple { values.reduce($0) { $0.integer($1) } }
  }

  func list(_ items: (PickleBuilder) -> PickleBuilder) -> PickleBuilder {
    items(raw("](")).raw("e")
  }

  func dictionary(_ members: (PickleBuilder) -> PickleBuilder) -> PickleBuilder {
    members(raw("}(")).raw("u")
  }

  func orderedDictionary() -> PickleBuilder {
    global("collections", "OrderedDict").raw(")R")
  }

  func storage(_ key: String, type: String = "FloatStorage", count: Int) -> PickleBuilder {
    tuple { $0.text("storage").global("torch", type).text(key).text("cpu").integer(count) }.raw("Q")
  }

  /// A tensor as `torch.save` writes it.
  func tensor(
    _ key: String = "0", type: String = "FloatStorage", count: Int, offset: Int = 0, shape: [Int],
    strides: [Int]
  ) -> PickleBuilder {
    global("torch._utils", "_rebuild_tensor_v2").tuple {
      $0.storage(key, type: type, count: count).integer(offset).integers(shape).integers(strides)
        .raw([0x89]).orderedDictionary()
    }.raw("R")
  }
}
