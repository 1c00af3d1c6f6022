// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRImage

/// What the verbs of `cxr images` print.
enum ImageText {
  /// How many problems are told one by one.
  private static let exampleCount = 5

  static func text(_ survey: ImageSurvey) -> String {
    let usable = survey.fileCount - survey.problems.count
    var lines = [
      "\(NumberText.count(usable)) of \(NumberText.count(survey.fileCount, "image")) can be decoded."
    ]
    for kind in survey.kinds {
      lines.append(
        "  \(kind.dataset): \(NumberText.count(kind.fileCount)) of \(kind.bitDepth) bits, "
          + "\(range(kind.widths)) × \(range(kind.heights)) pixels")
    }
    lines += problemLines(
      Dictionary(grouping: survey.problems, by: \.code.rawValue).mapValues(\.count))
    lines += survey.problems.prefix(exampleCount).map { "  " + $0.message }
    if survey.problems.count > exampleCount {
      lines.append(
        "  and \(NumberText.count(survey.problems.count - exampleCount, "other")); --list FILE has all"
      )
    }
    return lines.joined(separator: "\n") + "\n"
  }

  static func text(_ store: ImageStoreInfo, outcome: WriteOutcome) -> String {
    var lines = [
      "Store \(store.name): \(outcome.rawValue).",
      "  \(NumberText.count(store.imageCount, "image")) of \(store.sidePixels) × "
        + "\(store.sidePixels) pixels, \(store.bitDepth) bits, in \(store.folder)",
    ]
    lines += problemLines(store.problemCounts)
    let left = store.problemCounts.values.reduce(0, +)
    if left > 0 {
      lines.append(
        TextLines.wrapped(
          "\(NumberText.count(left)) of \(NumberText.count(left + store.imageCount, "file")) "
            + "\(left == 1 ? "is" : "are") not in the store: index.csv in its folder names "
            + "\(left == 1 ? "it" : "them") in the column problem, and `cxr images check` with "
            + "--list FILE says why.", indent: 2))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// Warns on standard error of a store whose radiographs are not those of the catalog any more.
  static func warn(of store: ImageStoreInfo) {
    guard !store.isCurrent else { return }
    let unstored = (store.unstoredCounts ?? [:]).values.reduce(0, +)
    let faults = [
      store.vanishedCount > 0
        ? "holds \(NumberText.count(store.vanishedCount, "image")) that the catalog has no longer"
        : nil,
      unstored > 0
        ? "lacks \(NumberText.count(unstored, "radiograph")) that its options would choose now"
        : nil,
    ]
    Console.note(
      "warning: image store \(store.name) "
        + "\(faults.compactMap(\.self).joined(separator: " and ")); build it again into an empty "
        + "folder, with --name \(store.name) --replace.")
  }

  static func text(_ statistics: [PixelStatisticsRow]) -> String {
    func number(_ value: Double?) -> String {
      guard let value else { return "n/a" }
      return String((value * 1e6).rounded() / 1e6)
    }
    return statistics.map { row in
      TextLines.wrapped(
        "\(row.name): \(NumberText.count(row.imageCount, "image")), mean \(number(row.mean)), "
          + "standard deviation \(number(row.standardDeviation)), "
          + "from \(number(row.minimum)) to \(number(row.maximum))", indent: 2) + "\n"
        + (row.vanishedCount > 0
          ? "  \(NumberText.count(row.vanishedCount)) of them "
            + "\(row.vanishedCount == 1 ? "is" : "are") no longer in the catalog\n" : "")
    }.joined() + "Black is 0, white is 1.\n"
  }

  private static func problemLines(_ countByCode: [String: Int]) -> [String] {
    guard !countByCode.isEmpty else { return [] }
    return ["Left out:"]
      + countByCode.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        "  \(NumberText.count($0.value)) \(words($0.key))"
      }
  }

  /// A reason why an image was left out, such as `damaged`.
  static func words(_ code: String) -> String {
    switch ImageError.Code(rawValue: code) {
    case .missing: "missing"
    case .unreadable: "unreadable"
    case .truncated: "truncated or empty"
    case .malformed: "damaged"
    case .unsupported: "of a kind that is not read"
    case .tooLarge: "larger than the limits allow"
    case .unfitSize: "of sizes that do not fit"
    case .unfitValue: "with values that do not fit, such as all black"
    default: code
    }
  }

  private static func range(_ range: ClosedRange<Int>) -> String {
    range.lowerBound == range.upperBound
      ? NumberText.count(range.lowerBound)
      : "\(NumberText.count(range.lowerBound)) to \(NumberText.count(range.upperBound))"
  }
}

/// Pixel statistics of some images, as they are printed.
struct PixelStatisticsRow: Encodable {
  let name: String
  let imageCount: Int
  let mean: Double?
  let standardDeviation: Double?
  let minimum: Double?
  let maximum: Double?
  /// The number of these images that the catalog has no longer.
  let vanishedCount: Int
  /// The number of radiographs that the options of the build would choose now and that are not in
  /// the store; `nil` when that cannot be told.
  let unstoredCount: Int?

  init(
    _ name: String, _ statistics: PixelStatistics, vanishedCount: Int, unstoredCount: Int?
  ) {
    self.name = name
    self.vanishedCount = vanishedCount
    self.unstoredCount = unstoredCount
    imageCount = statistics.imageCount
    mean = statistics.mean
    standardDeviation = statistics.standardDeviation
    minimum = statistics.minimum
    maximum = statistics.maximum
  }
}
