// SPDX-License-Identifier: Apache-2.0

extension ContiguousArray {
  /// Returns the transformed elements; unlike `map`, a loop that the compiler turns into vectors.
  @inline(__always)
  func mapped<Output: ExpressibleByIntegerLiteral>(
    _ transform: (Element) -> Output
  ) -> ContiguousArray<Output> {
    var result = ContiguousArray<Output>(repeating: 0, count: count)
    var output = result.mutableSpan
    let input = span
    for index in 0..<output.count { output[index] = transform(input[index]) }
    return result
  }
}
