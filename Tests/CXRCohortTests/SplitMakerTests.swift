// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCohort
import CXRCore
import Testing

@Suite("Dividing patients")
struct SplitMakerTests {
  static let parts = [PartShare("train", 0.7), PartShare("val", 0.1), PartShare("test", 0.2)]
  static let methods: [DivisionMethod] = [
    .published(.trainTestSplit(testSize: 0.3), validation: .trainTestSplit(testSize: 0.2)),
    .published(.groupShuffleSplit(testSize: 0.3, index: 2)),
    .published(.pandasSample(fraction: 0.6)),
    .proportions(parts),
    .stratified(parts, by: .all, balancing: .images),
    .stratified(parts, by: .all, balancing: .patients),
    .mimicFolder(test: ["p19"], validation: .none),
    .mimicFolder(test: ["p18", "p19"], validation: .share(0.2)),
    .mimicFolder(test: ["p19"], validation: .official),
  ]

  /// The parts of each patient's images.
  private func partsByPatient(_ split: SplitContent, _ pool: SplitPool) -> [Set<String>] {
    pool.patients.map { Set($0.radiographs.compactMap { split.partByImageName[$0.imageName] }) }
  }

  @Test("Patients who share a picture stay together, whatever the chain", arguments: 0..<10)
  func duplicates(_ seed: Int) throws {
    let stream = RandomStream(seed: UInt64(seed), purpose: "duplicates", index: 0)
    let made = MadeUpPool(seed: UInt64(seed), patientCount: 150, largestCount: 4).radiographs
    let radiographs = made.indices.map { index in
      let digest =
        stream.unit(at: index) < 0.1 ? "\(stream.index(at: 1000 + index, below: 15))" : nil
      return SplitCandidate(
        imageName: made[index].imageName, patientKey: made[index].patientKey, sex: made[index].sex,
        ageYears: made[index].ageYears, positiveFindings: made[index].positiveFindings,
        officialPart: made[index].officialPart, pixelDigest: digest)
    }
    let pool = SplitPool(radiographs)
    for method in Self.methods {
      let split = try SplitMaker(name: "s", method: method, seed: UInt32(seed)).content(from: pool)
      #expect(partsByPatient(split, pool).allSatisfy { $0.count == 1 }, "\(method)")
      let partsByDigest = radiographs.reduce(into: [String: Set<String>]()) { parts, radiograph in
        guard let digest = radiograph.pixelDigest else { return }
        parts[digest, default: []].formUnion([split.partByImageName[radiograph.imageName] ?? ""])
      }
      switch method {
      case .proportions, .stratified:
        #expect(partsByDigest.values.allSatisfy { $0.count == 1 }, "\(method)")
        #expect(split.detail.contains("joined to others"))
      case .published, .mimicFolder:
        // Left as published; the catalog refuses what takes duplicates apart.
        #expect(!split.detail.contains("joined"))
      }
    }
  }

