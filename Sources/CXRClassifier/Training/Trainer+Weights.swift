// SPDX-License-Identifier: Apache-2.0
public import CXRTensor

extension Trainer {
  /// Tries the given weights on a classifier of the run, without changing anything.
  ///
  /// - Parameter actor: Where the run will compute.
  /// - Returns: What a first stage takes over; `nil` if the run is given no weights, or none of its
  ///   stages begins with them.
  /// - Throws: As ``InitialWeights`` does if they cannot be read or are of another network.
  public func tryWeights(
    on actor: isolated any Actor = TensorActor.shared
  ) throws -> WeightReport? {
    guard let givenWeights, configuration.strategy.stages.contains(where: { $0.start == .given })
    else { return nil }
    return try InitialWeights(path: givenWeights)
      .load(into: Classifier(configuration.classifier, seed: 0, on: .cpu))
  }
}
