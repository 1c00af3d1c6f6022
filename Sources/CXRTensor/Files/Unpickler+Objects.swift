// SPDX-License-Identifier: Apache-2.0
internal import CXRFiles

extension Unpickler {
  /// Runs an operation on containers, objects and storages.
  ///
  /// - Returns: `false` if its arguments are missing or of the wrong kind.
  mutating func runContainer(_ opcode: PickleOpcode) throws(Problem) -> Bool {
    switch opcode {
    case .emptyList: stack.append(try make(.list))
    case .emptyDict: stack.append(try make(.dictionary))
    case .emptyTuple: stack.append(try make(.tuple))
    case .tuple1: return try makeTuple(1)
    case .tuple2: return try makeTuple(2)
    case .tuple3: return try makeTuple(3)
    case .tuple:
      guard let items = popToMark() else { return false }
      stack.append(try make(.tuple, Array(items)))
    case .append:
      guard let item = pop(), let list = top else { return false }
      return heap.append(CollectionOfOne(item), to: list, of: .list)
    case .appends:
      guard let items = popToMark(), let list = top else { return false }
      return heap.append(items, to: list, of: .list)
    case .setItem:
      guard let value = pop(), let key = pop(), let dictionary = top else { return false }
      return heap.append([key, value], to: dictionary, of: .dictionary)
    case .setItems:
      guard let items = popToMark(), items.count % 2 == 0, let dictionary = top
      else { return false }
      return heap.append(items, to: dictionary, of: .dictionary)
    case .global:
      guard let module = reader.line(), let name = reader.line() else { return false }
      stack.append(try object(module: module, name: name))
    case .stackGlobal:
      guard case .text(let name) = pop(), case .text(let module) = pop() else { return false }
      stack.append(try object(module: module, name: name))
    case .build:
      // PyTorch hangs the versions of modules on the ordered dictionary of their weights.
      guard pop() != nil, let target = top else { return false }
      guard heap.isDictionary(target) else { throw .arguments("the state of an object") }
    case .reduce: return try call()
    case .binPersID: return try nameStorage()
    default: throw .operation(opcode.rawValue)
    }
    return true
  }

  private mutating func make(
    _ kind: PickleHeap.Node.Kind, _ items: [PickleHeap.Item] = []
  ) throws(Problem) -> PickleHeap.Item {
    do { return try heap.make(kind, items) } catch { throw .limit(error) }
  }

  private mutating func makeTuple(_ count: Int) throws(Problem) -> Bool {
    guard stack.count - (marks.last ?? 0) >= count else { return false }
    let items = Array(stack.suffix(count))
    stack.removeLast(count)
    stack.append(try make(.tuple, items))
    return true
  }

  private func object(module: String, name: String) throws(Problem) -> PickleHeap.Item {
    guard let global = PickleGlobal(module: module, name: name) else {
      throw .object(module: module, name: name)
    }
    return .global(global)
  }

  /// Calls one of the few functions that are known.
  private mutating func call() throws(Problem) -> Bool {
    guard let packed = pop(), let arguments = heap.tuple(packed), case .global(let global) = pop()
    else { return false }
    switch global {
    case .orderedDictionary:
      // Python 2 gives the members as an argument, a list of pairs.
      guard let members = arguments.isEmpty ? [] : arguments.count == 1 ? pairs(arguments[0]) : nil
      else { throw .arguments("collections.OrderedDict") }
      stack.append(try make(.dictionary, members))
    case .rebuildTensor:
      // Storage, offset, shape, strides, requires_grad, hooks, and marks such as conjugation.
      guard arguments.count == 6 || arguments.count == 7 && heap.isEmptyDictionary(arguments[6])
      else { throw .arguments("torch._utils._rebuild_tensor_v2") }
      try rebuild(arguments, as: nil)
    case .rebuildBareTensor:
      guard arguments.count == 4 else { throw .arguments("torch._utils._rebuild_tensor") }
      try rebuild(arguments, as: nil)
    case .rebuildTypedTensor:
      // The same, with the type of the numbers before the marks.
      guard arguments.count == 7 || arguments.count == 8 && heap.isEmptyDictionary(arguments[7]),
        case .global(.scalarType(let type)) = arguments[6]
      else { throw .arguments("torch._utils._rebuild_tensor_v3") }
      try rebuild(arguments, as: type)
    case .rebuildParameter:
      guard arguments.count == 3, case .tensor = arguments[0] else {
        throw .arguments("torch._utils._rebuild_parameter")
      }
      stack.append(arguments[0])
    case .storage, .untypedStorage, .scalarType: throw .arguments("a class of PyTorch")
    }
    return true
  }

  /// The keys and values of a list of pairs by turns.
  private func pairs(_ item: PickleHeap.Item) -> [PickleHeap.Item]? {
    guard let pairs = heap.list(item) else { return nil }
    var members: [PickleHeap.Item] = []
    for pair in pairs {
      guard let both = heap.list(pair) ?? heap.tuple(pair), both.count == 2 else { return nil }
      members += both
    }
    return members
  }

  private mutating func rebuild(
    _ arguments: [PickleHeap.Item], as type: ScalarType?
  ) throws(Problem) {
    guard case .storage(let number) = arguments[0], case .integer(let offset) = arguments[1],
      let shape = heap.integers(arguments[2]), let strides = heap.integers(arguments[3]),
      let scalarType = type ?? heap.storages[number].scalarType
    else { throw .arguments("torch._utils._rebuild_tensor") }
    let tensor: StoredTensor
    do {
      tensor = try source.tensor(
        of: heap.storages[number], as: scalarType, offset: offset, shape: shape, strides: strides)
    } catch {
      throw .file(error)
    }
    do { stack.append(try heap.keep(tensor)) } catch { throw .limit(error) }
  }

  /// Finds a storage by the tuple ('storage', class, key, device, count), behind which files from
  /// before PyTorch 1.6 say that it is no part of another one.
  private mutating func nameStorage() throws(Problem) -> Bool {
    guard let packed = pop(), let parts = heap.tuple(packed), (5...6).contains(parts.count),
      case .text("storage") = parts[0], case .global(let global) = parts[1],
      case .text(let key) = parts[2], case .integer(let count) = parts[4]
    else { return false }
    if parts.count == 6 {
      guard case .none = parts[5] else { throw .arguments("a storage that is part of another") }
    }
    let scalarType: ScalarType?
    switch global {
    case .storage(let type): scalarType = type
    case .untypedStorage: scalarType = nil
    default: return false
    }
    let storage: TorchStorage
    do {
      storage = try source.storage(key, of: scalarType, count: count)
    } catch {
      throw .file(error)
    }
    do { stack.append(try heap.keep(storage)) } catch { throw .limit(error) }
    return true
  }
}
