// SPDX-License-Identifier: Apache-2.0

/// Turns what a pickle made into a tree of values.
struct PickleTree {
  /// A tree and its size.
  private struct Measured {
    let tree: PickledValue
    /// The values in it, what is shared counted as often as it is met.
    var count = 1
    /// The levels of containers in it.
    var height = 0
  }

  private let heap: PickleHeap
  /// The trees of containers that were met: what is shared is made once.
  private var finished: [Int: Measured] = [:]
  private var open: Set<Int> = []

  /// Prepares to make trees.
  ///
  /// - Parameter heap: What the pickle made.
  init(_ heap: PickleHeap) { self.heap = heap }

  /// Makes a tree.
  ///
  /// - Parameter item: Its root.
  /// - Returns: The tree.
  /// - Throws: ``PickleHeap/Problem`` for one that is too deep or too large, that holds itself, or
  ///   that holds a class or a bare storage.
  mutating func tree(of item: PickleHeap.Item) throws(PickleHeap.Problem) -> PickledValue {
    try measured(item, depth: 0).tree
  }

  private mutating func measured(
    _ item: PickleHeap.Item, depth: Int
  ) throws(PickleHeap.Problem) -> Measured {
    switch item {
    case .none: return Measured(tree: .none)
    case .bool(let value): return Measured(tree: .bool(value))
    case .integer(let value): return Measured(tree: .integer(value))
    case .largeInteger(let bytes): return Measured(tree: .largeInteger(bytes))
    case .float(let value): return Measured(tree: .float(value))
    case .text(let text): return Measured(tree: .text(text))
    case .bytes(let bytes): return Measured(tree: .bytes(bytes))
    case .global(.scalarType(let type)): return Measured(tree: .scalarType(type))
    case .tensor(let number): return Measured(tree: .tensor(heap.tensors[number]))
    case .global, .storage: throw .holdsObject
    case .node(let number): return try container(number, depth: depth + 1)
    }
  }

  private mutating func container(
    _ number: Int, depth: Int
  ) throws(PickleHeap.Problem) -> Measured {
    guard depth <= PickleHeap.depthLimit else { throw .tooDeep }
    guard !open.contains(number) else { throw .holdsItself }
    if let found = finished[number] { return found }
    open.insert(number)
    defer { open.remove(number) }
    let node = heap.nodes[number]
    var values: [PickledValue] = []
    values.reserveCapacity(node.items.count)
    var count = 1
    var height = 0
    for item in node.items {
      let value = try measured(item, depth: depth)
      values.append(value.tree)
      count += value.count
      height = max(height, value.height)
      guard count <= PickleHeap.treeLimit else { throw .tooLarge }
      // A shared container may be made where it is shallow and met again where it is deep.
      guard height < PickleHeap.depthLimit else { throw .tooDeep }
    }
    let tree: PickledValue =
      switch node.kind {
      case .list: .list(values)
      case .tuple: .tuple(values)
      case .dictionary:
        .dictionary(
          stride(from: 0, to: values.count, by: 2).map {
            PickledValue.Member(key: values[$0], value: values[$0 + 1])
          })
      }
    let result = Measured(tree: tree, count: count, height: height + 1)
    finished[number] = result
    return result
  }
}
