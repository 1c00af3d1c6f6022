// SPDX-License-Identifier: Apache-2.0
import CXRCohort
import CXRCore
import CXRText
import Testing

@Suite("Cohort definitions")
struct CohortDefinitionTests {
  private static let full = """
    name: full one
    views: [pa, AP supine]
    viewSources: declared
    require: [sex, impression]
    age: {min: 18, max: 89.5}
    race: [White, Asian]
    sex: [male, F]
    attributes: {pediatric: No, b: [x y, "1"]}
    split: {name: official, part: [test, train]}
    having:
      Effusion: [negative, unmentioned]
    descriptiveImpression: {minimumWords: 2}
    one: {per: patient, choose: random, seed: 7}
    datasets: [mimic]
    sources:
      - dataset: padchest
        views: [PA]
        require: []
    """

  @Test("Reads every key, and words as they are written")
  func everyKey() throws {
    let definition = try CohortDefinition(yaml: Self.full, file: "f.yaml")
    #expect(definition.sources.map(\.dataset) == ["mimic", "padchest"])
    let criteria = definition.sources[0].criteria
    #expect(criteria.views == [.pa, .apSupine])
    #expect(criteria.viewSources == [.declared])
    #expect(criteria.required == [.sex, .impression])
    #expect(criteria.ages == AgeLimits(minimum: 18, maximum: 89.5))
    #expect(criteria.races == [.asian, .white])
    #expect(criteria.sexes == [.female, .male])
    #expect(criteria.attributes.map(\.values) == [["1", "x y"], ["No"]])
    #expect(criteria.split == .init(name: "official", parts: ["test", "train"]))
    #expect(
      criteria.having == [.init(finding: .pleuralEffusion, states: [.negative, .unmentioned])])
    #expect(criteria.impressionRule == DescriptiveImpressionRule(minimumWords: 2))
    #expect(criteria.choice == RadiographChoice(per: .patient, .random(seed: 7)))
  }

  @Test("An entry of sources overrides key by key")
  func overriding() throws {
    let definition = try CohortDefinition(yaml: Self.full, file: "f.yaml")
    var expected = definition.sources[0].criteria
    expected.views = [.pa]
    expected.required = []
    #expect(definition.sources[1].criteria == expected)
  }

  @Test(
    "The canonical text reads back as the same definition, whatever the order of lists",
    arguments: [
      full, "name: n\ndatasets: nih\n", "name: 'no'\ndatasets: ['a: b', \"it's\"]\nage: {}\n",
      "name: n\ndatasets: [a]\none: {per: study, choose: first-name}\n",
      "name: n\ndatasets: [a]\ndescriptiveImpression: true\n",
    ])
  func roundTrip(_ yaml: String) throws {
    let definition = try CohortDefinition(yaml: yaml, file: "f.yaml")
    let text = definition.canonicalText
    let again = try CohortDefinition(yaml: text, file: "g.yaml")
    #expect(again == definition)
    #expect(again.canonicalText == text)
    let swapped = yaml.replacing("[sex, impression]", with: "[impression, sex]")
      .replacing("[White, Asian]", with: "[Asian, White]").replacing("male, F", with: "F, male")
      .replacing("[test, train]", with: "[train, test]")
    #expect(try CohortDefinition(yaml: swapped, file: "f.yaml").canonicalText == text)
  }

  @Test(
    "Refuses what it does not know, naming file, line and the nearest word",
    arguments: [
      (
        "name: n\ndatasets: [a]\nveiws: [PA]\n",
        ":3: veiws: there is no such key; did you mean views?"
      ),
      (
        "name: n\ndatasets: [a]\nviews: [PB]\n", ":3: views: PB is not known here; did you mean PA?"
      ),
      (
        "name: n\nsources:\n  - dataset: a\n    agee: {min: 3}\n",
        ":4: sources[0].agee: there is no such key; did you mean age?"
      ),
      (
        "name: n\ndatasets: [a]\nage: {mim: 3}\n",
        ":3: age.mim: there is no such key; did you mean min?"
      ),
      (
        "name: n\ndatasets: [a]\nage:\n  min: x\n",
        ":4: age.min: x is no number; write one such as 90"
      ),
      ("name: n\ndatasets: [a]\nage: {min: 9, max: 9}\n", ":3: age: needs min below max"),
      (
        "name: n\ndatasets: [a]\nhaving: {Edma: [positive]}\n",
        ":3: having.Edma: Edma is not known here; did you mean Edema?"
      ),
      (
        "name: n\ndatasets: [a]\nhaving: {Efusion: [positive]}\n",
        ":3: having.Efusion: Efusion is not known here; did you mean Pleural Effusion?"
      ),
      ("name: n\ndatasets: [a]\none: {per: patient}\n", ":3: one: needs per and choose"),
      (
        "name: n\ndatasets: [a]\none: {per: study, choose: first-name, seed: 1}\n",
        ":3: one.seed: goes with choose: random only"
      ),
      (
        "name: n\ndatasets: [a]\ndescriptiveImpression: {rule: mine}\n",
        ":3: descriptiveImpression.rule: there is no rule mine"
      ),
      ("name: n\ndatasets: [a]\nname: m\n", ":3: name: the key stands here a second time"),
      ("name: n\ndatasets: [a\n", ": YAML: "), ("", ":1: YAML: the file is empty"),
      ("- a\n", ":1: a mapping of keys is needed"), ("datasets: [a]\n", ":1: name: is missing"),
      ("name: n\n", "names no dataset"), ("name: n\ndatasets: [a, a]\n", "names dataset a twice"),
      ("name: n\ndatasets: [a]\nsplit: {name: s}\n", "split names no part"),
      ("name: n\ndatasets: [[a]]\n", ":2: datasets: a value or a list of values is needed here"),
    ])
  func refuses(_ yaml: String, _ message: String) {
    let error = #expect(throws: CohortError.self) {
      try CohortDefinition(yaml: yaml, file: "bad.yaml")
    }
    #expect(error?.code == .invalidDefinition)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasPrefix("bad.yaml") == true)
  }

  @Test("Tells all that is wrong at once, by line")
  func allAtOnce() {
    let error = #expect(throws: CohortError.self) {
      try CohortDefinition(
        yaml: """
          name: n
          veiws: [PA]
          sex: [femal, male]
          race:
          age: {min: x, mox: 3}
          having: {Edema: [positiv], Effusion: [negative], Pleural Effusion: [negative]}
          descriptiveImpression: {minimumWords: 0}
          sources:
            - views: [PB]
            - {dataset: b, one: {per: patient, choose: random, seed: -1}}
          """, file: "bad.yaml")
    }
    let lines = error?.message.split(separator: "\n").map(String.init) ?? []
    let expected = [
      "2: veiws: there is no such key; did you mean views?",
      "3: sex: femal is not known here; did you mean female?", "4: race: has no value",
      "5: age.min: x is no number", "5: age.mox: there is no such key; did you mean max?",
      "6: having.Edema: positiv is not known here; did you mean positive?",
      "6: having.Pleural Effusion: Pleural Effusion stands here twice",
      "7: descriptiveImpression.minimumWords: 0 is too few", "9: sources[0].dataset: is missing",
      "9: sources[0].views: PB is not known here; did you mean PA?",
      "10: sources[1].one.seed: -1 is no whole number from 0",
    ]
    #expect(lines.count == expected.count)
    for (line, expected) in zip(lines, expected) {
      #expect(line.hasPrefix("bad.yaml:" + expected), "\(line)")
    }
  }

  @Test("Ages are half-open")
  func ages() throws {
    let limits = try #require(AgeLimits(minimum: 18, maximum: 90))
    #expect(limits.contains(18) && limits.contains(89.9))
    #expect(!limits.contains(17.9) && !limits.contains(90))
    #expect(AgeLimits(minimum: 40, maximum: 18) == nil)
  }
}
