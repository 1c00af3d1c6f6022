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
  /// batches, which old ones have not, and may hold nothing else but what is known to be ignored.
  ///
  /// - Parameters:
  ///   - tensors: The tensors.
  ///   - source: What to call the file in an error.
  ///   - spelling: How the names of the file may differ from those of this dictionary.
  ///   - adaptation: What else may differ.
  /// - Returns: What was renamed, left out or changed, in phrases for a person to read; empty if
  ///   the file holds just this network.
  /// - Throws: ``TensorError`` with code `.mismatch` that names what is missing, unexpected or of
  ///   another shape, all at once, or says which names are ambiguous.
  @discardableResult
  public func load(
    _ tensors: StoredTensors, from source: String, spelling: WeightSpelling = .known,
    adapting adaptation: WeightAdaptation = .none
  ) throws(TensorError) -> [String] {
    // The head takes part in the search for prefixes, and is set aside afterwards.
    let names = try spelling.names(in: tensors.names, for: self.names, source: source)
    var problems = WeightProblems()
    problems.missing = names.missing.filter {
      !$0.hasSuffix("num_batches_tracked") && !adaptation.keeps($0)
    }
    problems.unexpected = names.unexpected.filter { name in
      adaptation.newHead.map { !".\(name)".contains(".\($0).") } ?? true
    }
    var taken: [(entry: Entry, stored: StoredTensor, isFolded: Bool)] = []
    let stem = parameters.first { $0.tensor.rank == 4 }?.name
    for entry in entries where !adaptation.keeps(entry.name) {
      guard let name = names.source[entry.name], let stored = tensors[name] else { continue }
      let shape = entry.tensor.shape
      let isFolded =
        entry.name == stem && adaptation.inputChannels != .exact && shape[1] == 1
        && stored.shape.count == 4 && stored.shape[1] > 1
        && stored.shape[0] == shape[0] && stored.shape[2...] == shape[2...]
      if stored.shape != shape && !isFolded {
        problems.mismatched.append("\(entry.name) \(stored.shape), not \(shape)")
      }
      taken.append((entry, stored, isFolded))
    }
    if let message = problems.message { throw TensorError(.mismatch, "\(source): \(message)") }

    var notes = names.notes
    try withoutGradients { () throws(TensorError) in
      for (entry, stored, isFolded) in taken {
        guard isFolded else {
          try entry.tensor.assign(Tensor(stored))
          continue
        }
        let kernels = try Tensor(stored)
        let isSum = adaptation.inputChannels == .summed
        try entry.tensor.assign(
          isSum
            ? kernels.sum(along: [1], keepingAxes: true)
            : kernels.mean(along: [1], keepingAxes: true))
        notes.append(
          "\(entry.name) is the \(isSum ? "sum" : "mean") of \(stored.shape[1]) input channels")
      }
    }
    if let head = adaptation.newHead { notes.append("\(head) is new, not from the file") }
    return notes
  }
}

/// How the tensors of a file, or of another dictionary, differ from those of a network.
struct WeightProblems {
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
