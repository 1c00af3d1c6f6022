// SPDX-License-Identifier: Apache-2.0

extension StateDictionary {
  /// Takes over the elements of another dictionary's tensors with the same names.
  ///
  /// Types and devices are converted; nothing is taken over unless everything fits.
  ///
  /// - Throws: ``TensorError`` with code `.mismatch` that names what is missing, unexpected or of
  ///   another shape, all at once.
  public func assign(_ source: StateDictionary) throws(TensorError) {
    var problems = WeightProblems()
    for entry in entries {
      guard let tensor = source[entry.name] else {
        problems.missing.append(entry.name)
        continue
      }
      if tensor.shape != entry.tensor.shape {
        problems.mismatched.append("\(entry.name) \(tensor.shape), not \(entry.tensor.shape)")
      }
    }
    problems.unexpected = source.names.filter { self[$0] == nil }
    if let message = problems.message { throw TensorError(.mismatch, "assign: \(message)") }
    try withoutGradients { () throws(TensorError) in
      for entry in entries {
        if let tensor = source[entry.name] { try entry.tensor.assign(tensor) }
      }
    }
  }

  /// A dictionary of the same names with elements of its own, in which nothing is recorded.
  ///
  /// - Throws: ``TensorError`` if memory is short.
  public func copy() throws(TensorError) -> StateDictionary {
    try withoutGradients { () throws(TensorError) in
      var copy = StateDictionary()
      for entry in entries {
        copy.append(
          Entry(name: entry.name, tensor: try entry.tensor.detached().copy(), role: entry.role))
      }
      return copy
    }
  }
}
