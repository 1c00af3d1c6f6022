// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRFiles
import CXRTensor
import Foundation

/// Rows of numbers that were computed from images, kept in NumPy files whose names are digests of what
/// they were computed from: a command that was stopped goes on from there.
///
/// A file that is damaged, or not there, is computed again.
struct RowCache: Sendable {
  /// The folder of the files.
  let folder: String
  /// The rows of a file.
  static let chunkLength = 128

  /// The parts that rows are computed in.
  static func chunks(of count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: chunkLength).map { $0..<min($0 + chunkLength, count) }
  }

  /// The number of rows of which there is no file.
  ///
  /// - Parameters:
  ///   - kind: What is computed: model and settings.
  ///   - items: What each row is computed from.
  /// - Returns: The number of rows.
  func missingCount(_ kind: String, of items: [String]) -> Int {
    Self.chunks(of: items.count).reduce(0) { count, chunk in
      let exists = FileManager.default.fileExists(atPath: path(kind, items[chunk]))
      return count + (exists ? 0 : chunk.count)
    }
  }

  /// Reads rows, or computes and keeps them.
  ///
  /// - Parameters:
  ///   - kind: What is computed: model and settings.
  ///   - items: What each row is computed from.
  ///   - isSingle: Whether single precision holds the numbers.
  ///   - progress: Called with the number of rows that are done.
  ///   - compute: Computes some rows; as many numbers for each.
  /// - Returns: The numbers, row by row.
  /// - Throws: `FileError` with code `.unwritable`; what `compute` throws.
  @TensorActor func rows(
    _ kind: String, of items: [String], isSingle: Bool, progress: (Int) -> Void,
    compute: @TensorActor (Range<Int>) async throws -> [Double]
  ) async throws -> [Double] {
    var values: [Double] = []
    for chunk in Self.chunks(of: items.count) {
      try Task.checkCancellation()
      let path = path(kind, items[chunk])
      if let known = try? NPYMatrix(path: path), known.rowCount == chunk.count {
        values += known.values
      } else {
        let fresh = try await compute(chunk)
        let width = fresh.count / chunk.count
        if isSingle {
          try NPYMatrix.write(fresh.map(Float.init), columnCount: width, to: path)
        } else {
          try NPYMatrix.write(fresh, columnCount: width, to: path)
        }
        values += fresh
      }
      progress(chunk.upperBound)
    }
    return values
  }

  /// Makes the folder.
  ///
  /// - Throws: `FileError` with code `.unwritable`.
  func prepare() throws(FileError) {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw FileError(
        .unwritable, "\(folder) cannot be made; check the path and its permissions.", cause: error)
    }
  }

  private func path(_ kind: String, _ items: ArraySlice<String>) -> String {
    "\(folder)/\(FileDigest.sha256(of: "1\n\(kind)\n" + items.joined(separator: "\n"))).npy"
  }
}
