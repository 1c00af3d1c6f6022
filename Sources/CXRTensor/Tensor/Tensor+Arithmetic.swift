// SPDX-License-Identifier: Apache-2.0

// Shapes are broadcast as in NumPy. Every operator throws ``TensorError`` with code `.refused` if
// the shapes or types do not fit, `.outOfMemory` if memory is short.
extension Tensor {
  /// The sum, element by element.
  public static func + (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Operator.add(.tensor(a), .tensor(b))
  }

  /// The sum with a number.
  public static func + (a: Tensor, b: Double) throws(TensorError) -> Tensor {
    try Operator.addNumber(.tensor(a), .number(b))
  }

  /// The difference, element by element.
  public static func - (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Operator.subtract(.tensor(a), .tensor(b))
  }

  /// The difference from a number.
  public static func - (a: Tensor, b: Double) throws(TensorError) -> Tensor {
    try Operator.addNumber(.tensor(a), .number(-b))
  }

  /// The product, element by element.
  public static func * (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Operator.multiply(.tensor(a), .tensor(b))
  }

  /// The product with a number.
  public static func * (a: Tensor, b: Double) throws(TensorError) -> Tensor {
    try Operator.multiplyNumber(.tensor(a), .number(b))
  }

  /// The quotient, element by element.
  public static func / (a: Tensor, b: Tensor) throws(TensorError) -> Tensor {
    try Operator.divide(.tensor(a), .tensor(b))
  }

  /// The quotient by a number.
  public static func / (a: Tensor, b: Double) throws(TensorError) -> Tensor {
    try Operator.multiplyNumber(.tensor(a), .number(1 / b))
  }

  /// The opposite.
  public static prefix func - (a: Tensor) throws(TensorError) -> Tensor {
    try Operator.negate(.tensor(a))
  }

  /// The square, element by element.
  public func squared() throws(TensorError) -> Tensor { try self * self }

  /// The square root, element by element.
  public func squareRoot() throws(TensorError) -> Tensor { try Operator.sqrt(.tensor(self)) }

  /// *e* raised to each element.
  public func exponential() throws(TensorError) -> Tensor { try Operator.exp(.tensor(self)) }

  /// The natural logarithm, element by element.
  public func logarithm() throws(TensorError) -> Tensor { try Operator.log(.tensor(self)) }

  /// The sine, element by element.
  public func sine() throws(TensorError) -> Tensor { try Operator.sin(.tensor(self)) }

  /// The cosine, element by element.
  public func cosine() throws(TensorError) -> Tensor { try Operator.cos(.tensor(self)) }

  /// The absolute value, element by element.
  public func magnitude() throws(TensorError) -> Tensor { try Operator.abs(.tensor(self)) }

  /// Each element, moved into a range.
  public func clamped(to range: ClosedRange<Double>) throws(TensorError) -> Tensor {
    try Operator.clamp(.tensor(self), .number(range.lowerBound), .number(range.upperBound))
  }

  /// Adds another tensor, times a factor, to the elements in place.
  public func add(_ other: Tensor, times factor: Double = 1) throws(TensorError) {
    try Operator.addInPlace(.tensor(self), .tensor(other), .number(factor))
  }

  /// Adds a number to the elements in place.
  public func add(_ number: Double) throws(TensorError) {
    try Operator.addNumberInPlace(.tensor(self), .number(number))
  }

  /// Adds a whole number to the elements in place, which may be whole numbers too.
  public func add(_ number: Int) throws(TensorError) {
    try Operator.addNumberInPlace(.tensor(self), .integer(number))
  }

  /// Multiplies the elements by a number in place.
  public func scale(by factor: Double) throws(TensorError) {
    try Operator.scaleInPlace(.tensor(self), .number(factor))
  }

  /// Moves the elements towards another tensor's by a share of the way, in place.
  public func move(towards other: Tensor, by share: Double) throws(TensorError) {
    try Operator.lerpInPlace(.tensor(self), .tensor(other), .number(share))
  }

  /// Sets every element to a number.
  public func fill(_ value: Double) throws(TensorError) {
    try Operator.fillInPlace(.tensor(self), .number(value))
  }
}

extension Operator {
  fileprivate static let add = Operator("aten::add", "Tensor")
  fileprivate static let addNumber = Operator("aten::add", "Scalar")
  fileprivate static let subtract = Operator("aten::sub", "Tensor")
  fileprivate static let multiply = Operator("aten::mul", "Tensor")
  fileprivate static let multiplyNumber = Operator("aten::mul", "Scalar")
  fileprivate static let divide = Operator("aten::div", "Tensor")
  fileprivate static let negate = Operator("aten::neg")
  fileprivate static let sqrt = Operator("aten::sqrt")
  fileprivate static let exp = Operator("aten::exp")
  fileprivate static let log = Operator("aten::log")
  fileprivate static let sin = Operator("aten::sin")
  fileprivate static let cos = Operator("aten::cos")
  fileprivate static let abs = Operator("aten::abs")
  fileprivate static let clamp = Operator("aten::clamp")
  fileprivate static let addInPlace = Operator("aten::add_", "Tensor")
  fileprivate static let addNumberInPlace = Operator("aten::add_", "Scalar")
  fileprivate static let scaleInPlace = Operator("aten::mul_", "Scalar")
  fileprivate static let lerpInPlace = Operator("aten::lerp_", "Scalar")
  fileprivate static let fillInPlace = Operator("aten::fill_", "Scalar")
}