  @Test("No patient is in two parts, whatever the cohort, method and seed", arguments: 0..<30)
  func disjoint(_ seed: Int) throws {
    let stream = RandomStream(seed: UInt64(seed), purpose: "cohort", index: 0)
    let all = MadeUpPool(
      seed: UInt64(seed), patientCount: 60 + stream.index(at: 0, below: 200),
      largestCount: 1 + stream.index(at: 1, below: 9)
    ).radiographs
    let share = 0.5 + 0.5 * stream.unit(at: 2)
    let members = all.indices.filter { stream.unit(at: 10 + $0) < share }.map { all[$0] }
    let pool = SplitPool(members)
    for method in Self.methods {
      let split = try SplitMaker(name: "s", method: method, seed: UInt32(seed))
        .content(from: pool)
      #expect(partsByPatient(split, pool).allSatisfy { $0.count == 1 }, "\(method)")
      #expect(split.partByImageName.count == members.count)
      #expect(
        try SplitMaker(name: "s", method: method, seed: UInt32(seed))
          .content(from: SplitPool(members.reversed())) == split, "order of input: \(method)")
      let subsets = try SubsetMaker(of: split, part: "train", seed: UInt32(seed))
        .subsets(of: pool, shares: [0.1, 0.5])
      for subset in subsets {
        #expect(partsByPatient(subset, pool).allSatisfy { $0.count <= 1 })
        #expect(subset.partByImageName.allSatisfy { split.partByImageName[$0.key] == $0.value })
      }
    }
  }

  @Test("The catalog takes every method's split", arguments: methods)
  func stored(_ method: DivisionMethod) throws {
    let catalog = try MadeUpPool().catalog()
    let pool = try SplitPool(catalog, dataset: "made-up")
    #expect(pool.radiographCount == MadeUpPool().radiographs.count)
    let maker = SplitMaker(name: "s", method: method, seed: 3)
    let split = try maker.content(from: pool)
    func store() throws -> WriteOutcome {
      try catalog.addSplit(split, dataset: "made-up", provenance: MadeUpPool.provenance)
    }
    #expect(try store() == .created)
    #expect(try store() == .unchanged)
    #expect(try catalog.split("s", dataset: "made-up") == split)
    #expect(try catalog.verify().allSatisfy(\.isPassed))
  }

  @Test("Random parts have their shares, and another seed gives another division")
  func proportions() throws {
    let pool = MadeUpPool(patientCount: 1000).pool
    let splits = try [1, 2].map { seed in
      try SplitMaker(name: "s", method: .proportions(Self.parts), seed: UInt32(seed))
        .content(from: pool)
    }
    #expect(splits[0].partByImageName != splits[1].partByImageName)
    for split in splits {
      let sizes = SplitBalance(of: split, in: pool).parts
      #expect(sizes.map(\.name) == ["train", "test", "val"])
      #expect(sizes.map(\.patientCount) == [700, 200, 100])
    }
  }

  @Test("One part is everyone, for subsets of all")
  func whole() throws {
    let pool = MadeUpPool(patientCount: 50).pool
    let split = try SplitMaker(
      name: "s", method: .proportions([PartShare("train", 1)]), seed: 1
    ).content(from: pool)
    #expect(SplitBalance(of: split, in: pool).parts.map(\.patientCount) == [50])
  }

  @Test("A patient's place in the random order does not depend on the others")
  func stableOrder() throws {
    let all = MadeUpPool(patientCount: 400).pool.patients
    let some = all.enumerated().filter { $0.offset % 3 > 0 }.map(\.element)
    let method = DivisionMethod.proportions([PartShare("a", 0.5), PartShare("b", 0.5)])
    let parts = try [all, some].map { patients in
      try SplitMaker(name: "s", method: method, seed: 1)
        .content(from: SplitPool(patients.flatMap(\.radiographs))).partByImageName
    }
    let moved = parts[1].count { parts[0][$0.key] != $0.value }
    #expect(moved < parts[1].count / 10)
  }

  @Test("MIMIC's folders decide, and the official split names who validates")
  func folders() throws {
    let pool = MadeUpPool().pool
    let split = try SplitMaker(
      name: "s", method: .mimicFolder(test: ["p19"], validation: .official), seed: 1
    ).content(from: pool)
    for patient in pool.patients {
      for radiograph in patient.radiographs {
        let expected =
          patient.key.hasPrefix("19")
          ? "test" : radiograph.officialPart == "train" ? "train" : "val"
        #expect(split.partByImageName[radiograph.imageName] == expected)
      }
    }
  }

  @Test("Folders are refused where identifiers are not MIMIC's or no official split is there")
  func unsuitable() throws {
    let foreign = SplitPool([SplitCandidate(imageName: "a.png", patientKey: "00000001")])
    let maker = SplitMaker(
      name: "s", method: .mimicFolder(test: ["p19"], validation: .official), seed: 1)
    let mimic = SplitPool([
      SplitCandidate(imageName: "a.png", patientKey: "19000001"),
      SplitCandidate(imageName: "b.png", patientKey: "10000001"),
    ])
    for pool in [foreign, mimic] {
      let error = #expect(throws: SplitError.self) { try maker.content(from: pool) }
      #expect(error?.code == .unsuitableDataset)
      #expect(error?.message.contains("0000001") == false, "no identifier is printed")
    }
  }

  @Test(
    "Refuses parts that are empty or no whole",
    arguments: [
      (.published(.pandasSample(fraction: 0.01)), .emptyPart),
      (.proportions([PartShare("a", 0.99), PartShare("b", 0.01)]), .emptyPart),
      (
        .stratified([PartShare("a", 0.5), PartShare("b", 0.6)], by: .all, balancing: .images),
        .invalidOption
      ),
      (.proportions([PartShare("a", 0.5), PartShare("a", 0.5)]), .invalidOption),
      (.proportions([PartShare("a", 0.5)]), .invalidOption),
      (.proportions([]), .invalidOption),
      (.proportions([PartShare("a", .nan), PartShare("b", 0.5)]), .invalidOption),
      (.mimicFolder(test: ["p19"], validation: .share(1)), .invalidOption),
      (.mimicFolder(test: ["p01"], validation: .none), .emptyPart),
    ] as [(DivisionMethod, SplitError.Code)])
  func refusals(_ method: DivisionMethod, _ code: SplitError.Code) {
    let error = #expect(throws: SplitError.self) {
      try SplitMaker(name: "s", method: method, seed: 1)
        .content(from: MadeUpPool(patientCount: 20).pool)
    }
    #expect(error?.code == code)
  }

  @Test("Strata read as they are written, and name what they do not know")
  func strata() throws {
    #expect(try Strata("findings,sex,age*race").description == "findings,sex,age*race")
    let radiograph = SplitCandidate(
      imageName: "a", patientKey: "1", sex: .female, ageYears: 12, view: .pa,
      positiveFindings: [.edema, .fracture])
    #expect(
      try Strata("findings*sex,age,race,view").labels(of: radiograph) == [
        "Edema, sex F", "Fracture, sex F", "age below 18", "race unknown", "view PA",
      ])
    let error = #expect(throws: VocabularyError.self) { try Strata("findings,sexes") }
    #expect(error?.message.contains("did you mean sex?") == true, "\(error?.message ?? "")")
    #expect(throws: VocabularyError.self) { try Strata("sex,sex") }
    #expect(throws: VocabularyError.self) { try Strata("") }
  }
}
