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
        ":3: a cohort has no key veiws; did you mean views?"
      ),
      ("name: n\ndatasets: [a]\nviews: [PB]\n", ":3: views has no PB; did you mean PA?"),
      (
        "name: n\nsources:\n  - dataset: a\n    agee: {min: 3}\n",
        ":4: a source has no key agee; did you mean age?"
      ),
      ("name: n\ndatasets: [a]\nage: {mim: 3}\n", ":3: age has no key mim; did you mean min?"),
      ("name: n\ndatasets: [a]\nage:\n  min: x\n", ":4: min must be a number."),
      ("name: n\ndatasets: [a]\nage: {min: 9, max: 9}\n", ":3: age must have min below max"),
      ("name: n\ndatasets: [a]\nhaving: {Edma: [positive]}\n", "did you mean Edema?"),
      ("name: n\ndatasets: [a]\none: {per: patient}\n", ":3: one needs per and choose"),
      (
        "name: n\ndatasets: [a]\none: {per: study, choose: first-name, seed: 1}\n",
        ":3: seed goes with choose: random only"
      ),
      (
        "name: n\ndatasets: [a]\ndescriptiveImpression: {rule: mine}\n", ":3: there is no rule mine"
      ),
      ("name: n\ndatasets: [a]\nname: m\n", "stands twice"),
      ("name: n\ndatasets: [a\n", "this is no YAML"), ("", ":1: the file is empty"),
      ("- a\n", "a cohort must be a mapping"), ("datasets: [a]\n", "a cohort needs a name"),
      ("name: n\n", "names no dataset"), ("name: n\ndatasets: [a, a]\n", "names dataset a twice"),
      ("name: n\ndatasets: [a]\nsplit: {name: s}\n", "split names no part"),
      ("name: n\ndatasets: [[a]]\n", ":2: datasets must be a word or a list of words."),
    ])
  func refuses(_ yaml: String, _ message: String) {
    let error = #expect(throws: CohortError.self) {
      try CohortDefinition(yaml: yaml, file: "bad.yaml")
    }
    #expect(error?.code == .invalidDefinition)
    #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    #expect(error?.message.hasPrefix("bad.yaml") == true)
  }

  @Test("Ages are half-open")
  func ages() throws {
    let limits = try #require(AgeLimits(minimum: 18, maximum: 90))
    #expect(limits.contains(18) && limits.contains(89.9))
    #expect(!limits.contains(17.9) && !limits.contains(90))
    #expect(AgeLimits(minimum: 40, maximum: 18) == nil)
  }
}
