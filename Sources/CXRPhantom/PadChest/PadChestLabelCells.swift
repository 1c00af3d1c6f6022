// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXRFiles

/// The label cells of a study of PadChest, as its rows repeat them.
struct PadChestLabelCells {
  let report: String
  let method: String
  let labels: String
  let localizations: String
  let bySentence: String
  let concepts: String
  let localizationConcepts: String
  /// The quirks that show in these cells only.
  let quirks: Set<PadChestQuirk>

  init(of study: PadChestStudy, patient: PadChestPatient, seed: UInt64) {
    let index = patient.number * 100 + study.number
    var draws = PhantomDraws(seed: seed, purpose: "phantom.padchest.report", index: index)
    report = PadChestReport.text(of: study, draws: &draws)
    guard let list = study.labels else {
      // Null cells come from the network only.
      method = "RNN_model"
      (labels, localizations, bySentence, concepts, localizationConcepts) = ("", "", "", "", "")
      quirks = []
      return
    }
    method = study.isReadByPhysician ? "Physician" : "RNN_model"
    labels = PythonList.text(list)
    let places = study.terms.isEmpty ? [] : [draws.pick(Self.places).name]
    localizations = PythonList.text(places)
    var quirks: Set<PadChestQuirk> = []
    if study.isReadByPhysician {
      // A sentence about an ordinary part is tagged normal beside what the others find.
      let hasNormal = !study.terms.isEmpty && draws.happens(0.3)
      let sentences = list.map { [$0] + places } + (hasNormal ? [["normal"]] : [])
      bySentence = PythonList.text(sentences)
      if hasNormal { quirks.insert(.normalSentence) }
    } else {
      bySentence = PythonList.text(list + places)
    }
    let found = study.terms.map(\.concept).filter { !$0.isEmpty }
    concepts = PythonList.wrapped(list == ["normal"] ? ["C0205307"] : found)
    localizationConcepts = PythonList.wrapped(
      places.compactMap { name in Self.places.first { $0.name == name }?.concept })
    if found.count > PythonList.itemsPerLine { quirks.insert(.conceptsWrapped) }
    if study.terms.contains(where: { PadChestTerm.traps.contains($0.name) }) {
      quirks.insert(.substringTrap)
    }
    self.quirks = quirks
  }

  private static let places = [
    (name: "loc bilateral", concept: "C0238767"), (name: "loc right", concept: "C0444532"),
    (name: "loc left", concept: "C0443246"), (name: "loc basal", concept: "C1282378"),
  ]
}
