// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// How many radiographs were selected, and why some of them are not in the list.
public struct ImageTally: Hashable, Sendable, Codable, CustomStringConvertible {
  /// The number of radiographs that the catalog selects.
  public var selected: Int
  /// The number of them that the store was never asked to hold; they are left out.
  public var notInStore: Int
  /// The number of them whose file could not be decoded, by the store's reason; they are left out.
  public var undecodable: [String: Int]
  /// The number of images in the list without any target; they are kept.
  public var withoutTarget: Int

  /// Creates a tally.
  ///
  /// - Parameters:
  ///   - selected: The number of radiographs that the catalog selects.
  ///   - notInStore: The number of them that the store was never asked to hold.
  ///   - undecodable: The number of them whose file could not be decoded, by reason.
  ///   - withoutTarget: The number of images in the list without any target.
  public init(
    selected: Int, notInStore: Int = 0, undecodable: [String: Int] = [:], withoutTarget: Int = 0
  ) {
    self.selected = selected
    self.notInStore = notInStore
    self.undecodable = undecodable
    self.withoutTarget = withoutTarget
  }

  /// The number of images in the list.
  public var listed: Int { selected - notInStore - undecodable.values.reduce(0, +) }

  /// One sentence that leaves out what did not happen.
  public var description: String {
    var parts = [
      "\(NumberText.count(listed)) of \(NumberText.count(selected, "radiograph")) listed"
    ]
    if notInStore > 0 { parts.append("\(NumberText.count(notInStore)) not in the image store") }
    for (reason, count) in undecodable.sorted(by: { $0.key < $1.key }) {
      parts.append("\(NumberText.count(count)) not decoded (\(reason))")
    }
    if withoutTarget > 0 {
      parts.append("\(NumberText.count(withoutTarget)) listed without any target")
    }
    return parts.joined(separator: "; ") + "."
  }
}
