// SPDX-License-Identifier: Apache-2.0

/// Which of several official layouts are written, where copies of a dataset differ.
public struct PhantomLayout: Hashable, Sendable {
  /// The folder and header of the MIMIC-IV tables.
  public enum MIMICIV: Hashable, Sendable {
    /// Release 1.0: `core/`, the race in a column `ethnicity`, no `admit_provider_id`.
    case core
    /// Release 2.2: `hosp/`, the race in a column `race`.
    case hosp
  }

  /// How the MIMIC-CXR reports are kept.
  public enum Reports: Hashable, Sendable {
    /// One archive, `mimic-cxr-reports.zip`.
    case archive
    /// Unpacked into a folder `mimic-cxr-reports`.
    case folder
  }

  /// The first folder of CheXpert's image paths.
  public enum CheXpertRoot: String, Hashable, Sendable {
    /// The copy with small images.
    case small = "CheXpert-v1.0-small"
    /// The copy with images in native size.
    case full = "CheXpert-v1.0"
  }

  /// The file format of CheXpert's demographics.
  public enum Demographics: Hashable, Sendable {
    /// The official workbook, `CHEXPERT DEMO.xlsx`.
    case workbook
    /// A copy saved as text, `chexpert_patients.csv`.
    case text
  }

  /// The folder and header of the MIMIC-IV tables.
  public var mimicIV = MIMICIV.hosp
  /// How the MIMIC-CXR reports are kept.
  public var reports = Reports.archive
  /// The first folder of CheXpert's image paths.
  public var chexpertRoot = CheXpertRoot.small
  /// The file format of CheXpert's demographics.
  public var demographics = Demographics.workbook

  /// Creates the layout of the newest official releases.
  public init() {}
}
