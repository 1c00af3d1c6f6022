// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRFairness
import CXRImage
import CXRPhantom
import CXRStatistics

/// A task of the benchmark; the names are those of `run.py`.
enum BenchTask: String, CaseIterable, ExpressibleByArgument {
  case bootstrap
  case permutation
  case delong
  case gaps
  case bca
  case frechet
  case png
  case pngOpenCV
  case jpeg
  case store
  case resize
  case msssim
  case loader
  case loaderPlain
  case loader224
  case loader224Plain
  case train
  case predict
  case sample
  case finetune
  case draw
  case build

  /// Reads the input and returns what is to be timed, sorting included.
  func prepare(
    folder: String, repetitions: Int, threads: Int
  ) async throws -> @Sendable () async throws -> Void {
    let timed: @Sendable (BenchInput, Int, Int) async throws -> Void
    switch self {
    case .bootstrap: timed = { try await Self.bootstrap($0, $1, $2) }
    case .permutation: timed = { try await Self.permutation($0, $1, $2) }
    case .delong: timed = { input, _, _ in try Self.delong(input) }
    case .gaps: timed = { try await Self.gaps($0, $1, $2) }
    case .bca: timed = { try await Self.bca($0, $1, $2) }
    case .frechet:
      let features = try FeatureInput(folder: folder)
      return { _ = try features.distance() }
    case .png, .pngOpenCV:
      let files = try PictureFiles(below: "\(folder)/pictures/nih/images", suffix: ".png")
      return { try files.decode() }
    case .jpeg:
      let files = try PictureFiles(below: "\(folder)/pictures/chexpert", suffix: ".jpg")
      return { try files.decode() }
    case .store:
      let store = try ImageStore(folder: "\(folder)/pictures/store-224")
      return { _ = Self.read(store) }
    case .resize:
      let input = ImageInput(count: 64, side: 1_024)
      return { _ = try Self.resize(input) }
    case .msssim:
      let input = ImageInput(count: 128, side: 512)
      return { _ = try Self.msssim(input) }
    case .loader, .loaderPlain, .loader224, .loader224Plain:
      let isLarge = self == .loader224 || self == .loader224Plain
      let input = try LoaderInput(
        store: "\(folder)/pictures/store-\(isLarge ? 224 : 64)", count: isLarge ? 4_000 : 20_000,
        isAugmented: self == .loader || self == .loader224, workers: threads)
      return { _ = try await input.epoch() }
    case .train:
      let input = NetworkInput(batchSize: 8, side: 224, threads: threads)
      return { try await input.train(steps: 6) }
    case .predict:
      let input = NetworkInput(batchSize: 16, side: 224, threads: threads)
      return { try await input.predict(batches: 8) }
    case .sample:
      let work = try await DiffusionInput(folder: "\(folder)/diffusion", threads: threads).sampler()
      return { try await work() }
    case .finetune:
      let work = try await DiffusionInput(folder: "\(folder)/diffusion", threads: threads).learner()
      return { try await work() }
    case .draw: return { try await Self.draw(threads) }
    case .build:
      let files = try PictureFiles(below: "\(folder)/pictures/nih/images", suffix: ".png")
      return { try await files.buildStore(at: "\(folder)/built-store", threads: threads) }
    }
    let input = try BenchInput(folder: folder)
    return { try await timed(input, repetitions, threads) }
  }

  /// 20,000 images, each copied out of the store and looked at whole, on one thread.
  private static func read(_ store: ImageStore) -> Int {
    let count = store.radiographs.count
    return (0..<20_000).reduce(0) { sum, number in
      guard case .bytes(let pixels) = store.image(at: number * 7_919 % count).pixels else {
        return sum
      }
      // Without a use of every pixel the copy could be left out.
      return sum &+ Int(pixels.reduce(0) { $0 ^ $1 })
    }
  }

  /// Each picture to 224 × 224 by the area filter, on one thread.
  private static func resize(_ input: ImageInput) throws -> Int {
    try input.images.reduce(0) {
      $0 + (try $1.transformed(by: .resize(.square(224), .area)).width)
    }
  }

