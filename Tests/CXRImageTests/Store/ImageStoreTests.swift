// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRImage
import CXRTestSupport
import Foundation
import Synchronization
import Testing

@Suite("Image store")
struct ImageStoreTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// A picture whose pixels depend on a number.
  private func picture(_ number: Int, width: Int = 40, height: Int = 48) -> GrayImage {
    let pixels = (0..<width * height).map { UInt8(truncatingIfNeeded: $0 * (number + 3) / 7) }
    return GrayImage(
      width: width, height: height, pixels: .bytes(ContiguousArray(pixels)), bitDepth: 8)
  }

  /// Writes pictures as files, with the damaged ones that a test wants.
  private func files(_ count: Int, damaged: Set<Int> = []) throws -> [RadiographFile] {
    try (0..<count).map { number in
      let path = folder.path("\(number).png")
      if damaged.contains(number) {
        try Data("no image".utf8).write(to: URL(filePath: path))
      } else {
        try picture(number).writePNG(to: path)
      }
      return RadiographFile(dataset: "d", imageName: "\(number)", path: path)
    }
  }

  private func builder(
    _ files: [RadiographFile], depth: StorePreparation.Depth = .eight
  ) -> ImageStoreBuilder {
    ImageStoreBuilder(
      files, preparation: StorePreparation(side: 16, depth: depth), shardLength: 4)
  }

  private func digests(_ name: String) throws -> [String: String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path(name))
    return try Dictionary(
      uniqueKeysWithValues: names.map {
        ($0, try FileDigest(path: folder.path("\(name)/\($0)")).sha256)
      })
  }

  @Test("Every image is as it was prepared, in order", arguments: StorePreparation.Depth.allCases)
  func holdsWhatWasPrepared(_ depth: StorePreparation.Depth) async throws {
    let builder = builder(try files(10), depth: depth)
    let store = try await builder.build(at: folder.path("store"), threads: 2)
    #expect(store.radiographs.map(\.imageName) == (0..<10).map(String.init))
    #expect(store.radiographs[9].place?.shard == 2 && store.radiographs[9].place?.row == 1)
    for index in store.radiographs.indices {
      #expect(store.image(at: index) == (try store.description.preparation(picture(index))))
    }
    let digest = try FileDigest(path: folder.path("3.png"))
    #expect(store.radiographs[3].source?.sha256 == digest.sha256)
    #expect(store.radiographs[3].source?.width == 40)
  }

  @Test("Files that cannot be decoded are left out with their reason")
  func leavesDamagedFilesOut() async throws {
    var files = try files(6, damaged: [0, 4])
    try FileManager.default.removeItem(atPath: files[5].path)
    files[1].path = folder.url.path
    let store = try await builder(files).build(at: folder.path("store"), threads: 2)
    #expect(store.radiographs.map(\.imageName) == ["2", "3"])
    #expect(store.failures.map(\.problem) == [.unsupported, .unreadable, .unsupported, .missing])
    #expect(store.image(at: 1) == (try store.description.preparation(picture(3))))
  }

  @Test("What an interrupted run left is finished to the same bytes")
  func resumes() async throws {
    let files = try files(11, damaged: [5])
    _ = try await builder(files).build(at: folder.path("whole"), threads: 1)
    let whole = try digests("whole")
    // A run that ended while it wrote the second of three shards.
    _ = try await builder(files).build(at: folder.path("cut"), threads: 2)
    let cut = folder.path("cut")
    let index = try String(contentsOfFile: "\(cut)/index.csv", encoding: .utf8)
    let firstShard = index.split(separator: "\n").prefix(5).joined(separator: "\n") + "\n"
    try Data(firstShard.utf8).write(to: URL(filePath: "\(cut)/shard-00000.csv"))
    for name in ["index.csv", "shard-00001.npy", "shard-00002.npy"] {
      try FileManager.default.removeItem(atPath: "\(cut)/\(name)")
    }
    try Data("half".utf8).write(to: URL(filePath: "\(cut)/shard-00001.npy.77.part"))
    let untouched = try FileManager.default.attributesOfItem(atPath: "\(cut)/shard-00000.npy")
    _ = try await builder(files).build(at: cut, threads: 2)
    #expect(try digests("cut") == whole)
    let kept = try FileManager.default.attributesOfItem(atPath: "\(cut)/shard-00000.npy")
    #expect(kept[.modificationDate] as? Date == untouched[.modificationDate] as? Date)
  }

  @Test("A cancelled build says how many shards stay")
  func cancelledProgress() async throws {
    let (builder, path) = (builder(try files(11)), folder.path("cancelled"))
    #expect(builder.progress(at: path) == (0, 3))
    let (start, gate) = AsyncStream.makeStream(of: Void.self)
    let running = Mutex<Task<Void, any Error>?>(nil)
    let build = Task {
      for await _ in start {}
      _ = try await builder.build(at: path, threads: 1) { done in
        // The first radiograph of the second shard.
        if done == 5 { running.withLock { $0?.cancel() } }
      }
    }
    running.withLock { $0 = build }
    gate.finish()
    await #expect(throws: CancellationError.self) { try await build.value }
    #expect(builder.progress(at: path) == (1, 3))
    _ = try await builder.build(at: path, threads: 1)
    #expect(builder.progress(at: path) == (3, 3))
  }

  @Test("A shard that does not fit its index is built again")
  func distrustsBrokenShards() async throws {
    let files = try files(4)
    _ = try await builder(files).build(at: folder.path("whole"), threads: 1)
    let whole = try digests("whole")
    let path = folder.path("whole")
    try FileManager.default.moveItem(
      atPath: "\(path)/index.csv", toPath: "\(path)/shard-00000.csv")
    let pixels = try Data(contentsOf: URL(filePath: "\(path)/shard-00000.npy"))
    try pixels.dropLast(7).write(to: URL(filePath: "\(path)/shard-00000.npy"))
    _ = try await builder(files).build(at: path, threads: 1)
    #expect(try digests("whole") == whole)
  }

  @Test("A complete store takes in what has changed, and nothing else")
  func takesChangesIn() async throws {
    let files = try files(11, damaged: [5, 9])
    _ = try await builder(files).build(at: folder.path("store"), threads: 2)
    let first = try FileManager.default.attributesOfItem(
      atPath: folder.path("store/shard-00000.npy"))
    try picture(9).writePNG(to: files[9].path)
    try picture(50, width: 60, height: 44).writePNG(to: files[6].path)
    #expect(try builder(files).state(at: folder.path("store")) == .complete)
    let store = try await builder(files).build(at: folder.path("store"), threads: 2)
    #expect(store.failures.map(\.imageName) == ["5"])
    let changed = try #require(store.radiographs.firstIndex { $0.imageName == "6" })
    #expect(
      store.image(at: changed)
        == (try store.description.preparation(picture(50, width: 60, height: 44))))
    _ = try await builder(files).build(at: folder.path("fresh"), threads: 1)
    #expect(try digests("store") == digests("fresh"))
    let kept = try FileManager.default.attributesOfItem(
      atPath: folder.path("store/shard-00000.npy"))
    #expect(kept[.systemFileNumber] as? Int == first[.systemFileNumber] as? Int)
  }

  @Test("No decodable file is an error, and the right folder mends it")
  func refusesEmptyStores() async throws {
    let files = try files(3)
    let elsewhere = files.map {
      RadiographFile(dataset: $0.dataset, imageName: $0.imageName, path: "/nowhere/\($0.imageName)")
    }
    let error = await #expect(throws: ImageError.self) {
      try await builder(elsewhere).build(at: folder.path("store"), threads: 1)
    }
    #expect(error?.code == .missing)
    let store = try await builder(files).build(at: folder.path("store"), threads: 1)
    #expect(store.radiographs.count == 3 && store.failures.isEmpty)
  }

  @Test("Other radiographs, another preparation and foreign folders are refused")
  func refusesOtherStores() async throws {
    let files = try files(3)
    _ = try await builder(files).build(at: folder.path("store"), threads: 1)
    for other in [builder(Array(files.dropLast())), builder(files, depth: .sixteen)] {
      await #expect(throws: FileError.self) {
        try await other.build(at: folder.path("store"), threads: 1)
      }
    }
    let error = await #expect(throws: FileError.self) {
      try await builder(files).build(at: folder.url.path, threads: 1)
    }
    #expect(error?.code == .unwritable)
    #expect(throws: ImageError.self) { try ImageStore(folder: folder.path("none")) }
  }

  @Test("Statistics are those of all pixels together")
  func statistics() async throws {
    let store = try await builder(try files(6)).build(at: folder.path("store"), threads: 1)
    let statistics = try await PixelStatistics(of: store, at: [0, 2, 5], threads: 2)
    let values = [0, 2, 5].flatMap { index -> [Double] in
      guard case .bytes(let pixels) = store.image(at: index).pixels else { return [] }
      return pixels.map { Double($0) / 255 }
    }
    let mean = values.reduce(0, +) / Double(values.count)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
    #expect(statistics.imageCount == 3 && statistics.pixelCount == 3 * 256)
    #expect(abs((statistics.mean ?? 0) - mean) < 1e-12)
    #expect(abs((statistics.standardDeviation ?? 0) - variance.squareRoot()) < 1e-12)
    #expect(statistics.minimum == values.min() && statistics.maximum == values.max())
    #expect(try await PixelStatistics(of: store, at: [], threads: 1).mean == nil)
  }

  @Test("Equal files, equal pixels and nearly equal pictures are told apart")
  func duplicates() async throws {
    var files = try files(7)
    // 1 is a copy of 0; 3 has the pixels of 2 in another file; 5 is 4 with a little noise.
    try FileManager.default.removeItem(atPath: files[1].path)
    try FileManager.default.copyItem(atPath: files[0].path, toPath: files[1].path)
    try picture(2).writePNG(to: files[3].path, level: 0)
    guard case .bytes(var pixels) = picture(4).pixels else { return }
    for index in stride(from: 0, to: pixels.count, by: 50) where pixels[index] < 255 {
      pixels[index] += 1
    }
    try GrayImage(width: 40, height: 48, pixels: .bytes(pixels), bitDepth: 8)
      .writePNG(to: files[5].path)
    files[6].imageName = "other"
    let store = try await ImageStoreBuilder(files, preparation: StorePreparation(side: 40))
      .build(at: folder.path("store"), threads: 1)
    let report = try await DuplicateReport(of: store, threads: 2)
    #expect(report.groups.map(\.members).contains([0, 1]))
    #expect(report.groups.first { $0.members.contains(0) }?.degree == .file)
    #expect(report.groups.first { $0.members.contains(2) }?.degree == .pixels)
    #expect(report.groups.first { $0.members.contains(4) }?.degree == .near)
    let exact = try await DuplicateReport(of: store, maximumDistance: nil, threads: 1)
    #expect(exact.groups.map(\.members) == [[0, 1], [2, 3]])
  }
}
