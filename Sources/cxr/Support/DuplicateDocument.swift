// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRFiles
import CXRImage

/// What `cxr images dedupe` found.
struct DuplicateDocument: Encodable {
  /// Radiographs that show the same picture.
  struct Group: Encodable {
    let degree: DuplicateReport.Degree
    let members: [Member]
    /// The splits that have the group in several parts, as `NAME: PART, PART`.
    let leaks: [String]
  }

  /// One radiograph of a group.
  struct Member: Encodable {
    let dataset: String
    let imageName: String
    let parts: [String: String]
  }

  let store: String
  let imageCount: Int
  let groups: [Group]

  init(
    store: String, imageCount: Int, degrees: [DuplicateReport.Degree], groups: [DuplicateGroup],
    catalog: Catalog
  ) throws {
    self.store = store
    self.imageCount = imageCount
    self.groups = try zip(degrees, groups).map { degree, group in
      let members = try group.members.map {
        Member(dataset: $0.dataset, imageName: $0.imageName, parts: try catalog.parts(of: $0))
      }
      let partsBySplit = members.flatMap(\.parts).reduce(into: [String: Set<String>]()) {
        $0[$1.key, default: []].insert($1.value)
      }
      return Group(
        degree: degree, members: members,
        leaks: partsBySplit.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
          .map { "\($0.key): \($0.value.sorted().joined(separator: ", "))" })
    }
  }

  /// The groups as CSV, a row per image.
  var table: [UInt8] {
    var table = CSVWriter(header: ["group", "degree", "dataset", "imageName", "parts", "leaks"])
    for (number, group) in groups.enumerated() {
      for member in group.members {
        table.append([
          "\(number + 1)", group.degree.rawValue, member.dataset, member.imageName,
          member.parts.sorted { $0.key < $1.key }.map { "\($0.key):\($0.value)" }
            .joined(separator: "|"),
          group.leaks.joined(separator: "|"),
        ])
      }
    }
    return table.bytes
  }

  func text(isMarked: Bool) -> String {
    guard !groups.isEmpty else {
      return "No two of \(NumberText.count(imageCount, "image")) are alike.\n"
        + (isMarked ? "Earlier marks of the same datasets were removed.\n" : "")
    }
    var lines = [
      "\(NumberText.count(groups.count, "group")) of like pictures among "
        + "\(NumberText.count(imageCount, "image"))"
    ]
    for degree in DuplicateReport.Degree.allCases {
      let alike = groups.filter { $0.degree == degree }
      guard !alike.isEmpty else { continue }
      let images = alike.reduce(0) { $0 + $1.members.count }
      lines.append(
        "  \(NumberText.count(alike.count)) \(Self.words(degree)), "
          + "\(NumberText.count(images, "image"))")
    }
    let across = groups.count { Set($0.members.map(\.dataset)).count > 1 }
    if across > 0 { lines.append("  \(NumberText.count(across)) across datasets") }
    let leaks = Dictionary(grouping: groups.flatMap(\.leaks), by: \.self).mapValues(\.count)
    for (leak, count) in leaks.sorted(by: { $0.key < $1.key }) {
      lines.append("Leak: \(NumberText.count(count, "group")) in several parts of split \(leak)")
    }
    lines.append(
      isMarked
        ? "Marked, in place of earlier marks: no new split takes a group into two parts."
        : "Nothing was written to the catalog; --mark keeps new splits from taking a group apart.")
    return lines.joined(separator: "\n") + "\n"
  }

  private static func words(_ degree: DuplicateReport.Degree) -> String {
    switch degree {
    case .file: "with equal files"
    case .pixels: "with equal pixels"
    case .near: "nearly equal"
    }
  }
}
