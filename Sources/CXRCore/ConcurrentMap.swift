// SPDX-License-Identifier: Apache-2.0

extension Sequence where Self: Sendable, Element: Sendable {
  /// Transforms the elements concurrently, keeping the order of the input.
  ///
  ///     try await (0..<100).concurrentMap(width: 2) { resample($0) }
  ///
  /// - Parameters:
  ///   - width: The number of child tasks in flight, at least 1.
  ///   - transform: The work for one element.
  /// - Returns: The outputs, in the order of their inputs.
  /// - Throws: The first error thrown by `transform`, or `CancellationError`; the rest is cancelled.
  public func concurrentMap<Output: Sendable>(
    width: Int, _ transform: @escaping @Sendable (Element) async throws -> Output
  ) async throws -> [Output] {
    precondition(width > 0, "at least one task in flight")
    return try await withThrowingTaskGroup(of: (Int, Output).self) { group in
      var results: [Int: Output] = [:]
      var iterator = enumerated().makeIterator()
      func submitNext() -> Bool {
        guard let (index, element) = iterator.next() else { return false }
        group.addTask {
          try Task.checkCancellation()
          return (index, try await transform(element))
        }
        return true
      }
      for _ in 0..<width { guard submitNext() else { break } }
      while let (index, output) = try await group.next() {
        results[index] = output
        _ = submitNext()
      }
      return results.sorted { $0.key < $1.key }.map(\.value)
    }
  }
}
