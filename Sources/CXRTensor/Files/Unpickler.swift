// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

/// Runs a pickle far enough to know the plain values and tensors in it.
///
/// A pickle is a program for a machine with a stack. Every operation takes at least one byte and
/// there are no jumps, so that the time is bounded by the size. Objects are looked up in a closed
/// list, ``PickleGlobal``; nothing of Python is run.
struct Unpickler {
  /// Why a pickle is refused.
  enum Problem: Error {
    /// It ends too early or contradicts itself; `position` is that of the operation.
    case damaged(position: Int)
    /// It uses an operation that is not understood.
    case operation(UInt8)
    /// It names an object that is not in the list.
    case object(module: String, name: String)
    /// It calls something with arguments that are not those expected.
    case arguments(String)
    /// It makes too much of something.
    case limit(PickleHeap.Problem)
    /// What it says of a tensor cannot be.
    case file(FileError)
  }

  var heap = PickleHeap()
  var stack: [PickleHeap.Item] = []
  var marks: [Int] = []
  var memo: [Int: PickleHeap.Item] = [:]
  var reader: PickleReader
  var source: TorchTensorSource

  /// Prepares to run a pickle.
  ///
  /// - Parameters:
  ///   - bytes: The pickle, perhaps among others.
  ///   - position: Where it begins.
  ///   - source: The storages that it may name.
  init(_ bytes: [UInt8], from position: Int = 0, source: TorchTensorSource) {
    reader = PickleReader(bytes, from: position)
    self.source = source
  }

  /// Runs the pickle to its end.
  ///
  /// - Returns: What it leaves on the stack.
  /// - Throws: Why it is refused.
  mutating func run() throws(Problem) -> PickledValue {
    while true {
      let position = reader.position
      guard let code = reader.byte() else { throw .damaged(position: position) }
      guard let opcode = PickleOpcode(rawValue: code) else { throw .operation(code) }
      if opcode == .stop { break }
      guard try run(opcode) else { throw .damaged(position: position) }
    }
    guard let root = pop() else { throw .damaged(position: reader.position - 1) }
    do {
      var tree = PickleTree(heap)
      return try tree.tree(of: root)
    } catch {
      throw .limit(error)
    }
  }

  /// Runs an operation.
  ///
  /// - Returns: `false` if its arguments are missing or of the wrong kind.
  private mutating func run(_ opcode: PickleOpcode) throws(Problem) -> Bool {
    switch opcode {
    case .proto: return (2...5).contains(reader.byte() ?? 0)
    case .frame: return reader.unsigned(8) != nil
    case .mark: marks.append(stack.count)
    case .popMark: return popToMark() != nil
    case .pop: return pop() != nil
    case .dup: return push(top)
    case .none: stack.append(.none)
    case .newTrue: stack.append(.bool(true))
    case .newFalse: stack.append(.bool(false))
    case .binInt: return push(reader.signed().map { .integer($0) })
    case .binInt1: return push(reader.unsigned(1).map { .integer($0) })
    case .binInt2: return push(reader.unsigned(2).map { .integer($0) })
    case .long1: return push(reader.counted(1).map(Self.integer))
    case .long4: return push(reader.counted(4).map(Self.integer))
    case .binFloat: return push(reader.float().map { .float($0) })
    case .binUnicode, .binString: return push(reader.text(4).map { .text($0) })
    case .shortBinUnicode, .shortBinString: return push(reader.text(1).map { .text($0) })
    case .binUnicode8: return push(reader.text(8).map { .text($0) })
    case .binBytes: return push(reader.counted(4).map { .bytes(Array($0)) })
    case .shortBinBytes: return push(reader.counted(1).map { .bytes(Array($0)) })
    case .binPut: return remember(at: reader.unsigned(1))
    case .longBinPut: return remember(at: reader.unsigned(4))
    case .memoize: return remember(at: memo.count)
    case .binGet: return push(reader.unsigned(1).flatMap { memo[$0] })
    case .longBinGet: return push(reader.unsigned(4).flatMap { memo[$0] })
    case .stop: return true
    default: return try runContainer(opcode)
    }
    return true
  }

  var top: PickleHeap.Item? { stack.count > (marks.last ?? 0) ? stack.last : nil }

  mutating func push(_ item: PickleHeap.Item?) -> Bool {
    guard let item else { return false }
    stack.append(item)
    return true
  }

  mutating func pop() -> PickleHeap.Item? {
    stack.count > (marks.last ?? 0) ? stack.popLast() : nil
  }

  mutating func popToMark() -> ArraySlice<PickleHeap.Item>? {
    guard let mark = marks.popLast() else { return nil }
    let items = stack[mark...]
    stack.removeLast(stack.count - mark)
    return items
  }

  private mutating func remember(at index: Int?) -> Bool {
    guard let index, let top else { return false }
    memo[index] = top
    return true
  }

  /// A whole number in two's complement, the lowest byte first.
  private static func integer(_ bytes: ArraySlice<UInt8>) -> PickleHeap.Item {
    guard bytes.count <= 8 else { return .largeInteger(Array(bytes)) }
    let isNegative = (bytes.last ?? 0) > 127
    return .integer(
      bytes.reversed().reduce(isNegative ? -1 : 0) { $0 << 8 | Int($1) })
  }
}
