// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCore
internal import CXRFiles

/// Reads the patients: each once, at the first of their records.
struct PatientReader {
  private(set) var patients: [PatientRecord] = []
  private var indexByKey: [String: Int] = [:]
  /// The race groups that the records of each patient say.
  private var groups: [Set<Race>] = []
  private let sexRule: SexRule?
  private let sex: BoundColumn?
  private let raceRule: RaceRule?
  private let race: BoundColumn?
  private let ethnicity: BoundColumn?

  init(_ descriptor: DatasetDescriptor, in images: ImageTable) {
    sexRule = descriptor.sex
    sex = descriptor.sex.flatMap { images.bind($0.column, key: "sex.column") }
    raceRule = descriptor.race
    race = descriptor.race.flatMap { images.bind($0.column, key: "race.column") }
    ethnicity = descriptor.race?.ethnicity.flatMap { images.bind($0, key: "race.ethnicity") }
  }

  /// Returns the index of the patient of the record that the walk is at.
  mutating func index(
    of key: String, _ images: ImageTable, tally: inout RecordTally
  ) -> Int {
    if let index = indexByKey[key] {
      readAgain(index, images, tally: &tally)
      return index
    }
    let (value, word) = readSex(images, tally: &tally)
    let (group, words) = readRace(images, tally: &tally)
    var patient = PatientRecord(patientKey: key, sex: value, race: group)
    patient.nativeSex = value == nil ? word : nil
    patient.nativeRace = words
    indexByKey[key] = patients.count
    patients.append(patient)
    groups.append(Set([group].compactMap(\.self)))
    return patients.count - 1
  }

  /// Reads what a further record says of a patient, where the images' own table says it.
  private mutating func readAgain(
    _ index: Int, _ images: ImageTable, tally: inout RecordTally
  ) {
    let line = images.record.line
    if let sex, case .column = sex.origin {
      let (value, _) = readSex(images, tally: &tally)
      if patients[index].sex == nil {
        patients[index].sex = value
      } else if patients[index].sex != value {
        tally.warn(
          "sex-conflict", "sexes that differ from the patient's first record, which counts",
          line: line)
      }
    }
    guard let race, case .column = race.origin, raceRule?.conflicts == .unknown else { return }
    let (group, words) = readRace(images, tally: &tally)
    guard let group else { return }
    if groups[index].insert(group).inserted, groups[index].count > 1 {
      tally.note(
        "race-conflict", "patients with records of several race groups, race unknown", line: line)
    }
    patients[index].race = groups[index].count == 1 ? group : nil
    patients[index].nativeRace = patients[index].nativeRace ?? words
  }

  private func readSex(
    _ images: ImageTable, tally: inout RecordTally
  ) -> (sex: Sex?, word: String?) {
    guard let sexRule, let sex else { return (nil, nil) }
    guard let word = images.text(sex) else {
      tally.note(
        "sex-missing", "sexes that are blank, or without a record", at: images.place(of: sex))
      return (nil, nil)
    }
    if let value = sexRule.map[word] { return (value, word) }
    if sexRule.unknown.contains(word) {
      tally.note(
        "sex-unrecorded", "sexes recorded as \(word), kept as unknown", at: images.place(of: sex))
    } else {
      tally.warn(
        RecordNotice(
          "sex-unknown", "sex … is not in the vocabulary, kept as unknown", quoting: word),
        at: images.place(of: sex))
    }
    return (nil, word)
  }

  private func readRace(
    _ images: ImageTable, tally: inout RecordTally
  ) -> (race: Race?, words: String?) {
    guard let raceRule, race != nil else { return (nil, nil) }
    let line = images.record.line
    let rows = images.rows([race, ethnicity])
    var groups: [Race?] = []
    var words: [String] = []
    for row in rows {
      let (group, isKnown) = raceRule.group(race: row[0], ethnicity: row[1])
      groups.append(group)
      words += [row[0], row[1]].compactMap(\.self)
      if !isKnown, let word = row[0] {
        tally.warn(
          RecordNotice(
            "race-unknown", "race … is not in the vocabulary, kept as unknown", quoting: word),
          line: line)
      }
    }
    if rows.isEmpty {
      tally.note("race-missing", "patients without a record of race", line: line)
    }
    let distinct = groups.compactMap(\.self).distinct
    if distinct.count > 1 {
      tally.note(
        "race-conflict",
        "patients with records of several race groups, "
          + (raceRule.conflicts == .first ? "of which the first counts" : "race unknown"),
        line: line)
    }
    let race: Race? =
      switch raceRule.conflicts {
      case .unknown: distinct.count == 1 ? distinct.first : nil
      case .first: groups.first ?? nil
      }
    return (race, words.isEmpty ? nil : words.distinct.joined(separator: " | "))
  }
}
