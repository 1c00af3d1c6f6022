// SPDX-License-Identifier: Apache-2.0

/// Black is −1024, white is 1024: what the models of torchxrayvision read.
///
/// - SeeAlso: Cohen et al., *TorchXRayVision*, MIDL 2022, <https://arxiv.org/abs/2111.00595>.
public enum XRVRange: LinearRange {
  /// `[-1024, 1024]`.
  public static let name = "[-1024, 1024]"
  /// −1024 to 1024.
  public static let bounds: ClosedRange<Float> = -1_024...1_024
}
