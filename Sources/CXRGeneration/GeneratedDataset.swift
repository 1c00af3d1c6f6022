// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRFiles
internal import Foundation

/// The accepted images of a run as a dataset like any other.
///
/// An image has the sex, race and age of its prompt, and the findings, the projection and the report
/// of the radiograph that the prompt came from. Its study stands for its prompt, whose text and
/// impression are the sections of the report. Its patient stands for the source's patient with the sex
/// and race of the prompt, because a patient of the catalog has one of each: a split keeps the images
/// of one source patient together only as far as they share sex and race.
///
/// Attributes of each radiograph say where it came from: `generationRun`, `generator` (the digest of
/// the model), `prompt` (its position in the run), `seed`, `sourceDataset`, `sourceImage` and, where
/// the source has one, `sourceStudy`. The log of the run has the rest.
public struct GeneratedDataset: Sendable {
  /// The dataset.
  public let content: DatasetContent
  private let run: String

  /// The name of a dataset of generated images where none is given.
  public static let defaultName = "synthetic"

  /// Reads what a run has accepted so far.
  ///
  /// - Parameters:
  ///   - run: The name of the run.
  ///   - name: The name of the dataset.
  ///   - catalog: Where the log of the run is.
  /// - Throws: ``GenerationError`` with code `.empty` if nothing was accepted; `CatalogError` with code
  ///   `.unknownName` for an unknown run, or when radiographs are gone that prompts came from.
  public init(of run: String, name: String = defaultName, in catalog: Catalog) throws {
    let info = try catalog.generationRun(run)
    let record = try JSONDecoder().decode(
      RunRecord.self, from: Data(info.configurationJSON.utf8))
    let images = try catalog.acceptedImages(of: run)
    guard !images.isEmpty else {
      throw GenerationError(
        .empty,
        "Run \(run) has no accepted image; see what the checks said with cxr diffusion yield \(run)."
      )
    }
    var patientIndices: [String: Int] = [:]
    var patients: [PatientRecord] = []
    var reports: [ReportRecord] = []
    var studies: Set<String> = []
    let radiographs = images.map { image in
      let item = image.item
      let key = [
        item.sourceDataset, image.sourcePatientKey, item.sex?.rawValue ?? "",
        item.race?.rawValue ?? "",
      ].joined(separator: "/")
      let index = patientIndices[key] ?? patients.count
      if index == patients.count {
        patientIndices[key] = index
        patients.append(PatientRecord(patientKey: key, sex: item.sex, race: item.race))
      }
      // A study has one report; prompts of one radiograph may be shortened differently.
      let study = "\(image.sourceStudyKey ?? item.sourceImageName)/\(item.prompt)"
      if studies.insert("\(key)/\(study)").inserted {
        reports.append(
          ReportRecord(
            patientIndex: index, studyKey: study,
            sections: [.init(name: "prompt", text: item.text)]
              + (image.impression.isEmpty
                ? [] : [.init(name: "impression", text: image.impression)])))
      }
      return Self.radiograph(image, patientIndex: index, studyKey: study, record: record)
    }
    var content = DatasetContent(
      name: name, title: "Synthetic radiographs of run \(run)",
      labelSource: "prompts \(info.promptSet): labels of the radiographs that they came from",
      ageSource: "prompts \(info.promptSet): ages that they ask for",
      contentDigest: Self.digest(images, run: info), nativeLabels: [],
      patients: patients, radiographs: radiographs)
    content.reports = reports
    self.content = content
    self.run = run
  }

  /// Enters the dataset, or brings it up to date.
  ///
  /// - Parameters:
  ///   - catalog: The catalog that has the run.
  ///   - policy: Whether the dataset of another run may be replaced.
  ///   - provenance: The command that generates; how many images were wanted and accepted is added.
  /// - Returns: Whether anything was written.
  /// - Throws: `CatalogError` with code `.conflict` if the name is that of another dataset.
  public func enter(
    into catalog: Catalog, onConflict policy: ConflictPolicy = .refuse, provenance: Provenance
  ) throws -> WriteOutcome {
    try catalog.reserveDataset(content.name, forGenerationRun: run, onConflict: policy)
    let total = try GenerationYield(of: run, in: catalog).total
    var provenance = provenance
    provenance.recordsRead = total.wanted
    provenance.recordsKept = content.radiographs.count
    provenance.flow =
      [.init("images wanted", total.wanted)]
      + [("dropped: no attempt passed", total.discarded), ("dropped: not made yet", total.open)]
      .filter { $0.1 > 0 }.map { .init($0, $1) } + [.init("kept", content.radiographs.count)]
    // Images of a run never go again, unless another run takes the name over.
    return try catalog.replaceDataset(content, onConflict: policy, provenance: provenance)
  }

  private static func radiograph(
    _ image: AcceptedImage, patientIndex: Int, studyKey: String, record: RunRecord
  ) -> RadiographRecord {
    let item = image.item
    let path = image.attempt.relativePath ?? Candidate.path(prompt: item.prompt, copy: item.copy)
    var radiograph = RadiographRecord(
      imageName: URL(filePath: path).deletingPathExtension().lastPathComponent,
      patientIndex: patientIndex, view: image.sourceView, viewSource: .inferred,
      findings: item.findings)
    radiograph.studyKey = studyKey
    radiograph.relativePath = path
    radiograph.ageYears = item.ageYears.map(Double.init)
    radiograph.widthPixels = image.attempt.widthPixels
    radiograph.heightPixels = image.attempt.heightPixels
    radiograph.attributes = [
      (Catalog.generationRunAttribute, record.settings.name),
      ("generator", record.generator.digest), ("prompt", String(item.prompt)),
      ("seed", String(image.attempt.seed)), ("sourceDataset", item.sourceDataset),
      ("sourceImage", item.sourceImageName), ("sourceStudy", image.sourceStudyKey ?? ""),
    ].filter { !$0.1.isEmpty }.map { RadiographAttribute(name: $0, value: $1) }
    return radiograph
  }

  /// Everything that the dataset is made of, labels of the sources included.
  private static func digest(_ images: [AcceptedImage], run: GenerationRunContent) -> String {
    var text = "\(run.name)\n\(run.promptSetDigest)\n"
    for image in images {
      let item = image.item
      let states = Finding.allCases.map { String(item.findings[$0].rawValue) }.joined()
      text += """
        \(item.prompt)\t\(item.copy)\t\(image.attempt.fileSHA256 ?? "")\t\(states)\t\
        \(image.sourceView.rawValue)\t\(image.sourcePatientKey)\t\(image.sourceStudyKey ?? "")

        """
    }
    return FileDigest.sha256(of: text)
  }
}
