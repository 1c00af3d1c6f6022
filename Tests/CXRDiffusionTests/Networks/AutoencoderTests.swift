// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTensorTestSupport
import CXRTestSupport
import Testing

@Suite("Autoencoder", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct AutoencoderTests {
  let network: Network<Autoencoder>

  init() throws { network = try SmallNetworks.autoencoder() }

  private func encoded(
    _ pictures: Tensor, _ parts: PictureParts = .whole
  ) throws(TensorError) -> LatentDistribution {
    try withInference { () throws(TensorError) in try network.module.encode(pictures, in: parts) }
  }

  private func decoded(
    _ latents: Tensor, _ parts: PictureParts = .whole
  ) throws(TensorError) -> Tensor {
    try withInference { () throws(TensorError) in try network.module.decode(latents, in: parts) }
  }

  @Test("Encodes as diffusers does")
  func encodes() throws {
    let distribution = try encoded(.closedForm([1, 3, 32, 32], a: 0.7))
    let mean = try GoldenResult("vae_encode_mean").distance(from: distribution.mean)
    let variance = try GoldenResult("vae_encode_logvar").distance(from: distribution.logVariance)
    #expect(mean < SmallNetworks.tolerance && variance < SmallNetworks.tolerance)
  }

  @Test("Decodes as diffusers does")
  func decodes() throws {
    let pictures = try decoded(.closedForm([1, 4, 16, 16], a: 1.1))
    let distance = try GoldenResult("vae_decode").distance(from: pictures)
    #expect(distance < SmallNetworks.tolerance)
  }

  @Test("Keeps to the order in memory of what it is given")
  func memoryOrder() throws {
    let pictures = try Tensor.closedForm([1, 3, 32, 32], a: 0.7)
    let plain = try encoded(pictures).mean
    let other = try decoded(.closedForm([1, 4, 16, 16]).contiguous(.channelsLast))
    #expect(plain.strides == [8 * 256, 256, 16, 1])
    #expect(other.strides == [3 * 1024, 1, 3 * 32, 3])
  }

  @Test("Odd sides of pictures are rounded down")
  func oddSides() throws {
    #expect(try encoded(.closedForm([1, 3, 17, 21])).mean.shape == [1, 4, 8, 10])
    #expect(try decoded(.closedForm([1, 4, 7, 9])).shape == [1, 3, 14, 18])
  }

  @Test("A sample is the mean plus the deviation times noise")
  func samples() throws {
    let distribution = try encoded(.closedForm([1, 3, 32, 32], a: 0.7))
    let zero = try distribution.sample(noise: .zeros([1, 4, 16, 16]))
    #expect(try zero.largestDifference(from: distribution.mean) == 0)
    let one = try (distribution.sample(noise: .ones([1, 4, 16, 16])) - distribution.mean)
    let variance = try one.squared().logarithm()
    #expect(try variance.largestDifference(from: distribution.logVariance) < 1e-3)
    let draws = try (0..<2).map { _ in try distribution.sample(from: Generator(seed: 4)) }
    #expect(try draws[0].largestDifference(from: draws[1]) == 0)
    #expect(try draws[0].largestDifference(from: zero) > 0.1)
  }

  @Test("Logarithms of variances stay between −30 and 20")
  func clampsVariances() throws {
    try withoutGradients {
      let bias = try #require(network.state["quant_conv.bias"])
      try bias.assign(Tensor([0, 0, 0, 0, 100, -100, 0, 0] as [Float], shape: [8]))
    }
    let logarithms = try encoded(.closedForm([1, 3, 8, 8])).logVariance
    #expect(try logarithms.selected(0, along: 1).values(as: Float.self).allSatisfy { $0 == 20 })
    #expect(try logarithms.selected(1, along: 1).values(as: Float.self).allSatisfy { $0 == -30 })
  }

  @Test("Pictures of a batch may be worked on a few at a time", arguments: [1, 2, 3, 8])
  func slices(_ batchSize: Int) throws {
    let parts = PictureParts(batchSize: batchSize)
    let pictures = try Tensor.closedForm([3, 3, 16, 16], a: 0.7)
    let distribution = try encoded(pictures)
    let mean = try encoded(pictures, parts).mean.largestDifference(from: distribution.mean)
    let picture = try decoded(distribution.mean, parts)
      .largestDifference(from: decoded(distribution.mean))
    #expect(mean < SmallNetworks.tolerance && picture < SmallNetworks.tolerance)
  }

  @Test("Tiles of a picture no larger than a tile change nothing")
  func smallTiles() throws {
    let pictures = try Tensor.closedForm([1, 3, 16, 16], a: 0.7)
    let tiled = try encoded(pictures, PictureParts(tileSide: 16))
    #expect(try tiled.mean.largestDifference(from: encoded(pictures).mean) == 0)
  }

  @Test("Tiles give pictures of the same size, equal where tiles see all that matters")
  func tiles() throws {
    let parts = PictureParts(batchSize: 1, tileSide: 16)
    let pictures = try Tensor.closedForm([2, 3, 40, 24], a: 0.7)
    let tiled = try encoded(pictures, parts)
    #expect(tiled.mean.shape == [2, 4, 20, 12])
    let decoded = try decoded(tiled.mean, parts)
    #expect(decoded.shape == [2, 3, 40, 24])
    // The first tile's corner that no neighbour is blended into.
    let corner = try encoded(pictures.slice(0..<16, along: 2).slice(0..<16, along: 3))
    let difference = try tiled.mean.slice(0..<6, along: 2).slice(0..<6, along: 3)
      .largestDifference(from: corner.mean.slice(0..<6, along: 2).slice(0..<6, along: 3))
    #expect(difference < SmallNetworks.tolerance)
  }

  @Test("Neighbouring tiles are blended in equal steps")
  func blends() throws {
    // Constant pictures: a tile of a constant picture is any other tile of its size.
    let pictures = try Tensor.full(0.5, shape: [1, 3, 16, 28])
    let tiled = try encoded(pictures, PictureParts(tileSide: 16)).mean
    let first = try encoded(pictures.slice(0..<16, along: 3)).mean
    let shape = first.shape
    #expect(shape == [1, 4, 8, 8])
    for (offset, weight) in [(0, 0.0), (1, 0.5)] {
      let expected =
        try first.selected(6 + offset, along: 3) * (1 - weight)
        + first.selected(offset, along: 3) * weight
      // Rows below are blended with a tile of their own.
      let difference = try tiled.selected(6 + offset, along: 3).slice(0..<6, along: 2)
        .largestDifference(from: expected.slice(0..<6, along: 2))
      #expect(difference < SmallNetworks.tolerance)
    }
  }

  @Test("Refuses tiles that cannot overlap by a quarter")
  func refusesTiles() throws {
    let error = #expect(throws: TensorError.self) {
      try encoded(.closedForm([1, 3, 64, 64]), PictureParts(tileSide: 20))
    }
    #expect(error?.code == .refused && error?.message.contains("multiple of 8") == true)
  }
}
