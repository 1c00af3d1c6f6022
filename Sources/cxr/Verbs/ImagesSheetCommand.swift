// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRImage
import Foundation

/// The command `cxr images sheet`.
struct ImagesSheetCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sheet",
    abstract: "Put radiographs and their labels on one page, a PNG.",
    discussion: """
      Images are drawn at random by --seed from those that are asked for; each \
      stands above its name, view, sex, age and positive findings.

      Example:
        cxr images sheet --dataset nih --root nih --finding Cardiomegaly \\
          --count 12 --out cardiomegaly.png
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var source: ImageSourceOptions

  @Option(help: "Only radiographs with this finding; repeatable, all must be there.")
  var finding: [Finding] = []

  @Option(help: "How many images are shown.")
  var count = 24

  @Option(help: "How many images stand side by side.")
  var columns = 6

  @Option(help: "The width and height of an image on the page, in pixels.")
  var side = 224

  @Option(help: "The seed of the draw.")
  var seed: UInt64 = 1

  @Option(
    name: .customLong("out"),
    help: "The PNG file to write, - for standard output; an old file is replaced.")
  var sheetPath: String

  @Flag(name: .customLong("dry-run"), help: "Draw and decode; write nothing.")
  var isDryRun = false

  /// What `--json` prints of a sheet.
  struct Document: Encodable {
    let file: String
    let isDryRun: Bool
    /// The number of radiographs from which was drawn.
    let matchingCount: Int
    let images: [Image]
    /// The number of images that were drawn and cannot be decoded, by reason.
    let problemCounts: [String: Int]

    /// A radiograph of the sheet.
    struct Image: Encodable {
      let dataset: String
      let imageName: String
    }
  }

  mutating func validate() throws {
    guard (1...1000).contains(count), (1...100).contains(columns), (32...2048).contains(side) else {
      throw ValidationError(
        "--count takes 1 to 1000, --columns 1 to 100, --side 32 to 2048 pixels.")
    }
    guard sheetPath != "-" else {
      guard !output.isJSON else {
        throw ValidationError("--json and --out - both take standard output; give --out a file.")
      }
      return
    }
    try catalog.requireOther(than: sheetPath)
    guard sheetPath.lowercased().hasSuffix(".png") else {
      throw ValidationError(
        "--out \(sheetPath): a sheet is a PNG; name a file that ends in .png, or - for standard "
          + "output.")
    }
  }

  func run() async throws {
    let catalog = try Catalog(path: catalog.path, access: .read)
    let rows = try RadiographRow.all(of: source.radiographs.source(in: catalog), in: catalog)
    let matching = rows.indices.filter { index in
      finding.allSatisfy(rows[index].positives.contains)
    }
    guard !matching.isEmpty else {
      throw CatalogError(
        .invalidContent,
        "No radiograph of these has \(NumberText.list(finding.map(\.name))).")
    }
    let stream = RandomStream(seed: seed, purpose: "images sheet", index: 0)
    let drawn = matching.map { (stream.word(at: $0), $0) }.sorted { $0 < $1 }.prefix(count)
      .map(\.1).sorted()
    var sheet = ContactSheet(columns: columns, side: side)
    let shown = drawn.map { rows[$0] }
    var images: [Document.Image] = []
    var problemCounts: [String: Int] = [:]
    for (row, file) in zip(shown, try source.files(of: shown, among: rows)) {
      let image: GrayImage
      do {
        image = try GrayImage(
          contentsOf: file.path, limits: source.size.limits, shrinkingTo: side)
      } catch {
        problemCounts[error.code.rawValue, default: 0] += 1
        Console.note("Left out: \(error.message)")
        continue
      }
      images.append(.init(dataset: row.dataset, imageName: row.imageName))
      // What was asked for comes first, because long lists are cut.
      let findings = (finding + row.positives.filter { !finding.contains($0) }).map(\.name)
      try sheet.append(
        image,
        caption: [
          row.imageName.split(separator: "/").joined(separator: " "),
          [row.view, row.sex, row.age].filter { !$0.isEmpty }.joined(separator: " "),
          findings.isEmpty ? "no positive finding" : findings.joined(separator: ", "),
        ])
    }
    guard sheet.count > 0 else {
      throw ImageError(.missing, "None of the images can be decoded; run cxr images check.")
    }
    let page = sheet.image()
    if !isDryRun {
      if sheetPath == "-" {
        try Console.write(Data(page.pngBytes()))
      } else {
        try page.writePNG(to: sheetPath)
      }
    }
    guard !output.isJSON else {
      let document = Document(
        file: sheetPath, isDryRun: isDryRun, matchingCount: matching.count, images: images,
        problemCounts: problemCounts)
      return try output.write(document) { _ in "" }
    }
    Console.note(
      "\(isDryRun ? "Would write" : "Wrote") \(NumberText.count(sheet.count, "image")) of "
        + "\(NumberText.count(matching.count)) to "
        + (sheetPath == "-" ? "standard output." : "\(sheetPath)."))
  }
}
