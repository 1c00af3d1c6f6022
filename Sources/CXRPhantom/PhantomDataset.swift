// SPDX-License-Identifier: Apache-2.0

/// A dataset that the phantom simulates; the raw value is the name of its folder.
///
///     PhantomDataset(rawValue: "mimic-cxr")  // .mimicCXR
public enum PhantomDataset: String, CaseIterable, Codable, Hashable, Sendable {
  /// MIMIC-CXR-JPG 2.0.0/2.1.0 with its reports and the patients of MIMIC-IV.
  case mimicCXR = "mimic-cxr"
  /// CheXpert 1.0 with its demographics file.
  case chexpert = "chexpert"
  /// CheXpert Plus: reports, demographics and CheXbert labels of the same radiographs.
  case chexpertPlus = "chexpert-plus"
  /// NIH ChestX-ray14 in both metadata releases.
  case nih = "nih"
  /// PadChest.
  case padchest = "padchest"
  /// VinDr-CXR as on PhysioNet, and the table of the Kaggle challenge.
  case vindrCXR = "vindr-cxr"

  /// The number of radiographs that the dataset's publishers count, and the phantom writes at the
  /// published size.
  ///
  /// - SeeAlso: the dataset papers: <https://doi.org/10.1038/s41597-019-0322-0>,
  ///   <https://doi.org/10.1609/aaai.v33i01.3301590>, <https://arxiv.org/abs/2405.19538>,
  ///   <https://doi.org/10.1109/CVPR.2017.369>, <https://doi.org/10.1016/j.media.2020.101797>,
  ///   <https://doi.org/10.1038/s41597-022-01498-w>.
  public var publishedRadiographCount: Int {
    switch self {
    case .mimicCXR: 377_110
    case .chexpert: 223_648
    case .chexpertPlus: 223_462
    case .nih: 112_120
    case .padchest: 160_861
    case .vindrCXR: 18_000
    }
  }

  /// Whether the phantom writes the dataset at the published size without being asked for it by
  /// name: all but CheXpert Plus, whose reports are CheXpert's radiographs once more.
  public var isWrittenAtPublishedSize: Bool { self != .chexpertPlus }
}
