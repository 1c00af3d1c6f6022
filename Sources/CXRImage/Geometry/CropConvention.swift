// SPDX-License-Identifier: Apache-2.0

/// Where a centre crop starts when the margins cannot be equal; published pipelines differ.
///
/// The offset on each axis, for a length *n* and a crop of *s*:
///
/// | convention | offset | 7 → 4 | 8 → 5 |
/// |---|---|---|---|
/// | torchxrayvision, MONAI | ⌊n/2⌋ − ⌊s/2⌋ | 1 | 2 |
/// | torchvision | (n − s)/2, halves to the even number | 2 | 2 |
/// | albumentations | ⌊(n − s)/2⌋ | 1 | 1 |
public enum CropConvention: String, Sendable, CaseIterable, Codable {
  /// `XRayCenterCrop` of torchxrayvision, and MONAI's `CenterSpatialCrop`.
  case torchxrayvision
  /// `center_crop` of torchvision.
  case torchvision
  /// `CenterCrop` of albumentations.
  case albumentations

  /// Returns where the crop starts on one axis.
  ///
  /// - Parameters:
  ///   - side: The length of the crop.
  ///   - length: The length of the image, at least `side`.
  /// - Returns: The first pixel of the crop.
  public func offset(of side: Int, in length: Int) -> Int {
    switch self {
    case .torchxrayvision: length / 2 - side / 2
    case .torchvision: Int((Double(length - side) / 2).rounded(.toNearestOrEven))
    case .albumentations: (length - side) / 2
    }
  }
}
