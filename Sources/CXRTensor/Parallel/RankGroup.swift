// SPDX-License-Identifier: Apache-2.0
internal import CTorch

/// The processes that train one network together, of which this one is a rank.
///
///     let ranks = try RankGroup(RankLaunch(environment: environment))
///     let labels = try ranks.sum([knownLabelCount])[0]  // over all ranks
///
/// Every rank makes the same calls in the same order; one that leaves them out lets the others wait.
/// All functions of a group are called by one thread at a time.
public struct RankGroup: Sendable {
  /// The number of this rank, from 0.
  public let rank: Int
  /// How many ranks there are.
  public let count: Int
  /// What carries numbers; `nil` for a rank that is alone.
  private let transport: (any RankTransport)?

  /// A process by itself, for which every call gives what it was given.
  public static let alone = RankGroup(rank: 0, count: 1, transport: nil)

  /// Joins the processes that a launcher has started, over OpenMPI; once in a process.
  ///
  /// - Parameter launch: What the launcher says; `nil` for a process by itself.
  /// - Throws: ``TensorError`` with code `.unavailable` in a build without OpenMPI, or if OpenMPI
  ///   does not see what the launcher has started.
  public init(_ launch: RankLaunch?) throws(TensorError) {
    guard let launch else {
      self = .alone
      return
    }
    let transport = try MPITransport()
    let (rank, count) = try transport.join()
    guard count == launch.count else {
      throw TensorError(
        .unavailable,
        "the launcher started \(launch.count) ranks, but OpenMPI sees \(count); start them with "
          + "OpenMPI's mpirun, or with srun --mpi=pmix")
    }
    self.init(rank: rank, count: count, transport: transport)
  }

  /// Makes a rank of a group.
  ///
  /// - Parameters:
  ///   - rank: The number of the rank, from 0.
  ///   - count: How many ranks there are.
  ///   - transport: What carries numbers; `nil` for a rank that is alone.
  package init(rank: Int, count: Int, transport: (any RankTransport)?) {
    (self.rank, self.count, self.transport) = (rank, count, transport)
  }

  /// Why this program, with OpenMPI loaded, cannot be one of several ranks; `nil` if it can.
  public static var problem: TensorError? {
    do throws(TensorError) {
      _ = try MPITransport()
      return nil
    } catch {
      return error
    }
  }

  /// Whether this is rank 0, which alone writes files.
  public var isFirst: Bool { rank == 0 }

  /// Whether there are others.
  public var isShared: Bool { count > 1 }

  /// The sums over all ranks, place by place: the same bits in each rank.
  ///
  /// - Throws: ``TensorError`` with MPI's words.
  /// - Precondition: All ranks give as many numbers.
  public func sum(_ values: [Double]) throws(TensorError) -> [Double] {
    guard let transport else { return values }
    var sums = values
    try unsafe Self.lend(&sums) { values throws(TensorError) in
      try unsafe transport.sum(values)
    }
    return sums
  }

  /// The numbers of all ranks, rank by rank, of which each may have another count.
  ///
  /// - Throws: ``TensorError`` with MPI's words.
  public func gathered(_ values: [Double]) throws(TensorError) -> [Double] {
    guard isShared else { return values }
    var counts = [Double](repeating: 0, count: count)
    counts[rank] = Double(values.count)
    counts = try sum(counts)
    let start = counts[..<rank].reduce(0) { $0 + Int($1) }
    // Every place is a number of one rank, to which the others add 0.
    var places = [Double](repeating: 0, count: counts.reduce(0) { $0 + Int($1) })
    places.replaceSubrange(start..<start + values.count, with: values)
    return try sum(places)
  }

  /// Whether any rank says yes.
  ///
  /// - Throws: ``TensorError`` with MPI's words.
  public func any(_ answer: Bool) throws(TensorError) -> Bool {
    try sum([answer ? 1 : 0])[0] > 0
  }

  /// The bytes of rank 0, in each rank.
  ///
  /// - Throws: ``TensorError`` with MPI's words.
  public func ofFirst(_ bytes: [UInt8]) throws(TensorError) -> [UInt8] {
    guard let transport else { return bytes }
    let length = try sum([isFirst ? Double(bytes.count) : 0])[0]
    var result = isFirst ? bytes : [UInt8](repeating: 0, count: Int(length))
    try unsafe Self.lend(&result) { bytes throws(TensorError) in
      try unsafe transport.broadcast(UnsafeMutableRawBufferPointer(bytes))
    }
    return result
  }

  /// Puts the sums over all ranks in the place of a tensor's elements, on any device.
  ///
  /// - Parameter tensor: float32, contiguous, without gradient.
  /// - Throws: ``TensorError`` with MPI's words, or if memory is short.
  func sum(into tensor: Tensor) throws(TensorError) {
    precondition(tensor.scalarType == .float32 && tensor.isContiguous)
    guard let transport else { return }
    // Numbers of an accelerator travel through the memory of the processor.
    let host = try tensor.converted(on: .cpu)
    let result = unsafe host.described { info -> Result<Void, TensorError> in
      guard let data = unsafe info.data else { return .success(()) }
      let values = unsafe UnsafeMutableBufferPointer(
        start: data.assumingMemoryBound(to: Float.self), count: Int(info.element_count))
      return Result { () throws(TensorError) in try unsafe transport.sum(values) }
    }
    try result.get()
    if tensor.device != .cpu { try tensor.assign(host) }
  }

  /// Waits until every rank has come here.
  ///
  /// - Throws: ``TensorError`` with MPI's words.
  public func wait() throws(TensorError) { try transport?.wait() }

  /// Runs a body on rank 0 and then on the others, which find what it has written.
  ///
  /// - Parameter body: What is done.
  /// - Returns: What the body gives in this rank.
  /// - Throws: What the body throws; ``TensorError`` with MPI's words.
  public func firstThenOthers<Result>(_ body: () throws -> Result) throws -> Result {
    guard isFirst else {
      try wait()
      return try body()
    }
    let result = try body()
    try wait()
    return result
  }

  /// Leaves the group: the last call of every rank.
  public func leave() { transport?.leave() }

  /// Ends the processes of all ranks, which would otherwise wait for this one.
  ///
  /// - Parameter status: The exit status.
  public func abort(status: Int32) { transport?.abort(status: status) }

  /// Lends an array's memory to a body that can throw.
  private static func lend<Element>(
    _ values: inout [Element],
    _ body: (UnsafeMutableBufferPointer<Element>) throws(TensorError) -> Void
  ) throws(TensorError) {
    let result = unsafe values.withUnsafeMutableBufferPointer { buffer in
      Result { () throws(TensorError) in try unsafe body(buffer) }
    }
    try result.get()
  }
}
