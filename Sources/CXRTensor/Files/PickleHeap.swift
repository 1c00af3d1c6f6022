// SPDX-License-Identifier: Apache-2.0

/// The values that a pickle makes while it runs.
///
/// Python's lists and dictionaries are filled after others refer to them, and may hold themselves.
/// Here they lie side by side and refer to each other by number, so that nothing a file can build
/// is freed by a deep recursion.
struct PickleHeap {
  /// A value, or the number of one.
  enum Item {
    case none
    case bool(Bool)
    case integer(Int)
    case largeInteger([UInt8])
    case float(Double)
    case text(String)
    case bytes([UInt8])
    case global(PickleGlobal)
    case node(Int)
    case storage(Int)
    case tensor(Int)
  }

  /// A container.
  struct Node {
    enum Kind { case list, tuple, dictionary }

    let kind: Kind
    /// The values; of a dictionary keys and values by turns.
    var items: [Item]
  }

  /// Why no tree can be made.
  enum Problem: Error {
    case tooManyNodes
    case tooDeep
    case tooLarge
    case holdsItself
    case holdsObject
  }

  /// The most containers, storages and tensors that a pickle may make, of each kind.
  static let nodeLimit = 1_000_000
  /// The most values of a tree, what is shared counted as often as it is met.
  static let treeLimit = 4_000_000
  /// The most levels of a tree.
  static let depthLimit = 100

  private(set) var nodes: [Node] = []
  /// The storages that were named.
  private(set) var storages: [TorchStorage] = []
  /// The tensors that were made.
  private(set) var tensors: [StoredTensor] = []

  /// Makes a container.
  mutating func make(_ kind: Node.Kind, _ items: [Item] = []) throws(Problem) -> Item {
    guard nodes.count < Self.nodeLimit else { throw .tooManyNodes }
    nodes.append(Node(kind: kind, items: items))
    return .node(nodes.count - 1)
  }

  /// Keeps a storage.
  mutating func keep(_ storage: TorchStorage) throws(Problem) -> Item {
    guard storages.count < Self.nodeLimit else { throw .tooManyNodes }
    storages.append(storage)
    return .storage(storages.count - 1)
  }

  /// Keeps a tensor.
  mutating func keep(_ tensor: StoredTensor) throws(Problem) -> Item {
    guard tensors.count < Self.nodeLimit else { throw .tooManyNodes }
    tensors.append(tensor)
    return .tensor(tensors.count - 1)
  }

  /// Puts values behind those of a container, which `item` must be.
  ///
  /// - Returns: Whether it is one, of that kind.
  mutating func append(
    _ items: some Sequence<Item>, to item: Item, of kind: Node.Kind
  ) -> Bool {
    guard case .node(let number) = item, nodes[number].kind == kind else { return false }
    nodes[number].items.append(contentsOf: items)
    return true
  }

  /// Returns the values of a tuple.
  func tuple(_ item: Item) -> [Item]? {
    guard case .node(let number) = item, nodes[number].kind == .tuple else { return nil }
    return nodes[number].items
  }

  /// Returns the values of a list.
  func list(_ item: Item) -> [Item]? {
    guard case .node(let number) = item, nodes[number].kind == .list else { return nil }
    return nodes[number].items
  }

  /// Returns the whole numbers of a tuple.
  func integers(_ item: Item) -> [Int]? {
    guard let items = tuple(item), items.count <= 64 else { return nil }
    let integers = items.compactMap { if case .integer(let value) = $0 { value } else { nil } }
    return integers.count == items.count ? integers : nil
  }

  /// Whether a value is a dictionary with nothing in it.
  func isEmptyDictionary(_ item: Item) -> Bool {
    guard case .node(let number) = item else { return false }
    return nodes[number].kind == .dictionary && nodes[number].items.isEmpty
  }

  /// Whether a value is a dictionary.
  func isDictionary(_ item: Item) -> Bool {
    guard case .node(let number) = item else { return false }
    return nodes[number].kind == .dictionary
  }
}
