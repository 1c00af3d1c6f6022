// SPDX-License-Identifier: Apache-2.0
internal import CXRTensor

/// Returns a sum of tensors with weights in a float32 tensor of its own.
///
/// Tensors of weight 0 are left out, so that they may be absent in effect.
func weightedSum(_ terms: (weight: Double, tensor: Tensor)...) throws(TensorError) -> Tensor {
  var sum: Tensor?
  for (weight, tensor) in terms where weight != 0 {
    if let sum {
      try sum.add(tensor, times: weight)
    } else {
      sum = try tensor.converted(to: .float32) * weight
    }
  }
  if let sum { return sum }
  return try Tensor.zeros(terms[0].tensor.shape, on: terms[0].tensor.device)
}
