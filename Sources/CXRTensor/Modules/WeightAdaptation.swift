// SPDX-License-Identifier: Apache-2.0

/// What of a file may differ from a network that takes its weights over; by default nothing.
///
///     // From ImageNet's 1000 classes and three channels to 14 findings and one.
///     let adaptation = WeightAdaptation(newHead: "classifier", inputChannels: .summed)
///     try network.state.load(file.tensors, from: file.path, adapting: adaptation)
public struct WeightAdaptation: Hashable, Codable, Sendable {
  /// What becomes of the first convolution of a file for more channels than the network's one.
  public enum InputChannels: String, Codable, Sendable {
    /// It is refused.
    case exact
    /// Its kernels are added up: the result for a grey picture stays what it was for three equal
    /// channels.
    case summed
    /// The mean of its kernels: for values that are a multiple of what the file's network saw.
    case averaged
  }

  /// The first part of the names of a head that keeps its numbers, such as `classifier` or `fc`,
  /// whatever head the file has; `nil` to take over the file's.
  public var newHead: String?
  /// What becomes of the first convolution.
  public var inputChannels: InputChannels

  /// Creates an adaptation.
  public init(newHead: String? = nil, inputChannels: InputChannels = .exact) {
    self.newHead = newHead
    self.inputChannels = inputChannels
  }

  /// No difference is allowed.
  public static let none = WeightAdaptation()

  /// Whether a name is one of the new head's.
  func keeps(_ name: some StringProtocol) -> Bool {
    newHead.map { name.hasPrefix("\($0).") } ?? false
  }
}
