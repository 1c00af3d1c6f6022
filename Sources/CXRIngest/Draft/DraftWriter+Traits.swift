// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension DraftWriter {
  mutating func writeView() {
    let view = columns.take(["view position", "projection", "view", "ap pa", "ap/pa"]) { column in
      column.words?.contains { DraftVocabulary.view($0) != nil } ?? false
    }
    write("")
    write("view:")
    guard let view, let words = view.words else {
      write("  - {constant: unknown}  # not found: no column of words such as PA, AP and lateral")
      write("  # - {constant: PA}  # if all radiographs are postero-anterior")
      return
    }
    write("  - column: \(YAMLText.scalar(view.name))", guess: "the name")
    write("    map:", guess: "the words")
    for word in words {
      guard let view = DraftVocabulary.view(word) else { continue }
      write("      \(YAMLText.scalar(word)): \(view.rawValue)")
    }
    let others = words.filter { DraftVocabulary.view($0) == nil }
    if !others.isEmpty { write("    others: \(YAMLText.list(others))") }
  }

  mutating func writeSex() {
    write("")
    guard let sex = columns.take(["sex", "gender"]), let words = sex.words else {
      return writeMissing(
        "sex: {column: COLUMN, map: {F: F, M: M}}", "no column named sex or gender")
    }
    let known = words.filter { DraftVocabulary.sex($0) != nil }
    guard !known.isEmpty else {
      write(
        "# \(sex.name) holds \(YAMLText.list(words)), which do not say who is female. Ask, then:")
      let pairs = words.prefix(2).enumerated().map { index, word in
        "\(YAMLText.scalar(word)): \(index == 0 ? "F" : "M")"
      }
      write(
        "# sex: {column: \(YAMLText.scalar(sex.name)), map: {\(pairs.joined(separator: ", "))}}")
      return
    }
    write("sex:")
    write("  column: \(YAMLText.scalar(sex.name))", guess: "the name")
    let pairs = known.map { word in
      "\(YAMLText.scalar(word)): \(DraftVocabulary.sex(word)?.rawValue ?? "")"
    }
    write("  map: {\(pairs.joined(separator: ", "))}", guess: "the words")
    let others = words.filter { DraftVocabulary.sex($0) == nil }
    if !others.isEmpty { write("  unknown: \(YAMLText.list(others))") }
  }

  mutating func writeAge() {
    let age = columns.take(["patient age", "age"], except: ["group", "band", "gestational"]) {
      column in column.all { AgeText($0) != .unreadable }
    }
    if let age {
      return write("age: {value: \(YAMLText.scalar(age.name))}", guess: "the name; in years")
    }
    let birth = columns.take(["birth year", "year of birth", "birth", "dob"]) { column in
      column.dateForm != nil
        || column.all { text in Int(text.prefix(4)).map((1850...2100).contains) ?? false }
    }
    guard let birth else {
      return writeMissing("age: {value: COLUMN}", "no column named age with numbers")
    }
    let name = YAMLText.scalar(birth.name)
    let isYear = birth.all { $0.utf8.count == 4 } || birth.dateForm != nil
    let born = isYear ? birth.dateReference : "{column: \(name), slice: [0, 4]}"
    guard let date else {
      return writeMissing(
        "age: {born: \(born), at: COLUMN}", "the study's date beside that of birth")
    }
    write(
      "age: {born: \(born), at: \(date.dateReference)}",
      guess: "the years of birth and study")
  }

  mutating func writeRace() {
    let race = columns.take(["race", "ethnic group", "ethnicity", "ethnic"]) { column in
      column.words?.contains { DraftVocabulary.race($0) != nil } ?? false
    }
    guard let race, let words = race.words else {
      return writeMissing(
        "race: {column: COLUMN, cases: […]}", "no column named race with such words")
    }
    write("race:")
    write("  column: \(YAMLText.scalar(race.name))", guess: "the name")
    write("  cases:", guess: "the words")
    for group in Race.allCases {
      let own = words.filter { DraftVocabulary.race($0) == group }
      guard !own.isEmpty else { continue }
      write("    - {group: \(group.rawValue), exactly: \(YAMLText.list(own))}")
    }
    let others = words.filter { DraftVocabulary.race($0) == nil }
    if !others.isEmpty { write("  others: \(YAMLText.list(others))") }
  }

  /// The split, the reports, and the columns that are left.
  mutating func writeRest() {
    write("")
    if let split = columns.take(["split", "partition", "subset"], where: { $0.words != nil }) {
      write(
        "split: \(YAMLText.scalar(split.name))", guess: "the name; parts must not share patients")
    } else {
      writeMissing("split: COLUMN", "no official split")
    }
    let sections = ["impression", "findings"].compactMap { section in
      columns.take([section]) { $0.words == nil }.map {
        "\(section): \(YAMLText.scalar($0.name))"
      }
    }
    if !sections.isEmpty {
      write("reports: {sections: {\(sections.joined(separator: ", "))}}", guess: "the names")
    }
    let unused = columns.free.map { YAMLText.scalar($0.name) }
    if !unused.isEmpty {
      write(
        "# Not used: \(unused.joined(separator: ", ")). To keep one: attributes: {name: COLUMN}")
    }
  }
}
