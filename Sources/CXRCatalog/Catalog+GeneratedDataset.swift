// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import GRDB

extension Catalog {
  /// The attribute that marks a radiograph as generated, and names its run.
  public static var generationRunAttribute: String { "generationRun" }

  /// Reads the accepted images of a run, by prompt and copy.
  ///
  /// - Parameter run: The name of the run.
  /// - Returns: The images.
  /// - Throws: ``CatalogError`` with code `.unknownName` for an unknown run, and when radiographs are
  ///   gone from the catalog that prompts came from: they give the labels.
  /// - Complexity: O(*n* log *n*) for *n* attempts.
  public func acceptedImages(of run: String) throws -> [AcceptedImage] {
    var attempts: [[Int]: GenerationAttempt] = [:]
    try forEachGenerationAttempt(of: run) {
      if $0.outcome == .accepted { attempts[[$0.prompt, $0.copy]] = $0 }
      return true
    }
    return try read { database in
      let id = try Self.generationRunID(run, in: database)
      let select = try BulkStatement(
        database,
        """
        SELECT prompt, copy, attemptCount, sourceDataset, sourceImageName, variation,
          generationPrompt.sex, generationPrompt.race, generationPrompt.ageYears, text, impression,
          patientKey, studyKey, view,
          \(Finding.allCases.map { "finding.\($0.columnName)" }.joined(separator: ", "))
        FROM generationItem JOIN generationPrompt USING (generationRunID, prompt)
        LEFT JOIN dataset ON dataset.name = sourceDataset
        LEFT JOIN radiograph ON radiograph.datasetID = dataset.id AND imageName = sourceImageName
        LEFT JOIN patient ON patient.id = radiograph.patientID
        LEFT JOIN study ON study.id = studyID
        LEFT JOIN finding ON finding.radiographID = radiograph.id
        WHERE generationRunID = \(id) AND state = 'accepted' ORDER BY prompt, copy
        """)
      var images: [AcceptedImage] = []
      var lost: [String: Int] = [:]
      while try select.step() {
        let prompt = Int(select.integer(at: 0))
        let copy = Int(select.integer(at: 1))
        let dataset = select.text(at: 3) ?? ""
        guard let patientKey = select.text(at: 11) else {
          lost[dataset, default: 0] += 1
          continue
        }
        guard let attempt = attempts[[prompt, copy]] else { continue }
        let item = GenerationItem(
          prompt: prompt, copy: copy, attemptCount: Int(select.integer(at: 2)),
          sourceDataset: dataset, sourceImageName: select.text(at: 4) ?? "",
          variation: Int(select.integer(at: 5)), sex: select.text(at: 6).flatMap(Sex.init),
          race: select.text(at: 7).flatMap(Race.init),
          ageYears: select.optionalInteger(at: 8).map { Int($0) }, text: select.text(at: 9) ?? "",
          findings: select.findingStates(from: 14))
        images.append(
          AcceptedImage(
            item: item, attempt: attempt, impression: select.text(at: 10) ?? "",
            sourcePatientKey: patientKey, sourceStudyKey: select.text(at: 12),
            sourceView: select.text(at: 13).flatMap(View.init) ?? .unknown))
      }
      if let (dataset, count) = lost.min(by: { $0.key < $1.key }) {
        throw CatalogError(
          .unknownName,
          "\(NumberText.count(count, "image")) came from prompts of radiographs of \(dataset) that "
            + "the catalog has no more, and with them the labels; ingest \(dataset) as it was.")
      }
      return images
    }
  }

  /// Reserves the name of a dataset for the accepted images of a run.
  ///
  /// - Parameters:
  ///   - dataset: The name of the dataset.
  ///   - run: The name of the run.
  ///   - policy: Whether a dataset of another run may be taken over.
  /// - Throws: ``CatalogError`` with code `.conflict` if the name is that of a dataset that was
  ///   ingested, or of another run's and that is refused; `.unknownName` for an unknown run.
  public func reserveDataset(
    _ dataset: String, forGenerationRun run: String, onConflict policy: ConflictPolicy
  ) throws {
    try write { database in
      let id = try Self.generationRunID(run, in: database)
      let owner = try String.fetchOne(
        database, sql: "SELECT name FROM generationRun WHERE dataset = ?", arguments: [dataset])
      guard owner != run else { return }
      let former = try Int64.fetchOne(
        database, sql: "SELECT id FROM dataset WHERE name = ?", arguments: [dataset])
      if let former {
        let isGenerated = try Bool.fetchOne(
          database,
          sql: """
            SELECT EXISTS (SELECT 1 FROM radiographAttribute
              JOIN radiograph ON radiograph.id = radiographID WHERE datasetID = ? AND name = ?)
            """, arguments: [former, Self.generationRunAttribute])
        guard isGenerated == true else {
          throw CatalogError(
            .conflict, "\(dataset) is a dataset that was ingested; give the images another name.")
        }
      }
      guard owner == nil && former == nil || policy == .replace else {
        throw CatalogError(
          .conflict,
          "The dataset \(dataset) holds the images of \(owner.map { "run \($0)" } ?? "another run"); "
            + "choose another name, or replace them with --replace.")
      }
      try database.execute(
        sql: "UPDATE generationRun SET dataset = NULL WHERE dataset = ?", arguments: [dataset])
      try database.execute(
        sql: "UPDATE generationRun SET dataset = ? WHERE id = ?", arguments: [dataset, id])
    }
  }
}
