// SPDX-License-Identifier: Apache-2.0

/// Black is 0, white is 1: what PyTorch's `ToTensor` gives.
public enum UnitRange: LinearRange {
  /// `[0, 1]`.
  public static let name = "[0, 1]"
  /// 0 to 1.
  public static let bounds: ClosedRange<Float> = 0...1
}
