// SPDX-License-Identifier: Apache-2.0

/// How DPM-Solver++ makes its steps.
///
/// - SeeAlso: Lu et al., <https://arxiv.org/abs/2211.01095>.
public struct DPMSolver: Hashable, Sendable {
  /// Which equation is solved; the raw values are diffusers' `algorithm_type`.
  public enum Equation: String, CaseIterable, Codable, Sendable {
    /// The ordinary one: nothing is random.
    case ordinary = "dpmsolver++"
    /// The stochastic one: every step but the last adds fresh noise.
    case stochastic = "sde-dpmsolver++"
  }

  /// Where the slope of a second-order step is taken; the raw values are diffusers' `solver_type`.
  public enum Slope: String, CaseIterable, Codable, Sendable {
    /// In the middle of the step.
    case midpoint
    /// At both ends.
    case heun
  }

  /// Which equation is solved.
  public var equation = Equation.ordinary
  /// How many outputs of the network a step looks at: 1, 2 or 3.
  public var order = 2
  /// Where the slope of a second-order step is taken.
  public var slope = Slope.midpoint
  /// Whether, of fewer than 15 steps, the last has order 1 and the one before it order 2 at most.
  ///
  /// A last step to no noise has order 1 in any case.
  public var lowersLastOrders = true
  /// Whether the last step has order 1 in any case.
  public var endsWithFirstOrder = false

  /// Creates the options of diffusers' defaults: the ordinary equation, order 2, midpoint.
  public init() {}

  /// The order of a step.
  func order(of step: Int, of count: Int, endsClean: Bool) -> Int {
    let isLowered = lowersLastOrders && count < 15
    var limit = order
    if step == count - 1, endsClean || endsWithFirstOrder || isLowered {
      limit = 1
    } else if step == count - 2, isLowered {
      limit = min(2, order)
    }
    return min(limit, step + 1)
  }
}
