// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRIngest

extension SplitCommand {
  /// The command `cxr split import`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Read lists of images or patients; no patient may be in two parts.",
      discussion: """
        Example:
          cxr split import --dataset nih --name published --part train=train.csv \\
            --part test=test.csv
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Tables with a column split and one of images or patients.")
    var tables: [String] = []

    @Option(help: "The dataset (default: the only one).")
    var dataset: String?

    @Option(help: "The name to give to the split.")
    var name: String

    @Option(
      name: .customLong("part"), help: "A list of one part, as PART=FILE; repeatable.",
      transform: Assignment.reading("PART=FILE, such as train=train.csv"))
    var parts: [Assignment] = []

    @Flag(name: .customLong("replace"), help: "Replace another split of the same name.")
    var isReplacing = false

    @Flag(name: .customLong("dry-run"), help: "Read and report; write nothing.")
    var isDryRun = false

    mutating func validate() throws {
      try SplitPart.requireUsable(name)
      for part in parts { try SplitPart.requireUsable(part.name) }
      guard !tables.isEmpty || !parts.isEmpty else {
        throw ValidationError("Name a table, or lists with --part PART=FILE.")
      }
    }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let lists =
        tables.map { SplitImporter.List(part: nil, path: $0) }
        + parts.map { SplitImporter.List(part: $0.name, path: $0.value) }
      let importer = SplitImporter(
        dataset: try catalog.datasetName(dataset), name: name, lists: lists)
      let provenance = Provenance.ofThisCommand("split import")
      let report =
        isDryRun
        ? try importer.check(against: catalog, provenance: provenance)
        : try importer.run(
          into: catalog, onConflict: isReplacing ? .replace : .refuse, provenance: provenance)
      try output.write(report) { _ in
        ImportText(report, subject: name, isDryRun: isDryRun).text
      }
    }
  }
}
