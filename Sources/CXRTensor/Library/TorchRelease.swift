// SPDX-License-Identifier: Apache-2.0

/// A release of libtorch, such as 2.13.0.
struct TorchRelease: Equatable, CustomStringConvertible {
  /// The three numbers with dots between them.
  let description: String

  /// The release of a text such as `2.13.0`.
  init(_ description: String) { self.description = description }

  /// The release of libtorch's number, whose highest three bytes are those of the release.
  init(number: UInt64) {
    description = [56, 48, 40].map { "\(number >> $0 & 0xFF)" }.joined(separator: ".")
  }

  /// Checks that the libtorch that was loaded is the one whose headers were compiled.
  ///
  /// Objects are laid out differently in other releases, so that a call would end the program.
  ///
  /// - Parameters:
  ///   - loaded: The release that was loaded.
  ///   - isChosen: Whether the environment chose it.
  /// - Throws: ``TensorError`` with code `.unavailable` for another release.
  func require(loaded: TorchRelease, isChosen: Bool) throws(TensorError) {
    guard loaded != self else { return }
    let remedy =
      isChosen
      ? "name the folder of libtorch \(self) in CXR_LIBTORCH, or unset it"
      : "install libtorch \(self), or run `make build` again"
    throw TensorError(
      .unavailable,
      "libtorch \(loaded) was loaded, but this cxr was built for libtorch \(self); \(remedy)")
  }
}
