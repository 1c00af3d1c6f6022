// SPDX-License-Identifier: Apache-2.0

extension StateDictionary {
  /// Takes over the elements of another dictionary's tensors with the same names.
  ///
  /// Types and devices are converted; nothing is taken over unless everything fits.
  ///
  /// - Throws: ``TensorError`` with code `.mismatch` that names all tensors that are missing, not
  ///   expected or of another shape.
  public func assign(_ source: StateDictionary) throws(TensorError) {
    var problems: [String] = []
    for entry in entries {
      guard let tensor = source[entry.name] else {
        problems.append("\(entry.name) is missing")
        continue
      }
      if tensor.shape != entry.tensor.shape {
        problems.append("\(entry.name) is \(tensor.shape) in place of \(entry.tensor.shape)")
      }
    }
    problems += source.names.filter { self[$0] == nil }.map { "\($0) is not expected" }
    guard problems.isEmpty else {
      throw TensorError(
        .mismatch, "the tensors do not fit: \(problems.joined(separator: "; "))")
    }
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
