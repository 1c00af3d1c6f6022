// SPDX-License-Identifier: Apache-2.0
internal import CTorch
internal import Glibc

/// The libtorch that this program was built with, if any.
public enum Torch {
  /// Whether tensors can be computed; libtorch is loaded on the first question.
  public static var isAvailable: Bool { problem == nil }

  /// Why tensors cannot be computed, and what to do; `nil` if they can.
  public static var problem: TensorError? {
    if case .failure(let error) = TorchLibrary.shared { error } else { nil }
  }

  /// The release of libtorch, such as `2.13.0`; `nil` without it.
  public static var version: String? {
    unsafe try? String(cString: library().version)
  }

  /// The folder that libtorch was loaded from; `nil` without it.
  public static var folder: String? {
    unsafe try? library().devices.library_folder().map { unsafe taken($0) }
  }

  /// libtorch's account of how it was built, several lines; `nil` without it.
  public static var configuration: String? {
    unsafe try? taken(library().devices.configuration())
  }

  /// How many threads one operator may use on the processor; at least 1.
  ///
  /// Threads of a data loader come on top of these: together they should not exceed the cores.
  public static var threadCount: Int {
    get { unsafe (try? Int(library().devices.thread_count())) ?? 1 }
    set {
      precondition(newValue > 0, "an operator needs a thread")
      unsafe try? library().devices.set_thread_count(Int64(newValue))
    }
  }

  /// The table of functions.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable` without libtorch.
  static func library() throws(TensorError) -> cxr_torch {
    unsafe try TorchLibrary.shared.get().functions
  }

  /// The table of functions for what exists only with libtorch, such as a tensor.
  static var loaded: cxr_torch {
    guard case .success(let library) = TorchLibrary.shared else {
      preconditionFailure("a tensor without libtorch")
    }
    return unsafe library.functions
  }

  /// Throws libtorch's words, if a function returned some.
  static func check(
    _ words: UnsafeMutablePointer<CChar>?, _ call: @autoclosure () -> String
  ) throws(TensorError) {
    guard let words = unsafe words else { return }
    let text = unsafe taken(words)
    let isMemory = text.contains("out of memory") || text.contains("can't allocate memory")
    throw TensorError(isMemory ? .outOfMemory : .refused, "\(call()): \(text)")
  }

  /// Calls a function that gives an object, of which the caller becomes the owner.
  ///
  /// - Parameters:
  ///   - call: The call in words, for an error.
  ///   - objects: What must outlive the call: Swift may free an object once its handle was read.
  ///   - body: The call.
  /// - Returns: The object.
  /// - Throws: ``TensorError`` with libtorch's words.
  static func make(
    _ call: @autoclosure () -> String, keeping objects: [AnyObject?] = [],
    _ body: (cxr_torch, UnsafeMutablePointer<OpaquePointer?>) -> UnsafeMutablePointer<CChar>?
  ) throws(TensorError) -> OpaquePointer {
    let library = unsafe try library()
    var made: OpaquePointer?
    let words = unsafe withExtendedLifetime(objects) { unsafe body(library, &made) }
    try unsafe check(words, call())
    guard let made = unsafe made else { preconditionFailure("libtorch gave nothing") }
    return unsafe made
  }

  /// Calls a function that can fail; the parameters are those of ``make(_:keeping:_:)``.
  static func run(
    _ call: @autoclosure () -> String, keeping objects: [AnyObject?] = [],
    _ body: (cxr_torch) -> UnsafeMutablePointer<CChar>?
  ) throws(TensorError) {
    let library = unsafe try library()
    try unsafe check(withExtendedLifetime(objects) { unsafe body(library) }, call())
  }

  /// The text of memory from malloc, which is freed.
  private static func taken(_ words: UnsafeMutablePointer<CChar>) -> String {
    defer { unsafe free(words) }
    return unsafe String(cString: words)
  }
}
