// SPDX-License-Identifier: Apache-2.0
import CXRFiles
import CXRTensor
import CXRTestSupport
import CXRTraining
import Foundation
import Synchronization
import Testing

@testable import CXRDiffusion

@Suite("Latent pictures", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct LatentPicturesTests {
  private let folder: TemporaryFolder
  private let network: DiffusionNetwork<Autoencoder>

  init() throws {
    folder = try TemporaryFolder()
    var coding = PixelCoding()
    coding.reduction = 4
    network = try coding.autoencoder(side: 16, on: .cpu)
  }

  /// More images than a file takes.
  private func images(_ count: Int = LatentPictures.partSize + 3) throws -> PromptedImages {
    try PromptedImages(
      prompts: Array(repeating: "", count: count), pixelIndices: (0..<count).map { $0 % 50 },
      pixels: DrawnPixels())
  }

  private func values(_ latents: LatentPictures, _ position: Int) throws -> [Float] {
    try latents.sample([position], seeds: [1], on: .cpu).values(as: Float.self)
  }

  private var files: [String] {
    get throws {
      let folders = folder.fileNames
      try #require(folders.count == 1)
      return try FileManager.default.contentsOfDirectory(atPath: folder.path(folders[0])).sorted()
        .map { folder.path("\(folders[0])/\($0)") }
    }
  }

  @Test("Images of all files are what the autoencoder makes of them")
  func findsImages() throws {
    let images = try images()
    let latents = try LatentPictures(images, network, on: .cpu, keptIn: folder.url.path)
    #expect(try files.count == 2)
    for position in [0, 7, LatentPictures.partSize - 1, LatentPictures.partSize + 2] {
      let expected = try withoutGradients {
        try network.module.encode(images.picture(at: position, channels: 3)).mean
      }.values(as: Float.self)
      let found = try values(latents, position)
      #expect(zip(found, expected).allSatisfy { abs($0 - $1) < 1e-4 } && found.count == 16)
    }
  }

  @Test("Goes on after an interruption with the files that there are")
  func goesOn() throws {
    let images = try images()
    let encoded = Mutex(0)
    #expect(throws: CancellationError.self) {
      try LatentPictures(
        images, network, on: .cpu, keptIn: folder.url.path,
        isToStop: { encoded.withLock { $0 } >= LatentPictures.partSize },
        report: { _, _ in encoded.withLock { $0 += 1 } })
    }
    #expect(try files.count == 1)
    _ = try LatentPictures(
      images, network, on: .cpu, keptIn: folder.url.path,
      report: { _, count in
        #expect(count == 3)
        encoded.withLock { $0 += 1 }
      })
    #expect(encoded.withLock { $0 } == images.count)
  }

  @Test("Refuses a file with other images")
  func refusesOtherFiles() throws {
    _ = try LatentPictures(images(4), network, on: .cpu, keptIn: folder.url.path)
    let path = try files[0]
    let stored = try WeightFile(path: path).tensors.tensor(named: "moments")
    try SafetensorsFile.write(
      [Tensor(stored).slice(0..<3).stored(named: "moments")], to: path)
    let error = #expect(throws: FileError.self) {
      try LatentPictures(images(4), network, on: .cpu, keptIn: folder.url.path)
    }
    #expect(error?.code == .malformed)
  }
}
