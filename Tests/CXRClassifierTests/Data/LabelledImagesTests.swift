// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRClassifier
import CXRCore
import CXRImage
import CXRTestSupport
import Testing
import CXRTraining

@Suite("Labelled images")
struct LabelledImagesTests {
  private let folder: TemporaryFolder
  private let catalog: Catalog
  private static let provenance = Provenance(
    verb: "test", commandLine: "cxr test", startedAt: "2026-01-01T00:00:00Z")
  private static let states: [LabelState] = [
    .positive, .negative, .uncertain, .unmentioned, .unannotated,
  ]

  /// Twelve radiographs of six patients in each of two datasets; Edema goes through all states.
  init() throws {
    folder = try TemporaryFolder()
    catalog = try Catalog.inMemory()
    for dataset in ["one", "two"] {
      let radiographs = (0..<12).map { number in
        var states = FindingStates(allAre: .unmentioned)
        states[.edema] = Self.states[number % 5]
        states[.pneumonia] = number == 4 ? .unannotated : .uncertain
        states[.noFinding] = number == 3 ? .positive : .negative
        // Names in the opposite order of the ids.
        return RadiographRecord(
          imageName: "\(99 - number)", patientIndex: number / 2, view: .pa, findings: states)
      }
      var parts: [String: String] = [:]
      for number in 0..<12 {
        parts["\(99 - number)"] = number < 6 ? "train" : number < 8 ? "validation" : "test"
      }
      let content = DatasetContent(
        name: dataset, title: dataset, labelSource: "l.csv", ageSource: "a.csv",
        contentDigest: dataset, nativeLabels: [],
        patients: (0..<6).map {
          PatientRecord(
            patientKey: "p\($0)", sex: [.female, .male, nil][$0 % 3],
            race: $0 == 1 ? .hispanic : $0 == 2 ? nil : .white)
        },
        radiographs: radiographs,
        splits: [
          SplitContent(
            name: "study", method: "imported", seed: nil, detail: "", partByImageName: parts)
        ])
      _ = try catalog.replaceDataset(content, provenance: Self.provenance)
    }
  }

  /// A store of some of the radiographs, some of which cannot be decoded.
  private func store(
    dataset: String = "one", names: [Int] = Array((88...99).reversed()), damaged: Set<Int> = []
  ) async throws -> ImageStore {
    let files = try names.map { name in
      let path = folder.path("\(name).png")
      if damaged.contains(name) {
        try folder.write("no image", to: "\(name).png")
      } else {
        try GrayImage(
          width: 4, height: 4, pixels: .bytes(ContiguousArray(repeating: UInt8(name), count: 16)),
          bitDepth: 8
        ).writePNG(to: path)
      }
      return RadiographFile(dataset: dataset, imageName: "\(name)", path: path)
    }
    return try await ImageStoreBuilder(
      files, preparation: StorePreparation(side: 4), shardLength: 5
    ).build(at: folder.path("store-\(dataset)"), threads: 1)
  }

  private func selection(
    _ policy: LabelPolicy = .uOnes, part: String? = nil, datasets: [String] = ["one"]
  ) -> ImageSelection {
    var selection = ImageSelection(
      datasets: datasets, policy: policy, labels: .findings(.pneumonia, .edema))
    selection.part = part.map { ImageSelection.Part(split: "study", part: $0) }
    return selection
  }

