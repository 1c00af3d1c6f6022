// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRImage

/// What the numbers of a picture mean, as a person writes it in a ``ScriptDescription``.
struct ScaleDescription: Decodable {
  let scale: PixelInput.Scale

  /// The scales that have a name.
  private static let named: [(name: String, scale: PixelInput.Scale)] = [
    ("unit", .unit), ("signedUnit", .signedUnit), ("xrv", .xrv),
    ("bytes", .standardized([Standardization(mean: 0, standardDeviation: 1 / 255)])),
    ("imageNet", .standardized(Standardization.imageNet)),
  ]

  private enum CodingKeys: String, CodingKey { case mean, standardDeviation }

  init(from decoder: any Decoder) throws {
    if let name = try? decoder.singleValueContainer().decode(String.self) {
      guard let found = Self.named.first(where: { $0.name == name }) else {
        throw DecodingError.dataCorrupted(
          .init(
            codingPath: decoder.codingPath,
            debugDescription:
              "'\(name)' is none of \(Self.named.map(\.name).joined(separator: ", "))"))
      }
      scale = found.scale
      return
    }
    let container = try decoder.container(keyedBy: CodingKeys.self)
    let means = try container.decode([Double].self, forKey: .mean)
    let deviations = try container.decode([Double].self, forKey: .standardDeviation)
    guard !means.isEmpty, means.count == deviations.count,
      (means + deviations).allSatisfy(\.isFinite), deviations.allSatisfy({ $0 > 0 })
    else {
      throw DecodingError.dataCorruptedError(
        forKey: .standardDeviation, in: container,
        debugDescription: "there are as many means as deviations, and these are above 0")
    }
    scale = .standardized(
      zip(means, deviations).map { Standardization(mean: $0, standardDeviation: $1) })
  }
}
