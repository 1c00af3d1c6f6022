// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import CXRImage
import Testing

@Suite("DemographicModel")
struct DemographicModelTests {
  @Test("Names its outputs in the order of the published networks")
  func outputs() {
    #expect(DemographicModel.sex.outputNames == ["M", "F"])
    #expect(DemographicModel.race.outputNames == ["Asian", "Black", "White"])
    #expect(DemographicModel.age.outputNames == ["age in years"])
  }

  @Test("Says which races it cannot tell")
  func untestable() {
    #expect(DemographicModel.race.untestableRaces == [.hispanic])
    #expect(DemographicModel.sex.untestableRaces == Race.allCases)
  }

  /// A ramp from 40 to 167 of 255 along the rows.
  private func ramp(side: Int = 448) -> GrayImage {
    GrayImage(
      width: side, height: side,
      pixels: .bytes(
        ContiguousArray((0..<side * side).map { UInt8(40 + $0 % side * 127 / (side - 1)) })),
      bitDepth: 8)
  }

  @Test("Stretches to black and white, and gives the sex model 0 to 255")
  func bytes() throws {
    let planes = try DemographicModel.sex.planes(of: ramp())
    #expect(planes.count == 3)
    #expect(planes.allSatisfy { $0.count == 224 * 224 && $0 == planes[0] })
    #expect(planes[0].min() == 0)
    #expect(planes[0].max() == 255)
  }

  @Test("Gives the others ImageNet's standard values at 320 pixels", arguments: [320])
  func standardized(side: Int) throws {
    for model in [DemographicModel.race, .age] {
      let planes = try model.planes(of: ramp())
      for (plane, (mean, deviation)) in zip(
        planes, [(0.485, 0.229), (0.456, 0.224), (0.406, 0.225)])
      {
        #expect(plane.count == side * side)
        #expect(abs(Double(plane.min() ?? 0) + mean / deviation) < 1e-5)
        #expect(abs(Double(plane.max() ?? 0) - (1 - mean) / deviation) < 1e-5)
      }
    }
  }

  @Test("Holds at 320 pixels what it held at 224, between neighbours on straight lines")
  func enlargement() throws {
    let small = try DemographicModel.sex.planes(of: ramp())[0]
    let large = try DemographicModel.race.planes(of: ramp())[0]
    for column in stride(from: 0, to: 320, by: 7) {
      // The centre of a pixel of the larger image, in pixels of the smaller.
      let position = min(max((Float(column) + 0.5) * 224 / 320 - 0.5, 0), 223)
      let left = min(Int(position), 222)
      let share = position - Float(left)
      let expected = (small[left] * (1 - share) + small[left + 1] * share) / 255
      #expect(abs(large[column] * 0.229 + 0.485 - expected) < 1e-4, "\(column)")
    }
  }
}
