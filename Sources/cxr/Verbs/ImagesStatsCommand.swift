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
      only. The numbers are exact: pixels are counted by value.

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
    let datasets = store.radiographs.map(\.dataset).distinct
    var rows: [PixelStatisticsRow] = []
    var all: [Int] = []
    for dataset in datasets {
      let wanted = try split.map { split in
        Set(
          try RadiographRow.all(
            of: RadiographSource(dataset: dataset, split: split.split, part: split.part),
            in: catalog
          ).map(\.imageName))
      }
      let indices = store.radiographs.indices.filter {
        store.radiographs[$0].dataset == dataset
          && wanted?.contains(store.radiographs[$0].imageName) != false
      }
      all += indices
      rows.append(
        PixelStatisticsRow(
          dataset, try await PixelStatistics(of: store, at: indices, threads: images.threads)))
    }
    if datasets.count > 1 {
      rows.append(
        PixelStatisticsRow(
          "all", try await PixelStatistics(of: store, at: all, threads: images.threads)))
    }
    try output.write(rows) { _ in ImageText.text(rows) }
  }
}
