// SPDX-License-Identifier: Apache-2.0
internal import CTorch
internal import Glibc

/// The shared library that calls libtorch, loaded when it is first asked for.
@safe struct TorchLibrary {
  /// The table of functions, valid for the life of the process.
  let functions: cxr_torch

  /// The library of this process, or why there is none.
  static let shared: Result<TorchLibrary, TensorError> = Result { () throws(TensorError) in
    try TorchLibrary()
  }

  /// Loads the library beside the program.
  private init() throws(TensorError) {
    guard let path = SharedLibrary.path(of: "libCXRTorch.so") else { throw .withoutTorch }
    try TorchLibrary.preload()
    guard let library = unsafe SharedLibrary.load(path, RTLD_LOCAL) else {
      throw TensorError(
        .unavailable,
        "libtorch cannot be loaded: \(SharedLibrary.problem); name the folder of a libtorch of the "
          + "release that this cxr was built for in CXR_LIBTORCH")
    }
    guard let symbol = unsafe dlsym(library, CXR_TORCH_ENTRY) else { throw .withoutTorch }
    let entry = unsafe unsafeBitCast(symbol, to: cxr_torch_entry.self)
    guard let table = unsafe entry() else { throw .withoutTorch }
    guard unsafe table.pointee.size == MemoryLayout<cxr_torch>.size else {
      throw TensorError(
        .unavailable, "\(path) is of another build than this program; run `make build` again")
    }
    unsafe functions = table.pointee
    try unsafe TorchRelease(String(cString: functions.version)).require(
      loaded: TorchRelease(number: functions.loaded_version()),
      isChosen: getenv("CXR_LIBTORCH") != nil)
  }

  /// Loads libtorch from the folder that the environment names, so that it is used in place of the
  /// one that this program was built with: one for CUDA, say.
  private static func preload() throws(TensorError) {
    guard let value = unsafe getenv("CXR_LIBTORCH") else { return }
    let folder = unsafe String(cString: value)
    for name in ["libc10.so", "libtorch_cpu.so"] {
      let paths: [String] = ["\(folder)/lib/\(name)", "\(folder)/\(name)"]
      let path = paths.first { unsafe access($0, F_OK) == 0 }
      guard let path else {
        throw TensorError(.unavailable, "CXR_LIBTORCH names \(folder), where there is no \(name)")
      }
      guard unsafe SharedLibrary.load(path, RTLD_GLOBAL) != nil else {
        throw TensorError(.unavailable, "\(path) cannot be loaded: \(SharedLibrary.problem)")
      }
    }
  }
}

// The table is a constant, and its functions say themselves which thread may call them.
extension TorchLibrary: @unchecked Sendable {}

extension TensorError {
  /// The error of a program without libtorch.
  fileprivate static let withoutTorch = TensorError(
    .unavailable,
    "this cxr was built without libtorch; build it with `make build`, or `swift build --traits Torch`"
  )
}
