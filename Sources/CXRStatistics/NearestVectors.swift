// SPDX-License-Identifier: Apache-2.0
internal import COpenBLAS

/// For each vector of one set, the vector of another set in the most similar direction.
///
///     let nearest = NearestVectors(to: synthetic, in: real)
///     nearest.matches[0]  // Match(index: 4711, cosine: 0.93)
public struct NearestVectors: Sendable {
  /// The most similar vector.
  public struct Match: Hashable, Sendable {
    /// Its position in its set.
    public let index: Int
    /// The cosine of the angle to it, from −1 to 1.
    public let cosine: Double
  }

  /// The most similar vector for each vector, the first of equals; `nil` where none was allowed.
  public let matches: [Match?]

  /// Searches a set.
  ///
  /// - Parameters:
  ///   - vectors: What a similar vector is searched for.
  ///   - set: Where it is searched.
  /// - Precondition: Both are of as many dimensions.
  /// - Complexity: O(*n m d*), all pairs; memory for 256 rows of the products.
  public init(to vectors: UnitVectors, in set: UnitVectors) {
    self.init(vectors, set) { _, _ in true }
  }

  /// Searches a set for similar vectors of other groups, such as other patients.
  ///
  /// - Parameters:
  ///   - vectors: The set; each vector is compared with those of other groups.
  ///   - groups: The group of each vector.
  /// - Precondition: There are as many groups as vectors.
  /// - Complexity: O(*n*² *d*), all pairs; memory for 256 rows of the products.
  public init(within vectors: UnitVectors, across groups: [Int]) {
    precondition(groups.count == vectors.count, "a group for each vector")
    self.init(vectors, vectors) { groups[$0] != groups[$1] }
  }

  private init(
    _ vectors: UnitVectors, _ set: UnitVectors, isAllowed: (_ row: Int, _ other: Int) -> Bool
  ) {
    precondition(vectors.dimensions == set.dimensions, "vectors of one length")
    let blockLength = 256
    var matches: [Match?] = []
    matches.reserveCapacity(vectors.count)
    var cosines = [Float](repeating: 0, count: min(blockLength, vectors.count) * set.count)
    for start in stride(from: 0, to: vectors.count, by: blockLength) {
      let length = min(blockLength, vectors.count - start)
      let block = Array(
        vectors.rows[start * set.dimensions..<(start + length) * set.dimensions])
      unsafe cblas_sgemm(
        CblasRowMajor, CblasNoTrans, CblasTrans, blasint(length), blasint(set.count),
        blasint(set.dimensions), 1, block, blasint(set.dimensions), set.rows,
        blasint(set.dimensions), 0, &cosines, blasint(set.count))
      for row in 0..<length {
        var best = -1
        var largest = -Float.infinity
        for other in 0..<set.count {
          let cosine = cosines[row * set.count + other]
          if cosine > largest, isAllowed(start + row, other) { (best, largest) = (other, cosine) }
        }
        matches.append(
          best < 0 ? nil : Match(index: best, cosine: Double(min(max(largest, -1), 1))))
      }
    }
    self.matches = matches
  }
}
