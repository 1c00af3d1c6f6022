// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRFiles
import CXRImage

/// The command `cxr images dedupe`.
struct ImagesDedupeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dedupe",
    abstract: "Find radiographs that occur twice, within and across datasets and splits.",
    discussion: """
      Equal files, equal stored pixels, and pictures whose perceptual hashes \
      differ in at most --distance of 64 bits and whose details correlate by \
      --correlation. The defaults find copies that were compressed again or \
      changed in size, down to about half of the store's side, and pass over \
      other films of the same patient. A group that lies in several parts of a split, such as train and test, is \
      a leak and is named.

      --mark writes the groups into the catalog in place of all earlier marks of the store's datasets: \
      splits by proportions and strata then keep a group together, other methods and lists are refused \
      when they take it apart, and `cxr catalog verify` names stored splits that do.

      Example:
        cxr images dedupe --store all-224 --list duplicates.csv
        cxr images dedupe --store all-224 --mark
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var images: StoreOptions

  @Option(help: "The most bits in which the hashes of two like pictures differ, 0 to 15.")
  var distance = 4

  @Option(help: "The least correlation of the details of two like pictures, 0 to 1.")
  var correlation = 0.95

  @Flag(name: .customLong("exact"), help: "Look for equal files and pixels only.")
  var isExact = false

  @Option(name: .customLong("list"), help: "A CSV file to write the groups to, a row per image.")
  var listFile: String?

  @Flag(name: .customLong("mark"), help: "Write the groups into the catalog.")
  var isMarking = false

  mutating func validate() throws {
    guard (0...15).contains(distance) else {
      throw ValidationError("--distance takes 0 to 15 bits.")
    }
    guard (0...1).contains(correlation) else {
      throw ValidationError("--correlation takes a number from 0 to 1.")
    }
    if let listFile { try catalog.requireOther(than: listFile) }
  }

  func run() async throws {
    let catalog = try Catalog(path: catalog.path, access: isMarking ? .update : .read)
    let store = try images.open(in: catalog)
    let progress = ProgressLine("Comparing", total: store.radiographs.count)
    let report = try await DuplicateReport(
      of: store, maximumDistance: isExact ? nil : distance, minimumCorrelation: correlation,
      threads: images.threads
    ) { progress.update($0) }
    progress.finish()
    let groups = report.groups.map { group in
      DuplicateGroup(
        digest: group.digest,
        members: group.members.map {
          .init(
            dataset: store.radiographs[$0].dataset, imageName: store.radiographs[$0].imageName)
        })
    }
    let document = try DuplicateDocument(
      store: images.store, imageCount: store.radiographs.count,
      degrees: report.groups.map(\.degree),
      groups: groups, catalog: catalog)
    if let listFile { try AtomicFile.write(document.table, to: listFile) }
    if isMarking {
      try catalog.markDuplicates(groups, in: store.radiographs.map(\.dataset).distinct)
    }
    try output.write(document) { _ in document.text(isMarked: isMarking) }
  }
}
