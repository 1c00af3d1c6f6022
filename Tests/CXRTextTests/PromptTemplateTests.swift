// SPDX-License-Identifier: Apache-2.0
import CXRCore
import CXRText
import Testing

@Suite("Prompt template")
struct PromptTemplateTests {
  let values = PromptValues(
    ageYears: 71.9, sex: .male, race: .hispanic, impression: "Normal chest .", findings: "Clear.",
    view: .pa, labels: [.edema, .pneumonia], dataset: "nih")

  @Test("Writes the study's prompt")
  func study() throws {
    #expect(
      try PromptTemplate.study.render(values) == "71 year old HISPANIC male. Normal chest .")
    #expect(PromptTemplate.study == (try PromptTemplate(PromptTemplate.study.description)))
  }

  @Test("Spells every field as its name is spelled")
  func fields() throws {
    let template = try PromptTemplate(
      "{age}|{sex}|{SEX}|{race}|{RACE}|{Race}|{impression}|{findings}|{view}|{labels}|{dataset}")
    #expect(
      try template.render(values)
        == "71|male|MALE|hispanic|HISPANIC|Hispanic|Normal chest .|Clear.|PA|Edema, Pneumonia|nih")
    #expect(template.fields == PromptField.allCases)
  }

  @Test("Takes doubled braces for braces")
  func escapes() throws {
    #expect(try PromptTemplate("{{{age}}} {{x}}").render(values) == "{71} {x}")
  }

  @Test(
    "Refuses unknown fields and lone braces, naming the place",
    arguments: [
      ("a {Impresion}", "{Impresion} (character 3); did you mean {impression}?"),
      ("{patient_identifier}", "the fields are age, sex,"), ("a {age", "lone { (character 3)"),
      ("a} b", "lone } (character 2)"), ("{}", "no field {}"),
    ])
  func refuses(template: String, message: String) {
    let error = #expect(throws: TextError.self) { try PromptTemplate(template) }
    #expect(error?.code == .invalidTemplate)
    #expect(error?.message.contains(message) == true)
  }

  @Test("Refuses a record without a value that it needs, naming the field and no value")
  func missing() {
    for (name, incomplete) in [
      ("RACE", PromptValues(ageYears: 1, sex: .male, impression: "x")),
      ("impression", PromptValues(ageYears: 1, sex: .male, race: .white, impression: "")),
      ("age", PromptValues(ageYears: .nan, sex: .male, race: .white, impression: "x")),
    ] {
      let error = #expect(throws: TextError.self) { try PromptTemplate.study.render(incomplete) }
      #expect(error?.code == .missingValue)
      #expect(error?.message.contains("{\(name)}") == true)
    }
    let unknown = PromptValues(view: .unknown, labels: [])
    #expect(throws: TextError.self) { try PromptTemplate("{view}").render(unknown) }
    #expect(throws: TextError.self) { try PromptTemplate("{labels}").render(unknown) }
  }
}
