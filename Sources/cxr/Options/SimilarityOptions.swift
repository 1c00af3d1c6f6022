// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRFiles
import CXRImage
import Foundation

/// How images are compared, and what is written of it.
struct SimilarityOptions: ParsableArguments {
  @OptionGroup var output: OutputOptions
  @OptionGroup var size: ImageLimitOptions

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

  /// How many problems are told one by one.
  private static let exampleCount = 5

  /// Compares pairs of files, leaves out those that cannot be compared, and prints what comes of it.
  ///
  /// - Parameter pairs: The paths of each pair.
  /// - Throws: `FileError` with code `.malformed` if no pair can be compared.
  func compare(_ pairs: [(first: String, second: String)]) async throws {
    let paths = pairs.flatMap { [$0.first, $0.second] }.distinct
    let numbers = Dictionary(uniqueKeysWithValues: zip(paths, paths.indices))
    let (side, filter) = (side, filter)
    let progress = ProgressLine("Comparing", total: 0)
    let survey = try await SimilaritySurvey(
      of: paths,
      pairs: pairs.compactMap { pair in
        guard let first = numbers[pair.first], let second = numbers[pair.second] else { return nil }
        return .init(first, second)
      },
      limits: size.limits, threads: threads,
      progress: { progress.update($0, of: $1) }
    ) { image throws(ImageError) in
      guard let side else { return image }
      return try image.transformed(by: .padSquare, .resize(.square(side), filter))
    }
    progress.finish()
    let problemCounts = Dictionary(grouping: survey.problems, by: \.error.code.rawValue)
      .mapValues(\.count)
    let compared = zip(pairs, survey.similarities).compactMap { pair, similarity in
      similarity.map {
        SimilarityDocument.Pair(first: pair.first, second: pair.second, similarity: $0)
      }
    }
    guard !compared.isEmpty else {
      throw FileError(
        .malformed,
        "None of \(NumberText.count(pairs.count, "pair")) can be compared. "
          + survey.problems.prefix(1).map { message($0, paths: paths) }.joined())
    }
    report(survey.problems.map { message($0, paths: paths) }, problemCounts)
    if let listFile { try AtomicFile.write(SimilarityDocument.table(compared), to: listFile) }
    let document = SimilarityDocument(compared, problemCounts: problemCounts)
    try output.write(document) { _ in document.text }
  }

  /// Says on standard error which pairs were left out.
  private func report(_ messages: [String], _ problemCounts: [String: Int]) {
    guard !messages.isEmpty else { return }
    let reasons = problemCounts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
      "\(NumberText.count($0.value)) \(ImageText.words($0.key))"
    }
    Console.note(
      "warning: left out \(NumberText.count(messages.count, "pair")): "
        + "\(reasons.joined(separator: ", ")).")
    let told = messages.distinct
    for message in told.prefix(Self.exampleCount) { Console.note("  " + message) }
    if told.count > Self.exampleCount {
      Console.note("  and \(NumberText.count(told.count - Self.exampleCount, "other"))")
    }
  }

  private func message(
    _ problem: (pair: SimilaritySurvey.Pair, error: ImageError), paths: [String]
  ) -> String {
    guard problem.error.code == .unfitSize else { return problem.error.message }
    return "\(paths[problem.pair.first]), \(paths[problem.pair.second]): "
      + "\(problem.error.message) Or give --side 512."
  }
}
