// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport

extension StateDictionary {
  /// Gives every tensor the numbers that its name and shape stand for.
  func fillWithClosedForms() throws {
    try withoutGradients {
      for entry in entries {
        let shape = entry.tensor.shape
        try entry.tensor.assign(Tensor(ClosedForm.weights(entry.name, shape: shape), shape: shape))
      }
    }
  }
}
