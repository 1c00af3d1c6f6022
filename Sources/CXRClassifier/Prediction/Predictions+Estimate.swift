// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension Predictions {
  /// Returns what a model says of the age, sex and race in an image.
  ///
  /// - Parameter row: The position of the image.
  /// - Returns: An estimate of each that the model tells; none for a model of labels.
  public func estimates(at row: Int) -> [DemographicEstimate] {
    var estimates: [DemographicEstimate] = []
    var sexes: [Sex: Double] = [:]
    var races: [Race: Double] = [:]
    for (output, values) in zip(outputs, values) {
      switch output {
      case .label: break
      case .ageYears: estimates.append(.ageYears(values[row]))
      case .sex(let sex): sexes[sex] = values[row]
      case .race(let race): races[race] = values[row]
      }
    }
    if !sexes.isEmpty { estimates.append(.sex(sexes)) }
    if !races.isEmpty { estimates.append(.race(races)) }
    return estimates
  }
}
