// SPDX-License-Identifier: Apache-2.0
import CXRPhantom
import CXRTestSupport
import Foundation
import Testing

@Suite("MIMIC phantom")
struct MIMICPhantomTests {
  let folder: TemporaryFolder
  let truth: DatasetTruth
  let metadata: WrittenTable

  init() throws {
    folder = try TemporaryFolder()
    var layout = PhantomLayout()
    layout.reports = .folder
    let written = try Phantom(size: .patients(120), seed: 9, layout: layout).write(
      to: folder.url.path, only: [.mimicCXR])
    truth = try #require(written[.mimicCXR])
    metadata = try WrittenTable(folder.path("mimic-cxr/mimic-cxr-2.0.0-metadata.csv.gz"))
  }

  private func table(_ name: String) throws -> WrittenTable {
    try WrittenTable(folder.path("mimic-cxr/\(name).csv.gz"))
  }

  /// The texts of the reports by study.
  private func reports() throws -> [String: String] {
    let root = folder.path("mimic-cxr/mimic-cxr-reports")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root).filter {
      $0.hasSuffix(".txt")
    }
    return try paths.reduce(into: [:]) { reports, path in
      let study = try #require(path.split(separator: "/").last).dropFirst().dropLast(4)
      reports[String(study)] = try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
    }
  }

  @Test("The quirks of the views are as many as the metadata show")
  func viewQuirks() throws {
    let records = metadata.records
    let count = { (name: String) in truth.count(ofQuirk: name) }
    let blank = records.filter { $0["ViewPosition"] == "" }
    let codes = blank.map { $0["ViewCodeSequence_CodeMeaning"] ?? "" }
    #expect(count("viewPositionBlank") == blank.count)
    #expect(count("viewUnknown") == codes.count { $0 == "" })
    #expect(count("viewCodeUsed") == codes.count { $0 != "" && $0 == $0.lowercased() })
    #expect(count("viewCodeCapitalised") == codes.count { $0 != $0.lowercased() })
    let words = metadata["ViewPosition"].counts
    for (quirk, word) in [
      ("viewLL", "LL"), ("viewPADecubitus", "PA LLD"), ("viewPARightDecubitus", "PA RLD"),
      ("viewLAO", "LAO"), ("viewRAO", "RAO"), ("viewAPAxial", "AP AXIAL"),
      ("viewAPDecubitus", "AP LLD"), ("viewAPRightDecubitus", "AP RLD"),
      ("viewCrossTableLateral", "XTABLE LATERAL"), ("viewSwimmers", "SWIMMERS"),
      ("viewLPO", "LPO"),
    ] { #expect(count(quirk) == words[word] ?? 0, "\(word)") }
    #expect(
      truth.radiographsByView["PA"] == (words["PA"] ?? 0)
        + codes.count { $0.lowercased() == "postero-anterior" })
    #expect(
      count("studyTimeShort")
        == metadata["StudyTime"].count {
          ($0.split(separator: ".").first ?? "").count < 6
        })
  }

  @Test("Identifiers have the official shapes and the same radiographs are in every list")
  func identifiers() throws {
    for record in metadata.records {
      let (subject, study) = (record["subject_id"] ?? "", record["study_id"] ?? "")
      try #require(record["dicom_id"]?.wholeMatch(of: /[0-9a-f]{8}(-[0-9a-f]{8}){4}/) != nil)
      try #require(subject.wholeMatch(of: /1\d{7}/) != nil && study.wholeMatch(of: /5\d{7}/) != nil)
    }
    let names = Set(metadata["dicom_id"])
    #expect(names.count == metadata.rows.count)
    #expect(Set(try table("mimic-cxr-2.0.0-split")["dicom_id"]) == names)
    #expect(Set(try table("cxr-record-list")["dicom_id"]) == names)
    #expect(Set(try table("cxr-study-list")["study_id"]) == Set(metadata["study_id"]))
    let images = try String(
      contentsOfFile: folder.path("mimic-cxr/IMAGE_FILENAMES"), encoding: .utf8)
    #expect(images.split(separator: "\n").count == names.count)
  }

  @Test("No patient is in two parts of the official split, and each part has patients")
  func splitIsDisjoint() throws {
    let split = try table("mimic-cxr-2.0.0-split")
    let pairs = Set(zip(split["subject_id"], split["split"]).map { [$0, $1] })
    #expect(pairs.count == Set(split["subject_id"]).count)
    #expect(split["split"].counts == truth.radiographsByPart)
    #expect(Set(split["split"]) == ["train", "validate", "test"])
  }

  @Test("The quirks of the labels are as many as the label tables show")
  func labelQuirks() throws {
    let chexpert = try table("mimic-cxr-2.0.0-chexpert")
    let negbio = try table("mimic-cxr-2.0.0-negbio")
    let studies = Set(metadata["study_id"])
    let labelled = Set(chexpert["study_id"])
    #expect(truth.count(ofQuirk: "studyWithoutLabels") == studies.subtracting(labelled).count)
    #expect(
      truth.count(ofQuirk: "labelsAllBlank")
        == chexpert.rows.count { $0.dropFirst(2).allSatisfy(\.isEmpty) })
    #expect(
      truth.count(ofQuirk: "negbioDiffers") == zip(chexpert.rows, negbio.rows).count { $0 != $1 })
    let imagesByStudy = metadata["study_id"].counts
    let devices = zip(chexpert["study_id"], chexpert["Support Devices"]).filter { $1 == "1.0" }
    #expect(
      truth.positivesByFinding["Support Devices"]
        == devices.reduce(0) { $0 + (imagesByStudy[$1.0] ?? 0) })
    let hand = try WrittenTable(
      folder.path("mimic-cxr/mimic-cxr-2.1.0-test-set-labeled.csv"))
    #expect(truth.count(ofQuirk: "handLabelled") == hand.rows.count)
    #expect(hand.header.contains("Airspace Opacity") && !hand.header.contains("subject_id"))
  }

  @Test("The quirks of the reports are as many as their texts show")
  func reportQuirks() throws {
    let reports = try reports()
    #expect(reports.count == truth.reportCount && reports.count == truth.studyCount)
    let lines = reports.values.map { $0.split(separator: "\n") }
    let has = { (header: String) in
      { (lines: [Substring]) in lines.count { $0.hasPrefix(" \(header):") } }
    }
    let (impressions, findings) = (has("IMPRESSION"), has("FINDINGS"))
    let count = { (name: String) in truth.count(ofQuirk: name) }
    #expect(truth.impressionCount == lines.count { impressions($0) > 0 })
    #expect(count("impressionRepeated") == lines.count { impressions($0) == 2 })
    #expect(
      count("reportOnlyImpression") == lines.count { impressions($0) > 0 && findings($0) == 0 })
    #expect(
      count("reportOnlyFindings") == lines.count { impressions($0) == 0 && findings($0) > 0 })
    #expect(count("reportWithNeither") == lines.count { has("NOTIFICATION")($0) == 1 })
    #expect(
      (count("reportOnlyLastParagraph") ?? 0) + (count("reportWithNeither") ?? 0)
        == lines.count { impressions($0) == 0 && findings($0) == 0 })
    #expect(count("impressionAsAbove") == reports.values.count { $0.contains("As above.") })
    #expect(count("impressionUnchanged") == reports.values.count { $0.contains("No change since") })
    #expect(count("addendum") == reports.values.count { $0.contains("______") })
    #expect(lines.joined().allSatisfy { $0.utf8.count <= 79 && $0.hasPrefix(" ") })
  }

  @Test("The quirks of the patients are as many as the tables of MIMIC-IV show")
  func patientQuirks() throws {
    let patients = try table("mimic-iv/hosp/patients")
    let admissions = try table("mimic-iv/hosp/admissions")
    let subjects = Set(metadata["subject_id"])
    let known = Set(patients["subject_id"])
    let count = { (name: String) in truth.count(ofQuirk: name) }
    #expect(count("patientNotInMIMICIV") == subjects.subtracting(known).count)
    #expect(count("patientWithoutRadiograph") == known.subtracting(subjects).count)
    let ofSubjects = patients.records.filter { subjects.contains($0["subject_id"] ?? "") }
    #expect(count("ageTopCoded") == ofSubjects.count { $0["anchor_age"] == "91" })
    let races = Dictionary(
      grouping: zip(admissions["subject_id"], admissions["race"]), by: \.0
    ).mapValues { Set($0.map { Self.group($0.1) }) }
    let known2 = subjects.intersection(known)
    #expect(count("patientWithoutAdmission") == known2.count { races[$0] == nil })
    let groups = known2.compactMap { races[$0] }
    #expect(count("racesConflict") == groups.count { $0.subtracting([""]).count > 1 })
    #expect(count("raceOutsideGroups") == groups.count { $0 == [""] })
    #expect(
      count("raceBesideUnknown")
        == groups.count { $0.contains("") && $0.subtracting([""]).count == 1 })
    let imagesBySubject = metadata["subject_id"].counts
    let white = known2.filter { races[$0]?.subtracting([""]) == ["WHITE"] }
    #expect(
      truth.radiographsByRace["White"] == white.reduce(0) { $0 + (imagesBySubject[$1] ?? 0) })
  }

  @Test("Ages that would be negative, and studies before the anchor year, are counted")
  func ageQuirks() throws {
    let patients = try table("mimic-iv/hosp/patients")
    let bySubject = Dictionary(
      uniqueKeysWithValues: patients.records.map { ($0["subject_id"] ?? "", $0) })
    var (before, negative): (Set<String>, Set<String>) = ([], [])
    for record in metadata.records {
      guard let patient = bySubject[record["subject_id"] ?? ""] else { continue }
      let year = try #require(Int((record["StudyDate"] ?? "").prefix(4)))
      let anchorYear = try #require(Int(patient["anchor_year"] ?? ""))
      let age = try #require(Int(patient["anchor_age"] ?? "")) + year - anchorYear
      if year < anchorYear { before.insert(record["study_id"] ?? "") }
      if age < 0 { negative.insert(record["study_id"] ?? "") }
    }
    #expect(truth.count(ofQuirk: "studyBeforeAnchorYear") == before.count)
    #expect(truth.count(ofQuirk: "ageNegative") == negative.count && !negative.isEmpty)
  }

  @Test("A second identifier has the same study, size and view")
  func duplicates() {
    let byStudy = Dictionary(grouping: metadata.rows) { $0[2] }
    let copied = byStudy.values.filter { rows in
      Set(rows.map { $0.dropFirst().joined(separator: ",") }).count < rows.count
    }
    // Portable studies of two equal films look the same, so this is a lower bound.
    #expect((truth.count(ofQuirk: "radiographTwice") ?? 0) <= copied.count)
  }

  @Test("Release 1.0 of MIMIC-IV lies in core/ and calls the race ethnicity")
  func earlierRelease() throws {
    var layout = PhantomLayout()
    layout.mimicIV = .core
    _ = try Phantom(size: .patients(20), seed: 9, layout: layout).write(
      to: folder.path("core"), only: [.mimicCXR])
    let admissions = try WrittenTable(
      folder.path("core/mimic-cxr/mimic-iv/core/admissions.csv.gz"))
    #expect(admissions.header.contains("ethnicity"))
    #expect(!admissions.header.contains("race") && !admissions.header.contains("admit_provider_id"))
    #expect(admissions.rows.allSatisfy { $0.count == 15 })
  }

  /// The race group that a word begins with, or nothing.
  private static func group(_ text: String) -> String {
    ["WHITE", "BLACK", "ASIAN", "HISPANIC"].first { text.hasPrefix($0) } ?? ""
  }
}
