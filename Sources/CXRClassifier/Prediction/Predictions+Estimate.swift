// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension Predictions {
  /// Returns what a model of age, sex or race says of an image.
  ///
  /// - Parameter row: The position of the image.
  /// - Returns: The estimate; `nil` for a model of labels.
  public func estimate(at row: Int) -> DemographicEstimate? {
    var sexes: [Sex: Double] = [:]
    var races: [Race: Double] = [:]
    for (output, values) in zip(outputs, values) {
      switch output {
      case .label: return nil
      case .ageYears: return .ageYears(values[row])
      case .sex(let sex): sexes[sex] = values[row]
      case .race(let race): races[race] = values[row]
      }
    }
    return sexes.isEmpty ? .race(races) : .sex(sexes)
  }
}
