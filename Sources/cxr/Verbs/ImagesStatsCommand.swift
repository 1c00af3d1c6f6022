// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXRImage

/// The command `cxr images stats`.
struct ImagesStatsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stats",
    abstract: "Print mean and standard deviation of the pixels of a store.",
    discussion: """
      For the standardisation of a classifier's input, take the training part \
      only. The numbers are exact: pixels are counted by value. Without --split, \
      all images of the store count, also those that the catalog has no longer.

      Example:
        cxr images stats --store train-224 --split study:train
      """)

  @OptionGroup var catalog: CatalogOptions
  @OptionGroup var output: OutputOptions
  @OptionGroup var images: StoreOptions

  @Option(help: "Only images in a part of a split, as NAME:PART.")
  var split: SplitPart?

  func run() async throws {
    let catalog = try Catalog(path: catalog.path, access: .read)
    let store = try images.open(in: catalog)
    let info = try catalog.imageStore(images.store)
    ImageText.warn(of: info)
    let datasets = store.radiographs.map(\.dataset).distinct
    var rows: [PixelStatisticsRow] = []
    var all: [Int] = []
    var vanishedCount = 0
    let members = try memberNames(of: datasets, in: catalog)
    for dataset in datasets where members?[dataset] != nil || members == nil {
      let wanted = members?[dataset]
      let indices = store.radiographs.indices.filter {
        store.radiographs[$0].dataset == dataset
          && wanted?.contains(store.radiographs[$0].imageName) != false
      }
      all += indices
      let known = try catalog.imageNames(dataset: dataset)
      let vanished = indices.count { !known.contains(store.radiographs[$0].imageName) }
      vanishedCount += vanished
      rows.append(
        PixelStatisticsRow(
          dataset, try await PixelStatistics(of: store, at: indices, threads: images.threads),
          vanishedCount: vanished,
          unstoredCount: info.unstoredCounts.map { $0[dataset] ?? 0 }))
    }
    if datasets.count > 1 {
      rows.append(
        PixelStatisticsRow(
          "all", try await PixelStatistics(of: store, at: all, threads: images.threads),
          vanishedCount: vanishedCount,
          unstoredCount: info.unstoredCounts.map { $0.values.reduce(0, +) }))
    }
    try output.write(rows) { _ in ImageText.text(rows) }
  }

  /// The names of the images in the part that is asked for, by dataset, without datasets that do not
  /// have the split; `nil` when all images are meant.
  private func memberNames(
    of datasets: [String], in catalog: Catalog
  ) throws -> [String: Set<String>]? {
    guard let split else { return nil }
    var names: [String: Set<String>] = [:]
    var refusal: CatalogError?
    for dataset in datasets {
      do {
        let source = RadiographSource(dataset: dataset, split: split.split, part: split.part)
        names[dataset] = Set(try RadiographRow.all(of: source, in: catalog).map(\.imageName))
      } catch let error as CatalogError where error.code == .unknownName {
        refusal = refusal ?? error
      }
    }
    if names.isEmpty, let refusal { throw refusal }
    return names
  }
}
