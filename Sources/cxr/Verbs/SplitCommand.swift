// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRIngest

/// The command `cxr split`.
struct SplitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "split",
    abstract: "Divide patients into parts, or import a published division.",
    discussion: """
      Example:
        cxr split create --dataset nih --name study --test-size 0.7 --seed 42
      """,
    subcommands: [Create.self, Import.self, List.self])

  /// The command `cxr split create`.
  struct Create: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "create",
      abstract: "Divide patients as scikit-learn or pandas would, bit for bit.",
      discussion: """
        The sorted patients are divided, so no patient is in two parts. Parts are train and test,
        and val when --val-size is given: a share of the training patients, with the same seed.

        Example:
          cxr split create --dataset nih --name roentgen --method train-test-split \\
            --test-size 0.7 --seed 42
        """)

    /// The published methods.
    enum Method: String, CaseIterable, ExpressibleByArgument {
      case trainTestSplit = "train-test-split"
      case groupShuffle = "group-shuffle"
      case pandasSample = "pandas-sample"
    }

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The dataset (default: the only one).")
    var dataset: String?

    @Option(help: "The name to give to the split.")
    var name: String

    @Option(help: "Whose method is reproduced.")
    var method: Method = .trainTestSplit

    @Option(help: "The share of patients that are tested on.")
    var testSize = 0.2

    @Option(
      name: .customLong("val-size"),
      help: "The share of the training patients that are validated on.")
    var validationSize: Double?

    @Option(
      name: .customLong("split-index"),
      help: "Which of the splits that group-shuffle draws, from 0.")
    var splitIndex = 0

    @Option(help: "The random_state.")
    var seed: UInt32 = 42

    @Flag(name: .customLong("replace"), help: "Replace another split of the same name.")
    var isReplacing = false

    @Flag(name: .customLong("dry-run"), help: "Divide and report; write nothing.")
    var isDryRun = false

    mutating func validate() throws {
      for size in [testSize, validationSize ?? 0.5] where size <= 0 || size >= 1 {
        throw ValidationError("--test-size and --val-size take shares between 0 and 1.")
      }
      try SplitPart.requireUsable(name)
      guard splitIndex >= 0, splitIndex < 1000 else {
        throw ValidationError("--split-index takes a number from 0 to 999.")
      }
    }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let dataset = try catalog.datasetName(dataset)
      let content = try SplitMaker(
        dataset: dataset, name: name, method: splitMethod(testSize),
        validationMethod: validationSize.map(splitMethod), seed: seed
      ).content(from: catalog)
      var outcome: WriteOutcome?
      if !isDryRun {
        var provenance = Provenance.ofThisCommand("split create")
        provenance.recordsRead = content.partByImageName.count
        provenance.recordsKept = content.partByImageName.count
        outcome = try catalog.addSplit(
          content, dataset: dataset, onConflict: isReplacing ? .replace : .refuse,
          provenance: provenance)
      }
      let counts = Dictionary(grouping: content.partByImageName.values, by: \.self)
        .mapValues(\.count)
      try output.write(counts) { _ in
        let parts = counts.sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value) radiographs" }
        return "\(name): \(outcome?.rawValue ?? "dry run, nothing was written") – "
          + "\(content.method), seed \(seed), \(content.detail)\n"
          + parts.joined(separator: "\n") + "\n"
      }
    }

    private func splitMethod(_ size: Double) -> SplitMethod {
      switch method {
      case .trainTestSplit: .trainTestSplit(testSize: size)
      case .groupShuffle: .groupShuffleSplit(testSize: size, index: splitIndex)
      case .pandasSample: .pandasSample(fraction: 1 - size)
      }
    }
  }

  /// The command `cxr split import`.
  struct Import: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "import",
      abstract: "Read lists of images or patients; no patient may be in two parts.",
      discussion: """
        Example:
          cxr split import --dataset nih --name published --part train=train.csv --part test=test.csv
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "Tables with a column split and one of images or patients.")
    var tables: [String] = []

    @Option(help: "The dataset (default: the only one).")
    var dataset: String?

    @Option(help: "The name to give to the split.")
    var name: String

    @Option(name: .customLong("part"), help: "A list of one part, as PART=FILE; repeatable.")
    var parts: [Assignment] = []

    @Flag(name: .customLong("replace"), help: "Replace another split of the same name.")
    var isReplacing = false

    mutating func validate() throws {
      try SplitPart.requireUsable(name)
      for part in parts { try SplitPart.requireUsable(part.name) }
      guard !tables.isEmpty || !parts.isEmpty else {
        throw ValidationError("Name a table, or lists with --part PART=FILE.")
      }
    }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .update)
      let lists =
        tables.map { SplitImporter.List(part: nil, path: $0) }
        + parts.map { SplitImporter.List(part: $0.name, path: $0.value) }
      let report = try SplitImporter(
        dataset: try catalog.datasetName(dataset), name: name, lists: lists
      ).run(
        into: catalog, onConflict: isReplacing ? .replace : .refuse,
        provenance: .ofThisCommand("split import"))
      try output.write(report) { _ in ImportText(report, subject: name).text }
    }
  }

  /// The command `cxr split list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the splits with the sizes of their parts.",
      discussion: """
        Example:
          cxr split list
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let info = try Catalog(path: catalog.path, access: .read).info()
      let splits = Dictionary(uniqueKeysWithValues: info.datasets.map { ($0.name, $0.splits) })
      try output.write(splits) { _ in CatalogText.splits(info.datasets) }
    }
  }
}
