// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// The groups of radiographs in a store that show the same picture.
///
///     let report = try await DuplicateReport(of: store, maximumDistance: 4, threads: 8)
///     report.groups.count { $0.degree == .file }
public struct DuplicateReport: Sendable {
  /// How alike the radiographs of a group are; the first is the strictest.
  public enum Degree: String, CaseIterable, Codable, Sendable {
    /// The files are the same, byte by byte.
    case file
    /// The stored pixels are the same, the files are not.
    case pixels
    /// The pictures are nearly the same.
    case near
  }

  /// Radiographs that show the same picture.
  public struct Group: Sendable, Hashable {
    /// The weakest likeness that holds the group together.
    public var degree: Degree
    /// The SHA-256 of the first member's stored pixels.
    public var digest: String
    /// The members: numbers of radiographs in the store, in order.
    public var members: [Int]
  }

  /// The groups, in the order of their first members.
  public let groups: [Group]

  /// Searches a store.
  ///
  /// The defaults were measured on phantoms; <doc:FindingDuplicates> has the figures.
  ///
  /// - Parameters:
  ///   - store: The store; all its images have the same size.
  ///   - maximumDistance: The most bits of 64 in which the perceptual hashes of two like pictures
  ///     differ, 0 to 15; `nil` to look for equal files and pixels only.
  ///   - minimumCorrelation: The least Pearson correlation of the details of two like pictures: of
  ///     what is left of the stored pixels, shrunk to 64 × 64, without the mean of their neighbours.
  ///   - threads: How many images are read at a time.
  ///   - progress: Called with the number of images read, from any thread.
  /// - Throws: `CancellationError`.
  /// - Complexity: O(pixels) and that of ``DuplicateSearch/nearPairs(of:)``.
  public init(
    of store: ImageStore, maximumDistance: Int? = 4, minimumCorrelation: Double = 0.95,
    threads: Int, progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws {
    let radiographs = store.radiographs
    let prints = try await radiographs.indices.concurrentMap(width: threads) { index in
      progress(index)
      return Print(of: store, at: index, isHashed: maximumDistance != nil)
    }
    var forest = Forest(count: radiographs.count)
    forest.join(radiographs.map { $0.source?.sha256 ?? "" }, as: .file)
    forest.join(prints.map(\.digest), as: .pixels)
    if let maximumDistance {
      // Pairs come in the order of their first members: those need one look each.
      var latest: (number: Int, detail: PictureDetail)?
      for (first, second) in DuplicateSearch(maximumDistance: maximumDistance)
        .nearPairs(of: prints.map(\.hash)) where forest.root(first) != forest.root(second)
      {
        let detail =
          latest?.number == first ? latest?.detail : PictureDetail(store.image(at: first))
        guard let detail else { continue }
        latest = (first, detail)
        let correlation = detail.correlation(with: PictureDetail(store.image(at: second)))
        guard correlation >= minimumCorrelation else { continue }
        forest.join(first, second, as: .near)
      }
    }
    groups = forest.groups.map { members, degree in
      Group(degree: degree, digest: prints[members[0]].digest, members: members)
    }
  }

  /// What identifies a stored picture.
  private struct Print: Sendable {
    let digest: String
    let hash: UInt64

    init(of store: ImageStore, at index: Int, isHashed: Bool) {
      digest = store.withBytes(at: index) { bytes in
        unsafe bytes.withUnsafeBytes { unsafe FileDigest.sha256(of: $0) }
      }
      hash = isHashed ? PerceptualHash(store.image(at: index)).bits : 0
    }
  }

  /// Sets of radiographs that grow together.
  private struct Forest {
    private var parents: [Int]
    private var degrees: [Degree?]

    init(count: Int) {
      parents = Array(0..<count)
      degrees = Array(repeating: nil, count: count)
    }

    func root(_ member: Int) -> Int {
      var member = member
      while parents[member] != member { member = parents[member] }
      return member
    }

    mutating func join(_ first: Int, _ second: Int, as degree: Degree) {
      let (low, high) = (min(root(first), root(second)), max(root(first), root(second)))
      guard low != high else { return }
      parents[high] = low
      // Degrees come in falling order of strictness, so that the last one is the weakest.
      degrees[low] = degree
    }

    mutating func join(_ keys: [String], as degree: Degree) {
      var firstByKey: [String: Int] = [:]
      for (member, key) in keys.enumerated() where !key.isEmpty {
        if let first = firstByKey[key] {
          join(first, member, as: degree)
        } else {
          firstByKey[key] = member
        }
      }
    }

    /// The sets of at least two, in the order of their first members.
    var groups: [(members: [Int], degree: Degree)] {
      let sets = Dictionary(grouping: parents.indices, by: root)
      return sets.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
        .map { ($0.value, degrees[$0.key] ?? .near) }
    }
  }
}
