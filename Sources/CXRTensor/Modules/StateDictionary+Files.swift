// SPDX-License-Identifier: Apache-2.0

extension StateDictionary {
  /// The tensors as a weight file takes them.
  ///
  /// - Throws: ``TensorError`` if a device's work failed or memory is short.
  /// - Complexity: O(bytes).
  public func stored() throws(TensorError) -> [StoredTensor] {
    var tensors: [StoredTensor] = []
    for entry in entries { tensors.append(try entry.tensor.stored(named: entry.name)) }
    return tensors
  }

  /// Takes over the values of a weight file; types are converted.
  ///
  /// Nothing is changed unless every tensor is there with its shape. A file may lack the counts of
  /// batches, which old ones have not, and may hold nothing else.
  ///
  /// - Parameters:
  ///   - tensors: The tensors, under the names of this dictionary.
  ///   - source: What to call the file in an error.
  /// - Throws: ``TensorError`` with code `.mismatch` that names what is missing, unexpected or of
  ///   another shape, all at once.
  public func load(_ tensors: StoredTensors, from source: String) throws(TensorError) {
    var problems = WeightProblems()
    for entry in entries {
      guard let stored = tensors[entry.name] else {
        if !entry.name.hasSuffix("num_batches_tracked") { problems.missing.append(entry.name) }
        continue
      }
      if stored.shape != entry.tensor.shape {
        problems.mismatched.append("\(entry.name) \(stored.shape), not \(entry.tensor.shape)")
      }
    }
    problems.unexpected = tensors.names.filter { self[$0] == nil }
    if let message = problems.message { throw TensorError(.mismatch, "\(source): \(message)") }
    try withoutGradients { () throws(TensorError) in
      for entry in entries {
        if let stored = tensors[entry.name] { try entry.tensor.assign(Tensor(stored)) }
      }
    }
  }
}

/// How the tensors of a file differ from those of a network.
private struct WeightProblems {
  var missing: [String] = []
  var unexpected: [String] = []
  var mismatched: [String] = []

  /// All differences in one sentence; `nil` if there is none.
  var message: String? {
    let parts = [
      part(missing, "missing"), part(unexpected, "unexpected"),
      part(mismatched, "of another shape"),
    ].compactMap(\.self)
    guard !parts.isEmpty else { return nil }
    return "its tensors are not those of the network: \(parts.joined(separator: "; ")); "
      + "check the architecture and its number of outputs"
  }

  private func part(_ names: [String], _ what: String) -> String? {
    guard !names.isEmpty else { return nil }
    let shown = names.prefix(5).joined(separator: ", ")
    return "\(names.count) \(what) (\(shown)\(names.count > 5 ? ", …" : ""))"
  }
}
