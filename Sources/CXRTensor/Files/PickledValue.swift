// SPDX-License-Identifier: Apache-2.0

/// A value that was saved by PyTorch: plain Python values and tensors, nested.
///
///     let archive = try TorchArchive(path: "last.ckpt")
///     archive.root["epoch"]  // .integer(3)
///
/// No more than 4 million values lie in a tree, 100 deep, so that walking it is safe.
public enum PickledValue: Sendable {
  /// A key and its value.
  public struct Member: Sendable {
    /// The key, usually a text.
    public let key: PickledValue
    /// The value.
    public let value: PickledValue
  }

  /// `None`.
  case none
  /// A truth value.
  case bool(Bool)
  /// A whole number.
  case integer(Int)
  /// A whole number beyond 64 bits: the bytes of its two's complement, the lowest first.
  case largeInteger([UInt8])
  /// A floating-point number.
  case float(Double)
  /// A text.
  case text(String)
  /// Bytes.
  case bytes([UInt8])
  /// A list.
  case list([PickledValue])
  /// A tuple.
  case tuple([PickledValue])
  /// A dictionary or an ordered dictionary, in the order of the file.
  case dictionary([Member])
  /// A type of numbers, such as `torch.float32`.
  case scalarType(ScalarType)
  /// A tensor or a parameter; its name is that of its storage in the archive.
  case tensor(StoredTensor)

  /// Returns the value under a text key of a dictionary, the last if there are several, or `nil`.
  ///
  /// - Parameter key: The key.
  /// - Complexity: O(members).
  public subscript(key: String) -> PickledValue? {
    guard case .dictionary(let members) = self else { return nil }
    return members.last { if case .text(key) = $0.key { true } else { false } }?.value
  }

  /// Returns a value of a list or tuple, or `nil` behind its end.
  ///
  /// - Parameter index: A position from 0.
  public subscript(index: Int) -> PickledValue? {
    switch self {
    case .list(let values), .tuple(let values):
      values.indices.contains(index) ? values[index] : nil
    default: nil
    }
  }

  /// What kind of value this is, in a word or two.
  var kind: String {
    switch self {
    case .none: "None"
    case .bool: "a truth value"
    case .integer, .largeInteger: "a whole number"
    case .float: "a number"
    case .text: "a text"
    case .bytes: "bytes"
    case .list: "a list"
    case .tuple: "a tuple"
    case .dictionary: "a dictionary"
    case .scalarType: "a type of numbers"
    case .tensor: "a tensor"
    }
  }
}
