// SPDX-License-Identifier: Apache-2.0

/// How SSIM treats the border and how MS-SSIM halves odd sides; the two published programs differ.
public enum SSIMConvention: String, Sendable, CaseIterable, Codable {
  /// pytorch-msssim, which RoentGen uses: only windows that lie within the image count, a window in
  /// single precision, and odd sides get a black row or column on either side before they are halved.
  case unpadded
  /// torchmetrics: the image is continued by reflection for the similarity but not for the
  /// contrast, and the last row or column of odd sides is dropped before they are halved.
  case reflected

  /// The program that defines the convention, for reports.
  public var program: String {
    switch self {
    case .unpadded: "pytorch-msssim"
    case .reflected: "torchmetrics"
    }
  }

  /// The smallest side that MS-SSIM is defined for, in pixels.
  public var smallestSide: Int {
    switch self {
    case .unpadded: 161
    case .reflected: 176
    }
  }
}
