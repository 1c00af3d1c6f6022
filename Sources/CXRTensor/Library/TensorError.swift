// SPDX-License-Identifier: Apache-2.0

/// Why a tensor could not be computed, read or written.
public struct TensorError: Error, Hashable, Sendable, CustomStringConvertible {
  /// A kind of failure, to switch on.
  public enum Code: String, Sendable {
    /// This program was built without libtorch, or the asked device does not work.
    case unavailable
    /// libtorch refused the call, such as for shapes that do not fit.
    case refused
    /// The memory of the processor or of a device does not suffice.
    case outOfMemory
    /// Named tensors are missing, unexpected or of another shape.
    case mismatch
    /// A number is NaN or infinite where a finite one is needed.
    case nonFinite
    /// A file cannot be read, is damaged, or holds what is not supported.
    case unreadable
    /// A file cannot be written.
    case unwritable
  }

  /// The kind of failure.
  public let code: Code
  /// What was expected, what was found, and the remedy.
  public let message: String

  /// Creates an error.
  ///
  /// - Parameters:
  ///   - code: The kind of failure.
  ///   - message: What was expected, what was found, and the remedy.
  public init(_ code: Code, _ message: String) {
    self.code = code
    self.message = message
  }

  /// The message.
  public var description: String { message }
}
