// SPDX-License-Identifier: Apache-2.0
public import CXRFiles
public import CXRTensor
internal import Foundation

/// The files of a training run.
///
/// `run.json` says what is learned, `metrics.csv` how it went, `best` is the model to use,
/// `stage-0` and its successors are the best of the stages before the last, `checkpoint` is from
/// where the run goes on.
public struct RunFolder<Configuration: Codable & Equatable & Sendable>: Sendable {
  /// The path of the folder.
  public let path: String

  /// Names a folder; nothing is read.
  public init(path: String) { self.path = path }

  /// The path of `run.json`.
  public var configurationPath: String { "\(path)/run.json" }
  /// The path of the table.
  public var metricsPath: String { "\(path)/metrics.csv" }
  /// The path of the model to use.
  public var bestPath: String { "\(path)/best" }
  /// From where the run goes on.
  public var checkpoint: Checkpoint { Checkpoint(path: "\(path)/checkpoint") }
  /// The path of the best of a stage before the last, from 0.
  public func stagePath(_ stage: Int) -> String { "\(path)/stage-\(stage)" }

  /// Whether a run was begun here.
  public var isBegun: Bool { FileManager.default.fileExists(atPath: configurationPath) }

  /// What `run.json` holds: all that a run is a function of.
  public struct Content: Codable, Equatable, Sendable {
    /// What is learned and how.
    public let configuration: Configuration
    /// Digests of the lists of images and of what is said of them.
    public let images: [String: String]
    /// The digest of the weights that are given, if any.
    public let weights: String?
    /// How many ranks train, if not one: with others the same images give other last digits.
    public let rankCount: Int?
    /// The numbers of threads of an operator that rank 0 computed the run with, in their order.
    ///
    /// A run that is resumed may have several. They decide over the last bits.
    public internal(set) var threadCounts: [Int]

    /// Puts the content together.
    public init(
      configuration: Configuration, images: [String: String], weights: String?, rankCount: Int?,
      threadCounts: [Int]
    ) {
      self.configuration = configuration
      self.images = images
      self.weights = weights
      self.rankCount = rankCount
      self.threadCounts = threadCounts
    }

    /// What another run learns with that is not the same, in words; threads do not count.
    func differences(from other: Content) -> [String] {
      var words = configuration == other.configuration ? [] : ["settings"]
      words += Set(images.keys).union(other.images.keys).sorted()
        .filter { images[$0] != other.images[$0] }.map { "\($0) images or labels" }
      if weights != other.weights { words.append("weights") }
      return words
    }

    /// Checks that all ranks learn the same as rank 0, be it with other threads.
    ///
    /// - Parameter ranks: The ranks, which all call this.
    /// - Throws: ``TrainingDataError`` with code `.unfitSources` in a rank that does not;
    ///   `TensorError` if the ranks cannot be reached.
    public func requireSame(onAll ranks: RankGroup) throws {
      guard ranks.isShared else { return }
      let first = try ranks.ofFirst(Array(JSONDocument.encode(self)))
      let differences = try differences(
        from: JSONDecoder().decode(Content.self, from: Data(first)))
      guard differences.isEmpty else {
        throw TrainingDataError(
          .unfitSources,
          "rank \(ranks.rank) has other \(differences.joined(separator: " and other ")) than rank 0; "
            + "start all ranks with one command, and let them see the same files.")
      }
    }
  }

  /// What `run.json` says.
  ///
  /// - Throws: `FileError` with code `.missing` or `.malformed`.
  public func content() throws(FileError) -> Content {
    try JSONDocument.read(from: configurationPath)
  }

  /// Checks that a new run would not go over anything.
  ///
  /// - Parameter preparation: The name of a folder that may be there before the run is begun.
  /// - Throws: `FileError` with code `.unwritable` if the folder holds files.
  public func requireEmpty(besides preparation: String? = nil) throws(FileError) {
    let entries = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard entries.allSatisfy({ $0 == preparation }) else {
      throw FileError(
        .unwritable,
        isBegun
          ? "\(path) holds a training run; go on with it by --resume, or name another folder."
          : "\(path) holds files that are no training run; name another folder.")
    }
  }

  /// Makes the folder for a new run.
  ///
  /// - Throws: `FileError` with code `.unwritable` if it cannot be made.
  public func begin(_ content: Content) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable, "\(path) cannot be made; check the folder above it and its permissions.",
        cause: error)
    }
    try JSONDocument.write(content, to: configurationPath)
  }

  /// Checks that a run that was begun here learns the same.
  ///
  /// - Returns: What `run.json` holds, with the threads that it was computed with.
  /// - Throws: `FileError` with code `.missing` if there is none, `.malformed` for other settings;
  ///   ``TrainingDataError`` with code `.unfitSources` for other images.
  public func requireSame(_ content: Content) throws -> Content {
    guard isBegun else {
      throw FileError(.missing, "\(path) holds no training run to go on with; leave --resume out.")
    }
    let begun = try self.content()
    for (name, digest) in begun.images.sorted(by: { $0.key < $1.key })
    where content.images[name] != digest {
      throw TrainingDataError(
        .unfitSources,
        "\(path) was begun with other \(name) images or labels; give the same catalog, store, parts "
          + "and policy, or begin anew in another folder.")
    }
    guard begun.rankCount == content.rankCount else {
      throw FileError(
        .malformed,
        "\(path) was begun with \(Self.text(begun.rankCount)), and is gone on with by "
          + "\(Self.text(content.rankCount)); start as many.")
    }
    guard begun.differences(from: content).isEmpty else {
      throw FileError(
        .malformed,
        "\(path) was begun with other settings (see run.json); give the same ones, or name another "
          + "folder.")
    }
    return begun
  }

  /// Goes on with a run that was begun here, and notes with how many threads.
  ///
  /// - Parameters:
  ///   - content: What is learned now.
  ///   - isFinished: Whether nothing is left to compute, so that nothing is noted.
  /// - Throws: As ``requireSame(_:)``; `FileError` with code `.unwritable`.
  public func resume(_ content: Content, isFinished: Bool) throws {
    var begun = try requireSame(content)
    guard !isFinished, begun.threadCounts.last != content.threadCounts.last else { return }
    begun.threadCounts += content.threadCounts
    try JSONDocument.write(begun, to: configurationPath)
  }

  private static func text(_ rankCount: Int?) -> String {
    rankCount.map { "\($0) ranks" } ?? "one rank"
  }
}
