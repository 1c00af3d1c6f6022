// SPDX-License-Identifier: Apache-2.0

/// Black is 0, white is 255, with fractions between: what the sex classifier of chexploration reads.
public enum ByteRange: LinearRange {
  /// `[0, 255]`.
  public static let name = "[0, 255]"
  /// 0 to 255.
  public static let bounds: ClosedRange<Float> = 0...255
}
