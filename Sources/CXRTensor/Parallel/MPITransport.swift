// SPDX-License-Identifier: Apache-2.0
internal import CMPI
internal import Glibc

/// OpenMPI, loaded when a launcher has started this process beside others.
@safe struct MPITransport: RankTransport {
  private let functions: cxr_mpi

  /// Loads the library beside the program; MPI is joined by ``join()``.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable`.
  init() throws(TensorError) {
    guard let path = SharedLibrary.path(of: "libCXRMPI.so") else { throw .withoutMPI }
    // OpenMPI's plug-ins look its functions up among those of the whole process.
    guard let library = unsafe dlopen(path, RTLD_NOW | RTLD_GLOBAL) else {
      throw TensorError(
        .unavailable,
        "OpenMPI cannot be loaded: \(SharedLibrary.problem); install openmpi-bin and libopenmpi-dev"
      )
    }
    guard let symbol = unsafe dlsym(library, CXR_MPI_ENTRY) else { throw .withoutMPI }
    let entry = unsafe unsafeBitCast(symbol, to: cxr_mpi_entry.self)
    guard let table = unsafe entry() else { throw .withoutMPI }
    guard unsafe table.pointee.size == MemoryLayout<cxr_mpi>.size else {
      throw TensorError(
        .unavailable, "\(path) is of another build than this program; run `make build` again")
    }
    unsafe functions = table.pointee
  }

  /// Joins the processes that were started together.
  ///
  /// - Throws: ``TensorError`` with code `.unavailable`.
  func join() throws(TensorError) -> (rank: Int, count: Int) {
    var rank: Int64 = 0
    var count: Int64 = 1
    do throws(TensorError) {
      try unsafe check(functions.join(&rank, &count), "joining the ranks")
    } catch {
      throw TensorError(.unavailable, error.message)
    }
    return (Int(rank), Int(count))
  }

  func sum(_ values: UnsafeMutableBufferPointer<Float>) throws(TensorError) {
    try unsafe check(functions.sum_floats(values.baseAddress, Int64(values.count)), "a sum")
  }

  func sum(_ values: UnsafeMutableBufferPointer<Double>) throws(TensorError) {
    try unsafe check(functions.sum_doubles(values.baseAddress, Int64(values.count)), "a sum")
  }

  func broadcast(_ bytes: UnsafeMutableRawBufferPointer) throws(TensorError) {
    try unsafe check(functions.broadcast(bytes.baseAddress, Int64(bytes.count)), "a broadcast")
  }

  func wait() throws(TensorError) { try unsafe check(functions.wait(), "waiting") }

  func leave() { functions.leave() }

  func abort(status: Int32) { functions.abort(status) }

  private func check(
    _ words: UnsafeMutablePointer<CChar>?, _ call: String
  ) throws(TensorError) {
    guard let words = unsafe words else { return }
    defer { unsafe free(words) }
    throw TensorError(.refused, "OpenMPI, \(call): \(unsafe String(cString: words))")
  }
}

// The table is a constant; who calls its functions sees to it that one thread does at a time.
extension MPITransport: @unchecked Sendable {}

extension TensorError {
  /// The error of a program without OpenMPI.
  fileprivate static let withoutMPI = TensorError(
    .unavailable,
    "this cxr was built without OpenMPI, so it cannot be one of several ranks; install openmpi-bin "
      + "and libopenmpi-dev and run `make build`")
}
