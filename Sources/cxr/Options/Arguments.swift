// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXREvaluation
import CXRStatistics

// How the vocabulary of the modules is spelled on the command line.

extension LabelPolicy: @retroactive ExpressibleByArgument {}
extension ResamplingPlan.Unit: @retroactive ExpressibleByArgument {}
extension EvaluationOptions.IntervalMethod: @retroactive ExpressibleByArgument {}

extension MacroPolicy: @retroactive ExpressibleByArgument {
  /// Reads a policy's name; `torchmetrics` is the policy of that library.
  public init?(argument: String) {
    self.init(rawValue: argument == "torchmetrics" ? "zero" : argument)
  }
}

extension View: @retroactive ExpressibleByArgument {
  /// Reads a view's name in any case, with a hyphen or a space.
  public init?(argument: String) {
    let name = argument.replacing("-", with: " ").lowercased()
    guard let view = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
      return nil
    }
    self = view
  }
}
