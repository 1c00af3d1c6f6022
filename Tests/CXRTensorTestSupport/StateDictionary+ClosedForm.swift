// SPDX-License-Identifier: Apache-2.0
public import CXRTensor
internal import CXRTestSupport

extension StateDictionary {
  /// Gives every tensor the numbers that its name and shape stand for; see `ClosedForm`.
  ///
  /// - Throws: `TensorError` if memory is short.
  public func fillWithClosedForms() throws(TensorError) {
    try withoutGradients { () throws(TensorError) in
      for entry in entries {
        let shape = entry.tensor.shape
        let name = entry.name.replacing("text_model.", with: "")
        try entry.tensor.assign(Tensor(ClosedForm.weights(name, shape: shape), shape: shape))
      }
    }
  }
}
