// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore

extension Finding {
  /// Reads the name of a finding, or says which one is meant.
  init(reading name: String) throws {
    guard let finding = Finding(name: name) else {
      throw ValidationError(
        "there is no finding \(name); "
          + (Finding.nearest(to: name).map { "did you mean \($0.name)?" }
            ?? "the findings are \(Finding.allCases.map(\.name).joined(separator: ", "))."))
    }
    self = finding
  }
}