  /// The mean MS-SSIM of neighbours, on one thread.
  private static func msssim(_ input: ImageInput) throws -> Double {
    let similarity = StructuralSimilarity(.unpadded)
    return try stride(from: 0, to: input.images.count, by: 2).reduce(0) {
      $0 + (try similarity.multiscale(input.images[$1], input.images[$1 + 1]))
    }
  }

  /// 100 phantoms of 512 × 512, without writing them.
  private static func draw(_ threads: Int) async throws {
    let record = PhantomRadiograph.Record(
      ageYears: 60, sex: .female, view: .pa, grades: [.edema: 0.5, .pleuralEffusion: 0.7])
    let style = PhantomSiteStyle(of: .mimicCXR)
    _ = try await (1...100).concurrentMap(width: threads) { patient in
      PhantomRadiograph(record, style: style, seed: 7, patient: patient)
        .image(width: 512, height: 512).width
    }
  }

  /// AUROC and average precision of eight labels of one model.
  private static func bootstrap(
    _ input: BenchInput, _ repetitions: Int, _ threads: Int
  ) async throws {
    let ranked = try input.labels.map { try $0.ranked()[0] }
    let resampled = try await Bootstrap(images(input, repetitions)).distributions(
      of: ranked, threads: threads)
    for distribution in resampled.auroc + resampled.averagePrecision {
      _ = try BootstrapInterval(distribution)
    }
  }

  /// The difference of average precision of two models, eight labels.
  private static func permutation(
    _ input: BenchInput, _ repetitions: Int, _ threads: Int
  ) async throws {
    let pairs = try input.labels.map { label in
      let ranked = try label.ranked()
      return (ranked[0], ranked[1])
    }
    let results = try await PairedPermutationTest(images(input, repetitions)).run(
      pairs, threads: threads)
    for result in results.averagePrecision.labels { _ = try result.get() }
  }

  /// Paired tests of two models, eight labels, radiographs independent as in the peers.
  private static func delong(_ input: BenchInput) throws {
    for label in input.labels {
      _ = try DeLong(scores: label.scores, labels: label.truth).comparison(of: 0, with: 1).pValue
    }
  }

  /// Every gap between eight groups for eight labels and two models, with intervals and chance.
  private static func gaps(_ input: BenchInput, _ repetitions: Int, _ threads: Int) async throws {
    let rankings = try input.labels.map { try $0.ranked() }
    let models = ["a", "b"].enumerated().map { position, name in
      FairnessSample.Model(
        name: name, rankings: rankings.map { $0[position] },
        thresholds: rankings.map { _ in 0.5 })
    }
    let sample = FairnessSample(
      labels: input.labels.map(\.name),
      noFinding: input.labels.firstIndex { $0.name == "No Finding" }, models: models,
      patients: input.patients)
    let analysis = GapAnalysis(
      sample, plan: ResamplingPlan(patients: input.patients, resamples: repetitions, seed: 7))
    let groups = Subgroups(
      attribute: "group", names: (0..<8).map { String($0) }, codes: input.groups)
    _ = try await analysis.report(by: groups, threads: threads)
  }

  /// A BCa interval of one label.
  private static func bca(
    _ input: BenchInput, _ repetitions: Int, _ threads: Int
  ) async throws {
    let label = input.labels[0]
    let ranked = try RankedScores(scores: label.scores[0], labels: label.truth)
    let resampled = try await Bootstrap(images(input, repetitions)).distributions(
      of: [ranked], threads: threads)
    let acceleration = try LeaveOneOut(.auroc, of: ranked).acceleration()
    _ = try BootstrapInterval(resampled.auroc[0], method: .bca(acceleration: acceleration))
  }

  /// Radiographs are drawn and swapped one by one, as the peers do.
  private static func images(_ input: BenchInput, _ repetitions: Int) -> ResamplingPlan {
    ResamplingPlan(rowCount: input.patients.count, resamples: repetitions, seed: 7)
  }
}
