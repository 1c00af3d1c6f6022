// SPDX-License-Identifier: Apache-2.0
public import ArgumentParser
public import CXRCohort
public import CXRCore
public import CXRDiffusion
public import CXREvaluation
public import CXRImage
public import CXRIngest
public import CXRPhantom
public import CXRStatistics

// How the vocabulary of the modules is spelled on the command line.

extension BalanceUnit: ExpressibleByArgument {}
extension PAdjustment: ExpressibleByArgument {}
extension ResamplingPlan.Unit: ExpressibleByArgument {}
extension EvaluationOptions.IntervalMethod: ExpressibleByArgument {}
extension PredictionImporter.ScoreRange: ExpressibleByArgument {}
extension ThresholdRule.Kind: ExpressibleByArgument {}
extension PhantomDataset: ExpressibleByArgument {}
extension PromptSection: ExpressibleByArgument {}
extension NewModel.Size: ExpressibleByArgument {}
extension PredictionType: ExpressibleByArgument {}
extension PromptFormat: ExpressibleByArgument {}
extension PromptImages: ExpressibleByArgument {}
extension StorePreparation.Framing: ExpressibleByArgument {}
extension StorePreparation.Depth: ExpressibleByArgument {}
extension ResizeFilter: ExpressibleByArgument {}
extension ResizeConvention: ExpressibleByArgument {}

extension MacroPolicy: ExpressibleByArgument {
  /// Reads a policy's name; `torchmetrics` is the policy of that library.
  public init?(argument: String) {
    self.init(rawValue: argument == "torchmetrics" ? "zero" : argument)
  }
}

extension Finding: ExpressibleByArgument {
  /// Reads the name of a finding.
  public init?(argument: String) { self.init(name: argument) }
}

extension View: ExpressibleByArgument {
  /// Reads a view's name in any case, with a hyphen or a space.
  public init?(argument: String) {
    let name = argument.replacing("-", with: " ").lowercased()
    guard let view = Self.allCases.first(where: { $0.rawValue.lowercased() == name }) else {
      return nil
    }
    self = view
  }
}
