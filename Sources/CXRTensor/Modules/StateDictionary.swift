// SPDX-License-Identifier: Apache-2.0

/// The named tensors of a network, in the order in which they were made.
///
/// The names are those of PyTorch's state dictionaries, such as `features.conv0.weight`.
public struct StateDictionary {
  /// What a tensor is for.
  public enum Role: Sendable {
    /// Learned from gradients.
    case parameter
    /// Kept beside the parameters, such as running means.
    case buffer
  }

  /// A named tensor.
  public struct Entry {
    /// The name with its prefixes, such as `features.norm0.running_mean`.
    public let name: String
    /// The tensor; the network uses this very one.
    public let tensor: Tensor
    /// What it is for.
    public let role: Role

    /// Names a tensor.
    public init(name: String, tensor: Tensor, role: Role) {
      self.name = name
      self.tensor = tensor
      self.role = role
    }
  }

  /// The tensors in the order in which they were made.
  public private(set) var entries: [Entry] = []
  private var positions: [String: Int] = [:]

  /// Creates a dictionary without tensors.
  public init() {}

  /// Adds a tensor.
  ///
  /// - Precondition: No other tensor has the name.
  public mutating func append(_ entry: Entry) {
    precondition(positions[entry.name] == nil, "two tensors are named \(entry.name)")
    positions[entry.name] = entries.count
    entries.append(entry)
  }

  /// The tensor with a name.
  public subscript(name: String) -> Tensor? { positions[name].map { entries[$0].tensor } }

  /// The names in order.
  public var names: [String] { entries.map(\.name) }

  /// The tensors that are learned, in order.
  public var parameters: [Entry] { entries.filter { $0.role == .parameter } }

  /// How many numbers are learned.
  public var parameterCount: Int { parameters.reduce(0) { $0 + $1.tensor.count } }
}
