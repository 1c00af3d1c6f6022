// SPDX-License-Identifier: Apache-2.0

/// Numbers one after the other in an archive of PyTorch, which tensors are views of.
struct TorchStorage {
  /// The name of the entry.
  let entry: String
  /// The type of the numbers, or `nil` if the tensors say it.
  let scalarType: ScalarType?
  /// Where the bytes lie in the file.
  let range: Range<Int>
}
