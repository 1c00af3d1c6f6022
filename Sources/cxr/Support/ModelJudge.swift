// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRGeneration
import CXRImage
import CXRTensor
import Foundation

/// A model that tells age, sex, race or findings, as a generation run asks it; it stays on the thread
/// of the tensors.
///
/// Images are looked at one by one, so that what is told of one does not depend on others.
struct ModelJudge: Judge {
  /// The model.
  let identity: ModelIdentity
  /// What it tells: outputs that are no finding of the catalog are left out.
  let aspects: [JudgedAspect]
  /// What was unusual about the file of weights.
  let notes: [String]
  private let model: any PredictionModel
  private let device: Device

  /// Loads a model.
  ///
  /// - Parameters:
  ///   - file: The model.
  ///   - device: Where it computes.
  /// - Throws: As `ModelFile` does.
  @TensorActor init(_ file: ModelFile, on device: Device) throws {
    model = try file.model(on: device)
    self.device = device
    notes = model.notes
    aspects = Self.aspects(of: model.outputs)
    identity = ModelIdentity(
      name: "\(file.kind) \(URL(filePath: file.path).lastPathComponent)", digest: try file.sha256,
      settings: ["kind": "\(file.kind)", "images": "\(model.imageSide)"])
  }

  /// Tells what images show.
  func estimates(for images: [GrayImage]) throws -> [[QualityEstimate]] {
    try images.map { image in
      let image = try prepared(image)
      let planes = try model.preparation.planes(of: image, seed: 0, index: 0)
      let channels = model.preparation.channels
      let side = model.preparation.side(ofImages: image.width)
      let pixels = (0..<channels).flatMap { planes[min($0, planes.count - 1)] }
      let picture = try Tensor(pixels, shape: [1, channels, side, side]).converted(on: device)
      let values = try withInference { () throws(TensorError) in
        try model.values(for: picture)
      }
      guard values.count == model.outputs.count, values.allSatisfy(\.isFinite) else {
        throw TensorError(
          .nonFinite, "\(identity.name) gave no number for an image; check its file")
      }
      return Self.estimates(values, of: model.outputs)
    }
  }

  /// The image as `cxr images build` stores it, for a model that takes one size only; the published
  /// checks of age, sex and race have a preparation of their own.
  private func prepared(_ image: GrayImage) throws(ImageError) -> GrayImage {
    guard case .exactly(let side) = model.imageSide, image.width != side || image.height != side
    else { return image }
    return try StorePreparation(side: side)(image)
  }

  /// What outputs tell: shares that belong together are one aspect.
  static func aspects(of outputs: [ModelOutput]) -> [JudgedAspect] {
    var aspects: [JudgedAspect] = []
    let races = outputs.compactMap { output -> Race? in
      if case .race(let race) = output { race } else { nil }
    }
    for output in outputs {
      let aspect: JudgedAspect? =
        switch output {
        case .sex: .sex
        case .race: .race(races)
        case .ageYears: .ageYears
        case .label(let name): Finding(name: name).map { .finding($0) }
        }
      if let aspect, !aspects.contains(aspect) { aspects.append(aspect) }
    }
    return aspects
  }

  /// The estimates of ``aspects(of:)``.
  static func estimates(_ values: [Double], of outputs: [ModelOutput]) -> [QualityEstimate] {
    var sexes: [Sex: Double] = [:]
    var races: [Race: Double] = [:]
    for (output, value) in zip(outputs, values) {
      if case .sex(let sex) = output { sexes[sex] = value }
      if case .race(let race) = output { races[race] = value }
    }
    return aspects(of: outputs).compactMap { aspect in
      switch aspect {
      case .sex: return .sex(sexes)
      case .race: return .race(races)
      case .ageYears:
        return zip(outputs, values).first { $0.0 == .ageYears }.map { .ageYears($0.1) }
      case .finding(let finding):
        return zip(outputs, values).first { output, _ in
          output.label.flatMap { Finding(name: $0) } == finding
        }.map { .finding($0.1) }
      }
    }
  }
}
