// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// The radiographs of some datasets, column by column, ordered by dataset as asked and then by id.
///
///     let table = try catalog.radiographs(of: ["nih"])
///     table.views.count { $0 == .pa }  // 67310
///
/// Every column has ``count`` elements. A million radiographs take about 100 MB.
public struct RadiographTable: Sendable {
  /// A column that costs time or memory and is read only when asked for.
  public enum Detail: Sendable {
    /// ``RadiographTable/imageNames``.
    case imageNames
    /// ``RadiographTable/acquiredAt`` and ``RadiographTable/followUpNumbers``.
    case acquisition
    /// ``RadiographTable/findings``.
    case findings
  }

  /// The names of the datasets.
  public let datasets: [String]
  /// The rows of each dataset, in the order of ``datasets``.
  public internal(set) var rowRanges: [Range<Int>] = []
  /// The radiographs' ids in the catalog.
  public internal(set) var ids: [Int64] = []
  /// The patients' ids in the catalog; equal ids mean the same patient.
  public internal(set) var patientIDs: [Int64] = []
  /// The studies' ids in the catalog, where the dataset has studies.
  public internal(set) var studyIDs: [Int64?] = []
  /// The recorded sexes.
  public internal(set) var sexes: [Sex?] = []
  /// The recorded race groups.
  public internal(set) var races: [Race?] = []
  /// The ages at the study in years.
  public internal(set) var agesYears: [Double?] = []
  /// The projections.
  public internal(set) var views: [View] = []
  /// Where the projections were learned from.
  public internal(set) var viewSources: [ViewSource] = []
  /// The states of the 14 findings; empty unless asked for.
  public internal(set) var findings: [FindingStates] = []
  /// The names that identify the images within their dataset; empty unless asked for.
  public internal(set) var imageNames: [String] = []
  /// When the radiographs were taken, in ISO 8601; empty unless asked for.
  public internal(set) var acquiredAt: [String?] = []
  /// The datasets' numbers of the visit; empty unless asked for.
  public internal(set) var followUpNumbers: [Int?] = []

  init(datasets: [String]) { self.datasets = datasets }

  /// The number of radiographs.
  public var count: Int { ids.count }
}
