// SPDX-License-Identifier: Apache-2.0
public import CXRImage
public import CXRTensor

extension DemographicClassifier: PredictionModel {
  /// A share of each sex or race, or the age.
  public var outputs: [ModelOutput] { model.modelOutputs }

  /// No smaller than the published check looks at.
  public var imageSide: ImageSide { DemographicModel.imageSide }

  /// As ``DemographicModel/planes(of:)`` says.
  public var preparation: any PicturePreparation { model }

  /// The shares, or the age, of each picture.
  public func values(for pictures: Tensor) throws(TensorError) -> [Double] {
    try rows(for: pictures).flatMap(\.self)
  }
}

extension DemographicModel: PicturePreparation {
  /// The images that it takes: they are reduced to 224 pixels, never enlarged to them.
  static let imageSide = ImageSide.atLeast(224)

  var modelOutputs: [ModelOutput] {
    switch target {
    case .ageYears: [.ageYears]
    case .sex(let sexes): sexes.map { .sex($0) }
    case .race(let races): races.map { .race($0) }
    }
  }

  /// Three channels.
  public var channels: Int { 3 }

  /// Always.
  public var isValid: Bool { true }

  /// The side of the model's input, whatever that of the images.
  public func side(ofImages side: Int) -> Int { self.side }

  /// As ``planes(of:)``, which has nothing random.
  public func planes(
    of image: GrayImage, seed: UInt64, index: Int
  ) throws(ImageError) -> [ContiguousArray<Float>] {
    try planes(of: image)
  }
}
