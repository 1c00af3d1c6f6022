// SPDX-License-Identifier: Apache-2.0
internal import CXRCohort
internal import CXRCore
internal import CXRIngest
internal import CXRYAML
internal import Yams

/// Reads the sections of a manifest, and notes what is wrong.
struct ManifestReader {
  let fields: YAMLMapping
  let vocabulary: VerbVocabulary

  func options(
    _ fields: YAMLMapping, of verb: String, except own: Set<String> = []
  ) -> VerbOptions {
    VerbOptions(fields, of: verb, in: vocabulary, except: own)
  }

  /// The mappings of a section whose keys are names.
  func named(_ key: String) -> [(name: String, fields: YAMLMapping)] {
    guard let section = fields.mapping(key) else { return [] }
    return section.pairs.compactMap { name, _ in
      if !Self.isPlain(name) {
        section.note("the name has other characters than a-z, 0-9 and -", at: name)
      }
      return section.mapping(name).map { (name, $0) }
    }
  }

  static func isPlain(_ name: String) -> Bool {
    !name.isEmpty
      && name.utf8.allSatisfy {
        (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D
      }
  }

  /// Sections that are a name and options of one verb.
  func sections(_ key: String, verb: String, except own: Set<String>) -> [ManifestSection] {
    named(key).map { name, section in
      let options = options(section, of: verb, except: own)
      section.close()
      return ManifestSection(name: name, line: section.line, options: options)
    }
  }

  /// A section that is options of one verb.
  func options(_ key: String, verb: String, except own: Set<String>) -> VerbOptions? {
    guard let section = fields.mapping(key) else { return nil }
    defer { section.close() }
    return options(section, of: verb, except: own)
  }

  var datasets: [StudyDataset] {
    named("datasets").map { name, section in
      let manifest = section.text("manifest")
      let descriptor = section.text("descriptor") ?? name
      if manifest == nil, !DatasetDescriptor.builtInNames.contains(descriptor) {
        section.noteUnknown(
          descriptor, among: DatasetDescriptor.builtInNames,
          at: section.has("descriptor") ? "descriptor" : "")
      }
      let phantom = section.text("phantom")
      if phantom != nil, section.has("root") {
        section.note("goes without root; a phantom makes its own", at: "phantom")
      }
      let root =
        phantom == nil
        ? section.requiredText("root", remedy: "name the folder of the files, or a phantom") : ""
      let options = options(section, of: "ingest", except: ["manifest", "root", "dataset"])
      section.close()
      return StudyDataset(
        name: name, line: section.line, descriptor: descriptor, manifest: manifest,
        origin: phantom.map { .phantom($0) } ?? .folder(root), options: options)
    }
  }

  var cohorts: [(line: Int, definition: CohortDefinition)] {
    named("cohorts").compactMap { name, section in
      CohortDefinition(section, name: name).map { (section.line, $0) }
    }
  }

  var splits: [StudySplit] {
    fields.mappings("splits").map { section in
      let name = section.requiredText("name", remedy: "name the split")
      let dataset = section.requiredText("dataset", remedy: "name the dataset that is divided")
      let tables = section.texts("tables") ?? []
      let isImported = section.has("tables") || (!section.has("method") && section.has("part"))
      let options = options(
        section, of: isImported ? "split import" : "split create", except: ["name", "dataset"])
      section.close()
      return StudySplit(
        name: name, dataset: dataset, line: section.line, tables: tables, options: options)
    }
  }

  var arms: [StudyArm] {
    named("arms").map { name, section in
      let title = section.text("title") ?? name
      let publishedName = section.text("published")
      let real = shares("real-shares", in: section)
      let synthetic = shares("synthetic-shares", in: section)
      let seeds = section.counts("seeds")
      if Set(seeds).count != seeds.count || seeds.contains(where: { $0 < 0 }) {
        section.note("takes different numbers from 0, the arm's own first", at: "seeds")
      } else if !seeds.isEmpty, section.has("seed") {
        section.note("goes without seed; the first of them is the arm's own", at: "seeds")
      }
      let options = options(section, of: "train", except: ["name", "out", "shares"])
      section.close()
      return StudyArm(
        name: name, line: section.line, title: title, publishedName: publishedName,
        options: options, realShares: real, syntheticShares: synthetic, seeds: seeds)
    }
  }

  /// The options of the report, and the score from which it calls a radiograph positive.
  var report: (options: VerbOptions?, threshold: Double?) {
    guard let section = fields.mapping("report") else { return (nil, nil) }
    defer { section.close() }
    let threshold = section.number("threshold")
    return (
      options(section, of: "report", except: ["model", "out", "dataset", "split", "threshold"]),
      threshold
    )
  }

  private func shares(_ key: String, in section: YAMLMapping) -> [Double] {
    let shares = section.numbers(key)
    if !shares.allSatisfy({ $0 > 0 && $0 < 1 }) || Set(shares).count != shares.count {
      section.note(
        "takes different numbers between 0 and 1; all of the data is there anyway", at: key)
    }
    return shares
  }

  var tests: [StudyTest] {
    fields.mappings("tests").map { section in
      defer { section.close() }
      let dataset = section.requiredText("dataset", remedy: "name the dataset to test on")
      let split = section.text("split")
      if let split, split.split(separator: ":").count != 2 {
        section.note("\(split) is no part of a split; write NAME:PART", at: "split")
      }
      return StudyTest(
        dataset: dataset, line: section.line, title: section.text("title") ?? dataset,
        publishedName: section.text("published"), split: split, store: section.text("store"),
        groups: section.texts("group"))
    }
  }
}
