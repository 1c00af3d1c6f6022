// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

extension Phantom {
  /// Writes datasets with their pictures, and their truth.
  ///
  ///     try await phantom.write(to: "phantom", images: PhantomImages(side: 256, threads: 4))
  ///
  /// MIMIC-CXR and CheXpert get JPEG files, NIH PNG files of 8 bits of which one in a hundred has
  /// four channels, PadChest PNG files of 16 bits of which a few are spoilt, VinDr-CXR DICOM files
  /// with 12 or 14 bits. CheXpert Plus gets PNG files of CheXpert's radiographs. A table in
  /// `truth/`, such as `nih-images.csv`, lists the files with size, format, damage, the bits of a
  /// stored pixel (`bits`) and those of a decoded one (`decodedBits`).
  ///
  /// - Parameters:
  ///   - folder: The path of the folder that gets a folder per dataset; it is made.
  ///   - images: How large the pictures are, and how many are drawn at the same time.
  ///   - only: The datasets to write; `nil` for all, at the published size all but CheXpert Plus.
  ///   - progress: Called with the dataset and the number of its radiographs so far.
  ///   - imageProgress: Called with the dataset, the number of pictures written and of all.
  /// - Returns: What was written.
  /// - Throws: `FileError` with code `.unwritable`, also for a folder that no phantom wrote;
  ///   `ImageError` when a picture cannot be laid out; `CancellationError`.
  /// - Complexity: O(*n*) pictures; of those in work the pixels, of the others about 300 bytes are
  ///   in memory.
  public func write(
    to folder: String, images: PhantomImages, only: [PhantomDataset]? = nil,
    progress: (_ dataset: PhantomDataset, _ radiographCount: Int) -> Void = { _, _ in },
    imageProgress: (_ dataset: PhantomDataset, _ done: Int, _ total: Int) -> Void = { _, _, _ in }
  ) async throws -> PhantomTruth {
    var truth = PhantomTruth(seed: seed, datasets: [:])
    for dataset in try prepare(folder, for: only) {
      var plan: FilmPlan? = FilmPlan(dataset: dataset, side: images.side, seed: seed)
      var datasetTruth = try writeTables(of: dataset, to: folder, films: &plan) {
        progress(dataset, $0)
      }
      if let films = plan?.films {
        let writer = FilmWriter(folder: "\(folder)/\(dataset.rawValue)")
        try await write(films, by: writer, threads: images.threads) {
          imageProgress(dataset, $0, films.count)
        }
        var counts = ImageTruth(side: images.side)
        for film in films { counts.count(film) }
        datasetTruth.images = counts
        try writeTable(of: films, to: "\(folder)/truth/\(dataset.rawValue)-images.csv")
      }
      truth.datasets[dataset.rawValue] = datasetTruth
    }
    try AtomicFile.write(truth.json(), to: "\(folder)/truth/truth.json")
    return truth
  }

  private func write(
    _ films: [PlannedFilm], by writer: FilmWriter, threads: Int, progress: (Int) -> Void
  ) async throws {
    try writer.makeFolders(for: films)
    var done = 0
    while done < films.count {
      // A batch is large enough to keep the threads busy and small enough to be told about.
      let batch = films[done..<min(done + 16 * threads, films.count)]
      _ = try await batch.concurrentMap(width: threads) { try writer.write($0) }
      done += batch.count
      progress(done)
    }
  }

  private func writeTable(of films: [PlannedFilm], to path: String) throws(FileError) {
    let table = try TableFile(
      path, header: ["path", "format", "width", "height", "bits", "decodedBits", "damage"])
    for film in films.sorted(by: { $0.path < $1.path }) {
      try table.append([
        film.path, film.format.name, String(film.width), String(film.height),
        String(film.format.bitDepth), String(film.format.decodedBitDepth),
        film.damage?.rawValue ?? "",
      ])
    }
    try table.finish()
  }
}
