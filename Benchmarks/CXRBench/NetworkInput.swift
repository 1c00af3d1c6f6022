// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRTensor

/// DenseNet-121 with 14 outputs and pictures of 3 channels, as the published classifiers have them.
struct NetworkInput: Sendable {
  /// The images that the network is given together.
  let batchSize: Int
  /// The width and height of the pictures.
  let side: Int
  /// The threads of one operator.
  let threads: Int

  /// Steps of AdamW on one batch: forward, backward and the update.
  @TensorActor func train(steps: Int) throws {
    let (classifier, pictures) = try prepare()
    let optimizer = try Optimizer(
      .adamW(weightDecay: 0.05), of: classifier.state.parameters)
    let targets = try Tensor(
      (0..<14 * batchSize).map { Float($0 % 3 == 0 ? 1 : 0) }, shape: [batchSize, 14])
    for _ in 0..<steps {
      let logits = try classifier.logits(pictures, .training)
      try binaryCrossEntropy(logits: logits, targets: targets).mean().backward()
      try optimizer.step(learningRate: 1e-4)
      try optimizer.clearGradients()
    }
  }

  /// Forward passes for the results alone.
  @TensorActor func predict(batches: Int) throws {
    let (classifier, pictures) = try prepare()
    for _ in 0..<batches {
      _ = try withInference { try classifier.logits(pictures, .evaluation).values(as: Float.self) }
    }
  }

  @TensorActor private func prepare() throws -> (Classifier, Tensor) {
    Torch.threadCount = threads
    let description = ClassifierDescription(
      architecture: .denseNet(.densenet121(inputChannels: 3, outputs: 14)),
      labels: Finding.allCases.map(LearnedLabel.finding), side: side, scale: .unit)
    let classifier = try Classifier(description, seed: 7, on: .cpu)
    let pictures = try Tensor.uniform([batchSize, 3, side, side], from: Generator(seed: 7))
    return (classifier, pictures)
  }
}