  @Test("Images are in the order of the ids, each with its own pixels")
  func ordersByID() async throws {
    // In the store they are the other way round.
    let images = try LabelledImages(
      selection(), of: catalog, in: try await store(names: Array(88...99)))
    #expect(images.count == 12)
    #expect(images.radiographIDs == images.radiographIDs.sorted())
    for row in 0..<12 {
      let image = try images.pixels.image(at: images.pixelIndices[row])
      #expect(image.pixels == .bytes(ContiguousArray(repeating: UInt8(99 - row), count: 16)))
    }
    #expect(images.tally == ImageTally(selected: 12, withoutTarget: 1))
    #expect(
      images.tally.description == "12 of 12 radiographs listed; 1 listed without any target.")
  }

  @Test("Sex and race are those of the patient, and nothing where they are not recorded")
  func readsDemographics() async throws {
    var selection = selection(.uOnes)
    selection.labels = .findings(.edema) + LearnedLabel.sexes + [.race(.hispanic)]
    let images = try LabelledImages(selection, of: catalog, in: try await store())
    // Two radiographs of each patient.
    func targets(_ label: LearnedLabel) -> [Bool?] {
      [0, 2, 4].map { images.target(of: label, at: $0) }
    }
    #expect(targets(.sex(.female)) == [true, false, nil])
    #expect(targets(.sex(.male)) == [false, true, nil])
    #expect(targets(.race(.hispanic)) == [false, true, nil])
    #expect(images.labels.map(\.name) == ["Edema", "share F", "share M", "share Hispanic"])
  }

  @Test("Each policy gives the targets that it is documented to give")
  func followsPolicies() async throws {
    let store = try await store()
    func edema(_ policy: LabelPolicy) throws -> [Bool?] {
      let images = try LabelledImages(selection(policy), of: catalog, in: store)
      return (0..<5).map { images.target(of: .finding(.edema), at: $0) }
    }
    // Positive, negative, uncertain, unmentioned, unannotated; No Finding is beside unmentioned.
    #expect(try edema(.uZeros) == [true, false, false, false, nil])
    #expect(try edema(.uOnes) == [true, false, true, false, nil])
    #expect(try edema(.uIgnore) == [true, false, nil, false, nil])
    #expect(try edema(.explicitOnly) == [true, false, nil, nil, nil])
    #expect(try edema(.explicitOnly.propagatingNoFinding()) == [true, false, nil, false, nil])
    #expect(try edema(LabelPolicy("u-ignore,Edema=u-ones")) == [true, false, true, false, nil])
  }

  @Test("Masks of a batch follow the policy, and an image without any target is counted")
  func masksWhatIsIgnored() async throws {
    let images = try LabelledImages(selection(.uIgnore), of: catalog, in: try await store())
    #expect(images.targetCounts.map(\.positive) == [0, 3])
    #expect(images.targetCounts.map(\.negative) == [0, 5])
    // Pneumonia never has a target, Edema has none where it is uncertain or not annotated.
    #expect(images.tally.withoutTarget == 4)
    let examples = ExampleSet(images)
    let batch = try BatchLoader(examples, input: PixelInput(channels: 1, scale: .unit))
      .batch(0, of: examples.plan(epoch: 0, batchSize: 5, order: .numbered))
    #expect(batch.mask == [0, 1, 0, 1, 0, 0, 0, 1, 0, 0])
    #expect(batch.targets == [0, 1, 0, 0, 0, 0, 0, 0, 0, 0])
    #expect(batch.labels == .findings(.pneumonia, .edema))
  }

  @Test("What has no image is left out and counted by reason")
  func countsMissingImages() async throws {
    let store = try await store(names: [99, 98, 97, 96, 90], damaged: [98, 96])
    let images = try LabelledImages(selection(part: "train"), of: catalog, in: store)
    #expect(images.count == 2 && images.tally.listed == 2)
    #expect(images.tally.selected == 6)
    #expect(images.tally.notInStore == 2)
    #expect(images.tally.undecodable.values.reduce(0, +) == 2)
    #expect(
      images.tally.description.contains("2 of 6 radiographs listed; 2 not in the image store"))
  }

  @Test(
    "Parts of a split have no patient in common, in every mix", arguments: [1, 2, 3] as [UInt64])
  func keepsPatientsInTheirParts(_ seed: UInt64) async throws {
    let store = try await store()
    let parts = try ["train", "validation", "test"].map {
      try LabelledImages(selection(part: $0), of: catalog, in: store)
    }
    #expect(parts.map(\.count) == [6, 2, 4])
    for (part, other) in [(0, 1), (0, 2), (1, 2)] {
      try parts[part].requireNoPatient(of: parts[other], called: "tests")
    }
    for share in [0.3, 0.6, 1] {
      let mix = TrainingMix(real: .share(share), synthetic: .none)
      let set = try ExampleSet(real: parts[0], mix: mix, seed: seed)
      let patients = Set(set.rows(of: .real).map { parts[0].patientIDs[$0] })
      #expect(patients.isDisjoint(with: parts[1].patientIDs + parts[2].patientIDs))
      #expect(patients.isSubset(of: parts[0].patientIDs))
    }
    let whole = try LabelledImages(selection(), of: catalog, in: store)
    let error = #expect(throws: TrainingDataError.self) {
      try whole.requireNoPatient(of: parts[2], called: "tests")
    }
    #expect(error?.code == .sharedPatient)
    #expect(error?.message.hasPrefix("2 patients") == true)
  }

  @Test("A cohort limits what is selected")
  func followsCohort() async throws {
    let ids = try catalog.radiographIDs(dataset: "one")
    let cohort = CohortContent(
      name: "few", definition: "few", contentDigest: "1",
      radiographIDs: ["99", "95", "90"].compactMap { ids[$0] }.sorted(), steps: [])
    _ = try catalog.addCohort(cohort, provenance: Self.provenance)
    var selection = selection()
    selection.cohort = "few"
    let store = try await store()
    #expect(try LabelledImages(selection, of: catalog, in: store).count == 3)
    selection.part = ImageSelection.Part(split: "study", part: "train")
    #expect(try LabelledImages(selection, of: catalog, in: store).count == 2)
  }

  @Test("Names that the catalog does not have are refused")
  func refusesUnknownNames() async throws {
    let store = try await store()
    var unknown = [selection(part: "tran"), selection(datasets: ["three"]), selection()]
    unknown[2].cohort = "none"
    for selection in unknown {
      let error = #expect(throws: CatalogError.self) {
        try LabelledImages(selection, of: catalog, in: store)
      }
      #expect(error?.code == .unknownName)
    }
    let error = #expect(throws: CatalogError.self) {
      try LabelledImages(unknown[0], of: catalog, in: store)
    }
    #expect(error?.message.contains("did you mean train?") == true)
  }

  @Test("Duplicates and empty lists are refused")
  func refusesDuplicates() async throws {
    func code(_ selection: ImageSelection, _ store: ImageStore) -> TrainingDataError.Code? {
      #expect(throws: TrainingDataError.self) {
        try LabelledImages(selection, of: catalog, in: store)
      }?.code
    }
    let store = try await store()
    #expect(code(selection(datasets: ["one", "one"]), store) == .repeatedImage)
    #expect(code(selection(datasets: ["two"]), store) == .noImages)
    let twice = try await self.store(dataset: "two", names: [99, 98, 99])
    #expect(code(selection(datasets: ["two"]), twice) == .repeatedImage)
    let error = #expect(throws: TrainingDataError.self) {
      try LabelledImages(
        labels: .findings(.edema), radiographIDs: [4, 4], patientIDs: [1, 1], pixelIndices: [0, 1],
        targets: [0, 1], pixels: store)
    }
    #expect(error?.code == .repeatedImage)
  }
}
