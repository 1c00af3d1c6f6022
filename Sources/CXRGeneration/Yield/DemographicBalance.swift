// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import Foundation

/// How evenly radiographs or images are spread over cells of sex, race and age.
public struct DemographicBalance: Codable, Hashable, Sendable {
  /// A cell and what lies in it.
  public struct Entry: Codable, Hashable, Sendable {
    /// The cell.
    public let cell: DemographicCell
    /// The number in it.
    public let count: Int
    /// The share of all that lie in some cell; `nil` if none does.
    public let share: Double?
  }

  /// What is counted.
  public let name: String
  /// The number in cells.
  public let count: Int
  /// The number that lacks sex, race or age, and so is in no cell.
  public let unstatedCount: Int
  /// The cells, empty ones included.
  public let entries: [Entry]
  /// The largest number over the smallest, at least 1; `nil` when undefined.
  public let largestToSmallest: Double?
  /// The entropy of the shares, of that of equal shares: from 0, all in one cell, to 1, the same
  /// number in each; `nil` when undefined.
  public let evenness: Double?
  /// Why a figure is undefined.
  public let reason: String?

  /// Counts.
  ///
  /// - Parameters:
  ///   - name: What is counted.
  ///   - counts: The numbers by cell.
  ///   - cells: The cells that ought to be filled.
  init(name: String, counts: [DemographicCell: Int], over cells: [DemographicCell]) {
    let numbers = cells.map { counts[$0, default: 0] }
    let total = numbers.reduce(0, +)
    self.name = name
    count = total
    unstatedCount = counts.reduce(0) { $0 + ($1.key.isStated ? 0 : $1.value) }
    entries = zip(cells, numbers).map {
      Entry(cell: $0, count: $1, share: total > 0 ? Double($1) / Double(total) : nil)
    }
    guard total > 0, cells.count > 1, let smallest = numbers.min(), let largest = numbers.max()
    else {
      largestToSmallest = nil
      evenness = nil
      reason = total > 0 ? "there is one cell only" : "nothing lies in a cell"
      return
    }
    let entropy = numbers.filter { $0 > 0 }.reduce(0.0) { sum, number in
      let share = Double(number) / Double(total)
      return sum - share * log(share)
    }
    evenness = entropy / log(Double(cells.count))
    largestToSmallest = smallest > 0 ? Double(largest) / Double(smallest) : nil
    let empty = numbers.count { $0 == 0 }
    reason = empty > 0 ? "\(NumberText.count(empty)) of \(cells.count) cells are empty" : nil
  }
}
