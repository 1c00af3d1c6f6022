// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import CXRCore

/// Which groups an audit compares.
struct GroupOptions: ParsableArguments {
  @Option(
    name: .customLong("group"),
    help: "An attribute (sex, age, race) or an intersection such as 'sex*age'; repeatable.")
  var attributes: [String] = []

  @Option(
    help:
      "Ascending lower bounds of half-open age bins; the last is open-ended, a leading 0 adds the first."
  )
  var ageBins: AgeBins = .standard

  @Option(
    name: .customLong("min-group"),
    help: "The smallest number of radiographs with which a group enters gaps.")
  var minimumGroup = 10

  @Option(
    name: .customLong("min-cell"),
    help: "The smallest number of positives and of negatives with which a cell counts.")
  var minimumCell = 10

  mutating func validate() throws {
    guard minimumGroup >= 1, minimumCell >= 1 else {
      throw ValidationError("--min-group and --min-cell take numbers from 1.")
    }
  }

  /// The attributes asked for, or sex, age and their intersection.
  var attributesInForce: [String] {
    attributes.isEmpty ? ["sex", "age", "sex*age"] : attributes
  }

  /// The options as a command line.
  var arguments: [String] {
    attributesInForce.flatMap { ["--group", $0] }
      + [
        "--age-bins", ageBins.argument, "--min-group", String(minimumGroup), "--min-cell",
        String(minimumCell),
      ]
  }
}

extension AgeBins: ExpressibleByArgument {
  /// Reads lower bounds with commas between them.
  public init?(argument: String) {
    let bounds = argument.split(separator: ",").map { Double($0) }
    guard !bounds.isEmpty, bounds.allSatisfy({ $0 != nil }) else { return nil }
    self.init(lowerBounds: bounds.compactMap(\.self))
  }

  /// The lower bounds with commas between them.
  var argument: String {
    lowerBounds.map { $0 == $0.rounded() ? String(Int($0)) : String($0) }.joined(separator: ",")
  }

  /// How help shows a default.
  public var defaultValueDescription: String { argument }
}
