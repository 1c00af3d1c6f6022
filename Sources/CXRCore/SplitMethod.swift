// SPDX-License-Identifier: Apache-2.0

/// A published way to divide a sorted list into training and test parts, draw for draw.
///
///     let method = SplitMethod.trainTestSplit(testSize: 0.7)
///     method.divide(count: 30805, seed: 42)?.test.count  // 21564
public enum SplitMethod: Hashable, Sendable, CustomStringConvertible {
  /// scikit-learn's `train_test_split(items, test_size=testSize, random_state=seed)`.
  case trainTestSplit(testSize: Double)
  /// The split of number `index`, from 0, of scikit-learn's
  /// `GroupShuffleSplit(n_splits=index + 1, test_size=testSize, random_state=seed)`.
  case groupShuffleSplit(testSize: Double, index: Int)
  /// pandas' `items.sample(frac=fraction, random_state=seed)` for testing, the rest for training.
  case pandasSample(fraction: Double)

  /// Positions in the list that was divided, in the order in which the method returns them.
  public struct Division: Hashable, Sendable {
    /// The positions for training.
    public let train: [Int]
    /// The positions for testing.
    public let test: [Int]
  }

  /// The method with its numbers, as provenance records it.
  public var description: String {
    switch self {
    case .trainTestSplit(let testSize): "train_test_split(test_size=\(testSize))"
    case .groupShuffleSplit(let testSize, let index):
      "GroupShuffleSplit(test_size=\(testSize)), split \(index)"
    case .pandasSample(let fraction): "sample(frac=\(fraction))"
    }
  }

  /// Divides a list.
  ///
  /// The test part of scikit-learn's methods has ⌈`testSize` · `count`⌉ elements, the sample of
  /// pandas' method `fraction` · `count` rounded half to even.
  ///
  /// - Parameters:
  ///   - count: The length of the list.
  ///   - seed: The seed.
  /// - Returns: The division, or `nil` when the share is not between 0 and 1, or a part is empty.
  public func divide(count: Int, seed: UInt32) -> Division? {
    guard share > 0, share < 1 else { return nil }
    var random = NumPyRandomState(seed: seed)
    let taken: Int
    switch self {
    case .trainTestSplit, .groupShuffleSplit:
      taken = Int((share * Double(count)).rounded(.up))
    case .pandasSample:
      taken = Int((share * Double(count)).rounded(.toNearestOrEven))
    }
    guard taken > 0, taken < count else { return nil }
    if case .groupShuffleSplit(_, let index) = self {
      guard index >= 0 else { return nil }
      for _ in 0..<index { _ = random.permutation(count: count) }
    }
    let order = random.permutation(count: count)
    let (first, rest) = (Array(order.prefix(taken)), Array(order.dropFirst(taken)))
    switch self {
    case .trainTestSplit: return Division(train: rest, test: first)
    // Parts that are picked out of the list, rather than drawn, keep its order.
    case .groupShuffleSplit: return Division(train: rest.sorted(), test: first.sorted())
    case .pandasSample: return Division(train: rest.sorted(), test: first)
    }
  }

  private var share: Double {
    switch self {
    case .trainTestSplit(let testSize), .groupShuffleSplit(let testSize, _): testSize
    case .pandasSample(let fraction): fraction
    }
  }
}
