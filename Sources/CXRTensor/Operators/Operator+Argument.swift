// SPDX-License-Identifier: Apache-2.0
internal import CTorch

extension Operator {
  /// An argument or a result of an operator.
  public enum Argument {
    /// The schema's default.
    case standard
    /// Nothing, where the schema allows it.
    case none
    /// A tensor.
    case tensor(Tensor)
    /// A list of tensors.
    case tensors([Tensor])
    /// A whole number.
    case integer(Int)
    /// A list of whole numbers, such as a shape; 0 and 1 for a list of truth values.
    case integers([Int])
    /// A number.
    case number(Double)
    /// A list of numbers.
    case numbers([Double])
    /// A truth value.
    case truth(Bool)
    /// A word, such as the name of a rounding mode.
    case text(String)
    /// A type of elements.
    case scalarType(ScalarType)
    /// A device.
    case device(Device)
    /// A random generator.
    case generator(Generator)

    /// A tensor that may be absent.
    public static func optional(_ tensor: Tensor?) -> Argument {
      tensor.map { .tensor($0) } ?? .none
    }

    /// A generator, or the one that the device's operators share.
    public static func optional(_ generator: Generator?) -> Argument {
      generator.map { .generator($0) } ?? .none
    }

    /// Takes over a result.
    init(owning value: cxr_value) {
      switch unsafe value.tag {
      case .tensor:
        guard let pointer = unsafe value.pointer else { preconditionFailure("no tensor") }
        self = unsafe .tensor(Tensor(owning: OpaquePointer(pointer)))
      case .integer: self = unsafe .integer(Int(value.integer))
      case .number: self = unsafe .number(value.number)
      case .truth: self = unsafe .truth(value.integer != 0)
      default: self = .none
      }
    }
  }
}

extension Operator.Argument: CustomStringConvertible {
  /// The value, with shapes in place of elements.
  public var description: String {
    switch self {
    case .standard: "default"
    case .none: "none"
    case .tensor(let tensor): tensor.description
    case .tensors(let tensors): "\(tensors.count) tensors"
    case .integer(let value): "\(value)"
    case .integers(let values): "\(values)"
    case .number(let value): "\(value)"
    case .numbers(let values): "\(values)"
    case .truth(let value): "\(value)"
    case .text(let words): "\"\(words)\""
    case .scalarType(let type): "\(type)"
    case .device(let device): "\(device)"
    case .generator: "generator"
    }
  }
}
