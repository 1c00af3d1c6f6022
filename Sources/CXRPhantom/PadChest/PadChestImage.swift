// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

/// A simulated radiograph of PadChest: a row of its table.
struct PadChestImage {
  let imageID: String
  let folder: String
  let projection: String
  let viewPosition: String
  let window: (center: String, width: String)
  let size: (rows: Int, columns: Int)
  let tubeCurrent: String
  /// The view by the default rule; `nil` for a projection that is dropped.
  let view: View?
  let quirks: Set<PadChestQuirk>

  /// The path of the picture; a folder that the table writes with a decimal has none on disk.
  var path: String { "\(folder.prefix { $0 != "." })/\(imageID)" }

  /// A projection with the word that the DICOM header should have for it.
  private struct Projection {
    let word: String
    let position: String
    let view: View

    static let pa = Projection(word: "PA", position: "POSTEROANTERIOR", view: .pa)
    static let lateral = Projection(word: "L", position: "LATERAL", view: .lateral)
    static let ap = Projection(word: "AP", position: "ANTEROPOSTERIOR", view: .ap)
    static let supine = Projection(word: "AP_horizontal", position: "AP", view: .apSupine)
    static let costal = Projection(word: "COSTAL", position: "", view: .other)
  }

  init(
    of study: PadChestStudy, patient: PadChestPatient, number: Int, seed: UInt64,
    plan: QuirkPlan<PadChestQuirk>
  ) {
    let unit = study.number * 10 + number
    let index = patient.number * 1_000 + unit
    var draws = PhantomDraws(seed: seed, purpose: "phantom.padchest.image", index: index)
    var quirks = plan.quirks(PadChestQuirk.ofRows, patient: patient.number, unit: unit)
    if study.quirks.contains(.labelExclude) { quirks.remove(.projectionExclude) }
    let digits = "9" + index.padded(to: 9)
    imageID =
      quirks.contains(.longImageIdentifier)
      ? "\(digits)\(draws.digits(35))_\(draws.digits(2))-\(draws.digits(3))-\(draws.digits(3)).png"
      : "\(digits)\(draws.digits(29))_\(draws.alphanumerics(6)).png"
    let folderNumber = draws.index(below: 54)
    folder = quirks.contains(.folderDecimal) ? "\(folderNumber).0" : String(folderNumber)
    let drawn = Self.projection(patient: patient.person, number: number, draws: &draws)
    let shortens = draws.happens(0.3)
    if quirks.contains(.projectionExclude) {
      (projection, viewPosition, view) = ("EXCLUDE", "", nil)
    } else if quirks.contains(.projectionAndPositionBlank) {
      (projection, viewPosition, view) = ("", "", .unknown)
    } else if quirks.contains(.projectionBlank) {
      // Of the fallback's words none says supine or costal.
      let named = drawn.view == .lateral || drawn.view == .ap ? drawn : .pa
      (projection, viewPosition, view) = ("", named.position, named.view)
    } else {
      let differs = quirks.contains(.positionDiffers)
      let word = differs ? (drawn.view == .pa ? "LATERAL" : "POSTEROANTERIOR") : drawn.position
      let short = ["POSTEROANTERIOR": "PA", "ANTEROPOSTERIOR": "AP", "LATERAL": "LL"][word]
      (projection, viewPosition, view) = (
        drawn.word, shortens ? short ?? word : word, drawn.view
      )
    }
    if viewPosition.isEmpty || projection.isEmpty { quirks.remove(.positionDiffers) }
    let isScientific = quirks.contains(.windowScientific)
    window = isScientific ? ("5.115000e+02", "1.023000e+03") : ("2047.5", "4095.0")
    size = draws.pick([(3_520, 4_280), (2_400, 2_880), (1_760, 1_760), (2_991, 2_992)])
    tubeCurrent = draws.happens(0.4) ? "None" : String(draws.number(in: 100...400))
    if tubeCurrent == "None" { quirks.insert(.noneWords) }
    self.quirks = quirks
  }

  /// The first radiograph of a study is frontal, the second its lateral.
  private static func projection(
    patient: PhantomPerson, number: Int, draws: inout PhantomDraws
  ) -> Projection {
    let lies = draws.unit()
    let isCostal = draws.happens(0.004)
    if isCostal { return .costal }
    if number > 0 { return number % 2 == 1 ? .lateral : .pa }
    guard normalShare(below: 0.6 * patient.severity + 0.8 * draws.normal()) > 0.83 else {
      return .pa
    }
    return lies < 0.24 ? .ap : .supine
  }
}
