// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The states of the 14 findings of one study.
struct StudyFindings: Equatable {
  private var states: [LabelState]

  init(allAre state: LabelState) {
    states = Array(repeating: state, count: Finding.allCases.count)
  }

  subscript(finding: Finding) -> LabelState {
    get { states[finding.position] }
    set { states[finding.position] = newValue }
  }

  /// The findings in a state, in the order of `Finding.allCases`.
  func findings(_ state: LabelState) -> [Finding] { Finding.allCases.filter { self[$0] == state } }

  /// Whether nothing but a device is said to be, or perhaps to be, there.
  var isUnremarkable: Bool {
    Finding.allCases.allSatisfy {
      $0 == .supportDevices || $0 == .noFinding
        || (self[$0] != .positive && self[$0] != .uncertain)
    }
  }

  /// The cells of MIMIC-CXR's and CheXpert's label tables: `1.0`, `0.0`, `-1.0` or blank.
  func cells(_ order: [Finding], blank: String = "") -> [String] {
    order.map { finding in
      switch self[finding] {
      case .positive: "1.0"
      case .negative: "0.0"
      case .uncertain: "-1.0"
      case .unmentioned, .unannotated: blank
      }
    }
  }
}

extension Finding {
  /// The position of the finding in `allCases`.
  var position: Int {
    switch self {
    case .atelectasis: 0
    case .cardiomegaly: 1
    case .consolidation: 2
    case .edema: 3
    case .enlargedCardiomediastinum: 4
    case .fracture: 5
    case .lungLesion: 6
    case .lungOpacity: 7
    case .noFinding: 8
    case .pleuralEffusion: 9
    case .pleuralOther: 10
    case .pneumonia: 11
    case .pneumothorax: 12
    case .supportDevices: 13
    }
  }

  /// The order of the label columns in CheXpert's files.
  static let chexpertOrder: [Finding] = [
    .noFinding, .enlargedCardiomediastinum, .cardiomegaly, .lungOpacity, .lungLesion, .edema,
    .consolidation, .pneumonia, .atelectasis, .pneumothorax, .pleuralEffusion, .pleuralOther,
    .fracture, .supportDevices,
  ]
}
