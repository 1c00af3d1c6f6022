// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRCohort
internal import CXRCore

extension WorkEstimator {
  /// The prompts of a set: those that there are, else those that its stage will make.
  func prompts(_ name: String) -> WorkCount {
    if let count = sizes.prompts[name] { return .counted(count) }
    guard
      let stage = stages.first(where: {
        $0.verb == "prompts build" && $0.values(of: "name") == [name]
      }), let count = radiographs(of: stage).value
    else { return .unknown }
    guard stage.arguments.contains("--balanced") else { return .expected(count) }
    let groups = ["sexes", "races"].map { option in
      (value(option, of: stage) ?? "").split(separator: ",").count
    }
    guard groups.allSatisfy({ $0 > 0 }) else { return .unknown }
    return .expected(count * groups[0] * groups[1])
  }

  /// The images that a run of a generator makes.
  func images(madeBy stage: Stage) -> WorkCount {
    prompts(value("prompts", of: stage) ?? "").times(Double(number("copies", of: stage) ?? 1))
  }

  /// The radiographs that a stage chooses.
  func radiographs(of stage: Stage) -> WorkCount {
    radiographs(
      datasets: stage.values(of: "dataset"), cohort: value("cohort", of: stage),
      part: value("split", of: stage))
  }

  /// The radiographs of datasets, of a cohort, or of a part of a split of them.
  func radiographs(datasets: [String], cohort: String?, part: String?) -> WorkCount {
    let names = datasets.isEmpty ? (cohort.map(self.datasets(ofCohort:)) ?? []) : datasets
    return .sum(names.map { radiographs(dataset: $0, cohort: cohort, part: part) })
  }

  private func radiographs(dataset: String, cohort: String?, part: String?) -> WorkCount {
    let members = cohort.map { name in
      sizes.cohorts[name].map { WorkCount.counted($0[dataset] ?? 0) } ?? .unknown
    }
    let divided = part.map { radiographs(dataset: dataset, part: $0) }
    switch (members, divided) {
    case (nil, nil): return radiographs(dataset: dataset)
    case (let count?, nil), (nil, let count?): return count
    case (let all?, let some?):
      // A split of a cohort has none but its members; of others the smaller number is nearer.
      guard let first = all.value, let second = some.value else { return .unknown }
      return first < second ? .expected(first) : some
    }
  }

  private func radiographs(dataset: String) -> WorkCount {
    if let count = sizes.datasets[dataset] { return .counted(count) }
    guard
      let entry = stages.first(where: {
        $0.verb == "diffusion enter" && $0.values(of: "as") == [dataset]
      }),
      let run = stages.first(where: { stage in
        stage.verb == "diffusion sample"
          && stage.values(of: "name").contains(where: entry.arguments.contains)
      })
    else { return .unknown }
    return images(madeBy: run).planned
  }

  private func radiographs(dataset: String, part: String) -> WorkCount {
    let words = part.split(separator: ":").map(String.init)
    if let parts = sizes.splits[dataset]?[words[0]] {
      return .counted(words.count > 1 ? parts[words[1]] ?? 0 : parts.values.reduce(0, +))
    }
    for stage in stages where stage.values(of: "dataset") == [dataset] {
      if stage.verb == "split subsets", let whole = value("of", of: stage) {
        let shares = (value("shares", of: stage) ?? "").split(separator: ",")
        for share in shares.compactMap({ Double($0) })
        where SubsetMaker.name(of: whole, share: share) == words[0] {
          let all = radiographs(
            dataset: dataset, part: ([whole] + words.dropFirst()).joined(separator: ":"))
          return all.times(share).planned
        }
      }
      // A split of one part is the whole dataset.
      if stage.verb == "split create", stage.values(of: "name") == [words[0]],
        stage.values(of: "part").count == 1
      {
        return radiographs(dataset: dataset).planned
      }
    }
    return .unknown
  }

  private func datasets(ofCohort name: String) -> [String] {
    sizes.cohorts[name].map { $0.keys.sorted() } ?? []
  }

  /// What a stage chooses its radiographs from.
  func source(of stage: Stage) -> String {
    let names = stage.values(of: "dataset")
    let place = value("cohort", of: stage).map { "cohort \($0)" } ?? names.joined(separator: ", ")
    return place + (value("split", of: stage).map { " \($0)" } ?? "")
  }

  /// The value of an option: as the stage has it, else as the verb has it by itself.
  func value(_ option: String, of stage: Stage) -> String? {
    stage.values(of: option).first
      ?? vocabulary.options[stage.verb]?.first { $0.name == option }?.defaultValue
  }

  func number(_ option: String, of stage: Stage) -> Int? {
    value(option, of: stage).flatMap { Int($0) }
  }
}
