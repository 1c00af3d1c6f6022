// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRFiles
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// Files with a few bytes changed must be read or refused, never end the program.
///
/// `CXR_DAMAGED_FILES` sets how many of each kind; 500 by default.
@Suite("Damaged weight files")
struct DamagedWeightFileTests {
  static let count =
    ProcessInfo.processInfo.environment["CXR_DAMAGED_FILES"].flatMap { Int($0) } ?? 500
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Changes, removes, repeats or inserts a few bytes, and often writes an edge value.
  private func damaged(_ bytes: [UInt8], _ number: Int) -> [UInt8] {
    let stream = RandomStream(seed: 20, purpose: "damage", index: number)
    var result = bytes
    for change in 0...stream.index(at: 0, below: 4) {
      let draw = { stream.index(at: 1 + change * 4 + $0, below: $1) }
      guard !result.isEmpty else { break }
      let position = draw(0, result.count)
      switch draw(1, 6) {
      case 0: result[position] = UInt8(draw(2, 256))
      case 1: result[position] ^= 1 << UInt8(draw(2, 8))
      case 2: result.remove(at: position)
      case 3: result.insert(result[draw(2, result.count)], at: position)
      case 4:
        let edges: [UInt8] = [0, 1, 0x7F, 0x80, 0xFF, 0x30, 0x39, 0x2D, 0x2C, 0x28, 0x2E, 0x5D]
        result[position] = edges[draw(2, edges.count)]
      default:
        let end = min(result.count, position + draw(2, 12))
        result.replaceSubrange(
          position..<end, with: result[position..<end] + result[position..<end])
      }
    }
    return result
  }

  /// Opens a file and touches every value; says whether it was read.
  private func isRead(_ bytes: [UInt8]) throws -> Bool {
    try folder.write(Data(bytes), to: "a")
    do {
      for tensor in try WeightFile(path: folder.path("a")).tensors { _ = try tensor.numbers() }
      return true
    } catch {
      #expect(error.message.hasPrefix(folder.path("a")))
      return false
    }
  }

  @Test("Damaged headers of safetensors")
  func headers() throws {
    try SafetensorsFile.write(
      [
        StoredTensor("conv.weight", [2, 1, 2], [1, 2, 3, 4]),
        StoredTensor(name: "b", scalarType: .bool, shape: [3], bytes: [0, 1, 1]),
        StoredTensor(name: "n", scalarType: .int64, shape: [], bytes: [7, 0, 0, 0, 0, 0, 0, 0]),
        StoredTensor(name: "e", scalarType: .bfloat16, shape: [0, 5], bytes: []),
      ], to: folder.path("whole"))
    let whole = Array(try Data(contentsOf: URL(filePath: folder.path("whole"))))
    let headerEnd = whole.count - 27
    #expect(try isRead(whole))
    var readCount = 0
    for number in 0..<Self.count {
      let text = damaged(Array(whole[8..<headerEnd]), number)
      // Half of the files state the new length, so that damage gets past the first check.
      let length =
        number % 2 == 0 ? StoredZip.little(text.count, 8) : damaged(Array(whole[..<8]), number)
      if try isRead(length + text + whole[headerEnd...]) { readCount += 1 }
    }
    // A changed letter of a name is harmless; most damage is not.
    #expect(readCount > 0 && readCount < Self.count / 2)
  }

  @Test("Damaged pickles")
  func pickles() throws {
    let pickle = PickleBuilder().dictionary {
      $0.text("epoch").raw([0x4B, 3]).text("state_dict").orderedDictionary().put(1).raw("(")
        .text("a").tensor(count: 6, shape: [2, 3], strides: [3, 1]).put(2)
        .text("t").tensor(count: 6, shape: [3, 2], strides: [1, 3])
        .text("h").tensor("1", type: "HalfStorage", count: 3, offset: 1, shape: [2], strides: [1])
        .text("p").global("torch._utils", "_rebuild_parameter")
        .tuple { $0.get(2).raw([0x88]).orderedDictionary() }.raw("Ru").raw("}").text("_metadata")
        .orderedDictionary().raw("sb").text("list").list { $0.integer(7).tuple { $0.get(1) } }
    }.bytes
    func archive(_ pickle: [UInt8]) -> [UInt8] {
      StoredZip.bytes([
        ("m/data.pkl", pickle), ("m/data/0", floatBytes([0, 1, 2, 3, 4, 5])),
        ("m/data/1", [0, 0, 0, 0x3C, 0, 0x40]),
      ])
    }
    #expect(try isRead(archive(pickle)))
    var readCount = 0
    for number in 0..<Self.count where try isRead(archive(damaged(pickle, number))) {
      readCount += 1
    }
    #expect(readCount > 0 && readCount < Self.count / 2)
  }

  @Test("Damaged archives")
  func archives() throws {
    let whole = PickleBuilder().dictionary {
      $0.text("a").tensor(count: 2, shape: [2], strides: [1])
    }.archive(["0": floatBytes([1, 2])])
    #expect(try isRead(whole))
    for number in 0..<Self.count { _ = try isRead(damaged(whole, number)) }
  }
}
