// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Testing

@Suite("Losses", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct LossTests {
  let logits, targets, mask, positive: Tensor

  init() throws {
    logits = try Tensor([100, -100, 0.3, -100, 100, -1.7] as [Float], shape: [2, 3])
    try logits.setRequiresGradient(true)
    targets = try Tensor([1, 1, 0, 1, 0, 0.25] as [Float], shape: [2, 3])
    mask = try Tensor([1, 0, 1, 1, 1, 0.5] as [Float], shape: [2, 3])
    positive = try Tensor([1, 2, 3] as [Float], shape: [3])
  }

  func check(_ name: String, _ loss: WeightedLoss) throws {
    let golden = try LearningGolden.json()["losses"][name]
    let mean = try loss.mean()
    try mean.backward()
    #expect(try mean.item().isClose(to: golden["value"].number, relative: 1e-6))
    let gradient = try #require(try logits.gradient?.values(as: Double.self))
    for (value, expected) in zip(gradient, try golden["gradient"].numbers) {
      #expect(value.isClose(to: expected, absolute: 1e-6))
    }
  }

  @Test("Agree with PyTorch on logits of ±100: all labels known")
  func plain() throws { try check("plain", binaryCrossEntropy(logits: logits, targets: targets)) }

  @Test("Agree with PyTorch: labels known in part, what is unknown being NaN")
  func masked() throws {
    let targets = try Tensor([1, .nan, 0, 1, 0, 0.25] as [Float], shape: [2, 3])
    try check("masked", binaryCrossEntropy(logits: logits, targets: targets, mask: mask))
  }

  @Test("Agree with PyTorch: positive weights")
  func positiveWeights() throws {
    try check(
      "positive", binaryCrossEntropy(logits: logits, targets: targets, positiveWeights: positive))
  }

  @Test("Of float64 keep what float32 would round away")
  func double() throws {
    let logits = try Tensor([1e-9, 0] as [Double], shape: [1, 2])
    let targets = try Tensor([0, 1] as [Float], shape: [1, 2])
    for loss in [
      try binaryCrossEntropy(logits: logits, targets: targets),
      try binaryCrossEntropy(
        logits: logits, targets: targets, mask: Tensor([1, 1] as [Float], shape: [1, 2])),
    ] {
      #expect(loss.weight.scalarType == .float64)
      #expect(try loss.mean().item() == 0.6931471808099453)
    }
    let squared = try squaredError(logits, Tensor([1, 0] as [Double], shape: [1, 2]))
    #expect(try squared.mean().item() == (1 - 1e-9) * (1 - 1e-9) / 2)
    let class0 = try crossEntropy(logits: logits, targets: Tensor([0] as [Int], shape: [1]))
    #expect(try class0.mean().item().isClose(to: 0.6931471800599452, absolute: 1e-15))
  }

  @Test("Agree with PyTorch: squared error")
  func squared() throws { try check("squared", squaredError(logits, targets)) }

  @Test("Agree with PyTorch: classes")
  func classes() throws {
    try check("classes", crossEntropy(logits: logits, targets: Tensor([1, 2], shape: [2])))
  }

  @Test("Agree with PyTorch: classes with weights, all known or not")
  func weightedClasses() throws {
    try check(
      "weighted classes",
      crossEntropy(logits: logits, targets: Tensor([1, 2], shape: [2]), classWeights: positive))
    try logits.setGradient(nil)
    try check(
      "unknown class",
      crossEntropy(logits: logits, targets: Tensor([-100, 2], shape: [2]), classWeights: positive))
  }

  @Test("Are 0, with gradients of 0, when nothing is known")
  func nothingKnown() throws {
    let none = try Tensor.zeros([2, 3])
    let unknown = try Tensor([-100, -100], shape: [2])
    for value in [
      try binaryCrossEntropy(logits: logits, targets: targets, mask: none).mean(),
      try binaryCrossEntropy(logits: logits, targets: targets, mask: none).divided(by: 0),
      try crossEntropy(logits: logits, targets: unknown).mean(),
    ] {
      #expect(try value.item() == 0)
      try value.backward()
      let gradient = try #require(try logits.gradient?.values(as: Float.self))
      #expect(gradient.allSatisfy { $0 == 0 })
    }
  }

  @Test("Add up to the whole when a batch is learned in parts that know differently many labels")
  func addUp() throws {
    try binaryCrossEntropy(logits: logits, targets: targets, mask: mask).mean().backward()
    let whole = try #require(try logits.gradient?.values(as: Float.self))
    try logits.setGradient(nil)
    let known = try mask.sum().item()
    for row in 0..<2 {
      let part = row..<(row + 1)
      let loss = try binaryCrossEntropy(
        logits: logits.slice(part), targets: targets.slice(part), mask: mask.slice(part))
      try loss.divided(by: known).backward()
    }
    let parts = try #require(try logits.gradient?.values(as: Float.self))
    for (part, value) in zip(parts, whole) { #expect(abs(part - value) < 1e-7) }
  }

  @Test("Are worked out in float32 from narrow logits")
  func widens() throws {
    let narrow = try logits.converted(to: .bfloat16)
    let loss = try withAutocast(to: .bfloat16, on: .cpu) {
      try binaryCrossEntropy(logits: narrow, targets: targets).mean()
    }
    #expect(loss.scalarType == .float32)
  }

  @Test("Refuse shapes that do not fit")
  func refuseShapes() throws {
    let short = try Tensor.zeros([2, 1])
    #expect(throws: TensorError.self) { try binaryCrossEntropy(logits: logits, targets: short) }
    #expect(throws: TensorError.self) { try squaredError(logits, short) }
  }
}
