// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRFiles
import CXRImage
import Foundation

/// How images are compared, and what is written of it.
struct SimilarityOptions: ParsableArguments {
  @OptionGroup var output: OutputOptions

  @Option(help: "Pad images to squares and resize them to this side first, in pixels.")
  var side: Int?

  @Option(help: "How the number of pixels is changed.")
  var filter: ResizeFilter = .area

  @Option(name: .customLong("list"), help: "A CSV file to write every pair to.")
  var listFile: String?

  @Option(help: "The number of threads; it changes the time, never the result.")
  var threads = ProcessInfo.processInfo.activeProcessorCount

  mutating func validate() throws {
    guard threads > 0 else { throw ValidationError("--threads takes a number from 1.") }
    guard side.map({ (176...4096).contains($0) }) ?? true else {
      throw ValidationError("--side takes 176 to 4096 pixels; MS-SSIM needs five scales.")
    }
  }

  /// The images of a folder by the stems of their names, or one image.
  ///
  /// - Parameter path: The path of a folder or a file.
  /// - Returns: Paths by stem.
  /// - Throws: `FileError` if there is no image.
  static func images(at path: String) throws -> [String: String] {
    var isFolder: ObjCBool = false
    let exists = unsafe FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
    guard exists else {
      throw FileError(.missing, "There is no \(path); name a folder of images, or an image.")
    }
    guard isFolder.boolValue else { return ["": path] }
    let walk = try FolderWalk(
      path: path, suffixes: [".png", ".jpg", ".jpeg", ".dcm", ".dicom", ".PNG", ".JPG", ".JPEG"])
    var images: [String: String] = [:]
    while let file = try walk.next() {
      let stem = String(file[..<(file.lastIndex(of: ".") ?? file.endIndex)])
      if let other = images.updateValue("\(path)/\(file)", forKey: stem) {
        throw FileError(
          .malformed, "\(other) and \(path)/\(file) have the same name; keep one of them.")
      }
    }
    guard !images.isEmpty else {
      throw FileError(.missing, "\(path) holds no PNG, JPEG or DICOM file.")
    }
    return images
  }

  /// Compares pairs of files and prints what comes of it.
  func compare(_ pairs: [(first: String, second: String)]) async throws {
    let progress = ProgressLine("Comparing", total: pairs.count)
    let side = side
    let filter = filter
    let compared = try await pairs.indices.concurrentMap(width: threads) { index in
      let pair = pairs[index]
      progress.update(index)
      do {
        return SimilarityDocument.Pair(
          first: pair.first, second: pair.second,
          similarity: try PairSimilarity(
            Self.image(pair.first, side: side, filter: filter),
            Self.image(pair.second, side: side, filter: filter)))
      } catch let error as ImageError where error.code == .unfitSize {
        throw ImageError(
          error.code, "\(pair.first), \(pair.second): \(error.message) Or give --side 512.")
      }
    }
    progress.finish()
    if let listFile { try AtomicFile.write(SimilarityDocument.table(compared), to: listFile) }
    let document = SimilarityDocument(compared)
    try output.write(document) { _ in document.text }
  }

  private static func image(
    _ path: String, side: Int?, filter: ResizeFilter
  ) throws -> GrayImage {
    let image = try GrayImage(contentsOf: path)
    return try side.map { try image.transformed(by: .padSquare, .resize(.square($0), filter)) }
      ?? image
  }
}
