// SPDX-License-Identifier: Apache-2.0

/// Spreads requests evenly over time.
actor RequestPace {
  private let interval: Duration
  private var next: Duration = .zero

  /// Creates a pace.
  ///
  /// - Parameter requestsPerMinute: The most requests within a minute, above 0.
  init(requestsPerMinute: Double) {
    precondition(requestsPerMinute > 0, "at least some requests per minute")
    interval = .seconds(60 / requestsPerMinute)
  }

  /// Takes the next free moment.
  ///
  /// - Parameter now: The time since some fixed moment.
  /// - Returns: How long to wait from now.
  func reserve(at now: Duration) -> Duration {
    let moment = max(now, next)
    next = moment + interval
    return moment - now
  }
}
