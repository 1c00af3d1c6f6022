// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRTensor
import CXRTestSupport
import Testing

/// The ways of running a network that change its memory and its time, not its results.
@Suite("Ways of running a network", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct NetworkRunTests {
  static let architectures: [Architecture] = {
    var dense = DenseNetConfiguration(outputs: 2)
    dense.stemChannels = 16
    dense.growth = 8
    dense.blockLayers = [2, 3]
    dense.bottleneck = 2
    dense.head = .hidden(width: 8, dropout: 0.3)
    return [
      .denseNet(dense),
      .resNet(ResNetConfiguration(block: .basic, stageBlocks: [1, 1, 1, 1], outputs: 2)),
      .resNet(ResNetConfiguration(block: .bottleneck, stageBlocks: [1, 1, 1, 1], outputs: 2)),
    ]
  }()

  /// What a step gives: the logits, every gradient, and all tensors with running statistics.
  struct Numbers: Equatable {
    let logits: [Float]
    let gradients: [[Float]]
    let state: [[Float]]
  }

  private func numbers(
    _ architecture: Architecture, _ order: MemoryOrder = .contiguous,
    _ activations: Activations = .kept
  ) throws -> Numbers {
    let classifier = try Classifier(
      ClassifierDescription(
        architecture: architecture, labels: .findings(.edema, .pneumonia), side: 64,
        scale: .signedUnit),
      seed: 5, on: .cpu, order: order)
    // Pictures that are much alike would have batch normalisation enlarge the rounding.
    let pictures = try Tensor.normal([4, 3, 64, 64], from: Generator(seed: 1)).contiguous(order)
    for entry in classifier.state.entries where entry.tensor.rank == 4 {
      #expect(try entry.tensor.contiguous(order).strides == entry.tensor.strides)
    }
    let logits = try classifier.logits(
      pictures, .training, activations, dropout: Generator(seed: 2))
    try logits.squared().sum().backward()
    return Numbers(
      logits: try logits.values(as: Float.self),
      gradients: try classifier.state.parameters.map {
        try #require($0.tensor.gradient, "\($0.name)").values(as: Float.self)
      },
      state: try classifier.state.entries.map { try $0.tensor.values(as: Float.self) })
  }

  @Test("Recomputed activations give the same bits", arguments: architectures)
  func recomputes(_ architecture: Architecture) throws {
    let kept = try numbers(architecture)
    #expect(try numbers(architecture, .contiguous, .recomputed) == kept)
  }

  @Test("Channels last gives the same numbers but for rounding", arguments: architectures)
  func laysChannelsLast(_ architecture: Architecture) throws {
    let (rows, last) = (try numbers(architecture), try numbers(architecture, .channelsLast))
    for (a, b) in zip(rows.gradients + [rows.logits], last.gradients + [last.logits]) {
      let largest = a.map { abs($0) }.max() ?? 0
      let difference = zip(a, b).map { abs($0 - $1) }.max() ?? .infinity
      // Sums of float32 in another order, through batches of few values.
      #expect(difference <= 1e-3 * largest + 1e-5, "\(difference) of \(largest)")
    }
  }

  @Test("Recomputing needs less memory", .enabled(if: ProcessMemory.isMeasured))
  func needsLessMemory() async {
    await #expect(processExitsWith: .success) {
      func peak(_ activations: Activations) throws -> Double {
        var configuration = DenseNetConfiguration(outputs: 1)
        configuration.blockLayers = [6, 6]
        let network = try Network(seed: 0) { scope throws(TensorError) in
          try DenseNet(configuration, in: scope)
        }
        let before = try ProcessMemory.residentMB()
        try network.module(Tensor.zeros([8, 3, 128, 128]), .training, activations).sum().backward()
        return try ProcessMemory.peakMB() - before
      }
      try ProcessMemory.returnFreedBlocks()
      // The peak of a process only rises, so the run that should need less comes first.
      let recomputed = try peak(.recomputed)
      #expect(try peak(.kept) > 1.5 * recomputed)
    }
  }
}
