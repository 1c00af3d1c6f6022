// SPDX-License-Identifier: Apache-2.0
import CXRDiffusion
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// What diffusers gave; made by Scripts/golden/make_samplers_golden.py.
enum SamplerGolden {
  /// Reads the document.
  static func json() throws -> GoldenJSON {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/samplers.json")
    return try JSONDecoder().decode(GoldenJSON.self, from: Data(contentsOf: file))
  }

  /// The runs of one class.
  static func cases(of kind: SamplerKind) throws -> [Case] {
    let document = try json()
    return try document["cases"].list.filter { try $0["class"].text == kind.rawValue }.map { run in
      let changes = try run["options"].object
      var file = try document["file"].object.merging(changes) { $1 }
      file["_class_name"] = .text(kind.rawValue)
      return Case(
        file: try file.mapValues { try $0.foundationValue }, eta: try run["eta"].number,
        steps: try run["steps"].integer, initialScale: try run["initial"].number,
        count: try run["count"].integer,
        timesteps: try run["timesteps"].list.map { try $0.numbers },
        latents: try run["latents"].numbers,
        name: "\(try run["steps"].integer) steps, \(changes.keys.sorted().joined(separator: ", "))")
    }
  }

  /// A run of diffusers.
  struct Case: CustomTestStringConvertible {
    let file: [String: Any]
    let eta: Double
    let steps: Int
    let initialScale: Double
    let count: Int
    let timesteps: [[Double]]
    let latents: [Double]
    let name: String
    var testDescription: String { name }

    /// The configuration, read from a file.
    func configuration() throws -> SamplerConfiguration {
      let folder = try TemporaryFolder()
      let path = folder.url.appending(path: "scheduler_config.json")
      try JSONSerialization.data(withJSONObject: file).write(to: path)
      var configuration = try SamplerConfiguration(file: path.path)
      configuration.eta = eta
      return configuration
    }
  }

  static let shape = [2, 4, 1, 1]

  /// Numbers that are functions of their position.
  static func wave(_ a: Double, _ b: Double) throws -> Tensor {
    try Tensor(ClosedForm.input(8, a: a, b: b), shape: shape)
  }

  /// A network that is a formula.
  static func network(_ latents: Tensor, _ timestep: Double) throws -> Tensor {
    try latents * 0.5 + Operator("aten::sin")(.tensor(latents * 2 + timestep / 100)) * 0.3
  }

  /// The result of a sampler that begins with a wave and draws waves.
  static func run(
    _ sampler: any Sampler, network: (Tensor, Double) throws -> Tensor = network
  ) throws -> [Double] {
    var sampler = sampler
    var latents = try wave(1.7, 0.3) * sampler.initialScale
    for (step, timestep) in sampler.timesteps.enumerated() {
      let output = try network(latents * sampler.inputScale(at: step), timestep)
      latents = try sampler.step(output, from: latents, noise: Wave(step: step))
    }
    return try latents.values(as: Double.self)
  }

  /// Noise that is a function of the step.
  struct Wave: NoiseSource {
    let step: Int
    func normal(_ shape: [Int]) throws(TensorError) -> Tensor {
      try Tensor(
        ClosedForm.input(shape.reduce(1, *), a: 1.3, b: Double(step)), shape: shape)
    }
  }
}

extension GoldenJSON {
  /// The value as Foundation writes it.
  fileprivate var foundationValue: Any {
    get throws {
      switch self {
      case .null: NSNull()
      case .boolean(let value): value
      case .number(let value): Int(exactly: value) ?? value as Any
      case .text(let value): value
      case .list(let values): try values.map { try $0.foundationValue }
      case .object(let values): try values.mapValues { try $0.foundationValue }
      }
    }
  }
}
