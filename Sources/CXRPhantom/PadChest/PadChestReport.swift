// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// The words of a simulated PadChest report: Spanish, cut to stems, lower-case, sentences between
/// full stops.
enum PadChestReport {
  static func text(of study: PadChestStudy, draws: inout PhantomDraws) -> String {
    guard !study.terms.isEmpty else { return draws.pick(normal) }
    let sentences = study.terms.map { term in
      // The first finding gives the word; terms without one are described in general.
      term.findings.first.map(stem) ?? draws.pick(general)
    }
    return (sentences + [draws.pick(closing)]).joined(separator: " . ") + " ."
  }

  private static let normal = [
    "sin hallazg patolog relev . siluet cardi normal .", "estudi sin alter signific .",
    "torax sin hallazg . sen costofren libr .",
  ]
  private static let general = [
    "cambi cronic sin variacion", "hallazg inespecif en relacion con edad",
    "elongacion y cambi degenerat", "tract residual apical",
  ]
  private static let closing = [
    "rest sin cambi", "valor con estudi prev", "siluet mediastin normal",
  ]

  private static func stem(_ finding: Finding) -> String {
    switch finding {
    case .atelectasis: "atelectasi lamin basal"
    case .cardiomegaly: "aument indic cardiotorac"
    case .consolidation: "consolid parenquim"
    case .edema: "sign edem pulmon"
    case .enlargedCardiomediastinum: "ensanch mediastin"
    case .fracture: "fractur cost antigu"
    case .lungLesion: "nodul pulmon"
    case .lungOpacity: "infiltr de aspect intersticial"
    case .noFinding: "sin hallazg"
    case .pleuralEffusion: "derram pleural"
    case .pleuralOther: "engros pleural apical"
    case .pneumonia: "foc neumon"
    case .pneumothorax: "neumotorax apical"
    case .supportDevices: "port cateter con extrem en cav"
    }
  }
}
