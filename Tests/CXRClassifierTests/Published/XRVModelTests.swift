// SPDX-License-Identifier: Apache-2.0
import CXRClassifier
import CXRCore
import Testing

@Suite("XRVModel")
struct XRVModelTests {
  @Test("Hides the outputs that a model was not trained for")
  func outputs() {
    #expect(XRVModel.all.outputs == XRVOutput.allCases)
    #expect(XRVModel.rsna.outputs == [.pneumonia, .lungOpacity])
    #expect(XRVModel.nih.outputs == Array(XRVOutput.allCases.prefix(14)))
    #expect(!XRVModel.padChest.outputs.contains(.lungLesion))
    #expect(XRVModel.padChest.outputs.count == 15)
    let cheXpert: [XRVOutput] = [
      .atelectasis, .consolidation, .pneumothorax, .edema, .effusion, .pneumonia, .cardiomegaly,
      .lungLesion, .fracture, .lungOpacity, .enlargedCardiomediastinum,
    ]
    for model in [XRVModel.cheXpert, .mimicNegBio, .mimicCheXpert] {
      #expect(model.outputs == cheXpert, "\(model.name)")
    }
  }

  @Test("Every model has an operating point, or none, for each of the 18 outputs")
  func thresholds() {
    for model in XRVModel.allCases {
      #expect(model.normalization.thresholds.count == 18, "\(model.name)")
    }
    let all = XRVModel.all.normalization
    #expect(all.thresholds[7] == 0.103246614)
    #expect(all(0.103246614, output: 7) == 0.5)
  }

  @Test("Outputs and CheXpert findings meet by name")
  func findings() {
    #expect(XRVOutput.effusion.finding == .pleuralEffusion)
    #expect(XRVOutput.enlargedCardiomediastinum.finding == .enlargedCardiomediastinum)
    #expect(XRVOutput(.lungLesion) == .lungLesion)
    for output in [XRVOutput.infiltration, .emphysema, .pleuralThickening, .nodule, .hernia] {
      #expect(output.finding == nil, "\(output)")
    }
    #expect(XRVOutput.allCases.count { $0.finding != nil } == 11)
    for finding in [Finding.noFinding, .supportDevices, .pleuralOther] {
      #expect(XRVOutput(finding) == nil, "\(finding)")
    }
  }
}
