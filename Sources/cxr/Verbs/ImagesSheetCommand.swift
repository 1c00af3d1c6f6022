// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRImage

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

  @Option(name: .customLong("out"), help: "The PNG file to write; an old one is replaced.")
  var sheetPath: String

  mutating func validate() throws {
    guard (1...1000).contains(count), (1...100).contains(columns), (32...2048).contains(side) else {
      throw ValidationError(
        "--count takes 1 to 1000, --columns 1 to 100, --side 32 to 2048 pixels.")
    }
    try catalog.requireOther(than: sheetPath)
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
    for (row, file) in zip(shown, try source.files(of: shown, among: rows)) {
      let image: GrayImage
      do {
        image = try GrayImage(contentsOf: file.path, shrinkingTo: side)
      } catch {
        Console.note("Left out: \(error.message)")
        continue
      }
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
    try sheet.image().writePNG(to: sheetPath)
    Console.note(
      "Wrote \(NumberText.count(sheet.count, "image")) of \(NumberText.count(matching.count)) to \(sheetPath)."
    )
  }
}
