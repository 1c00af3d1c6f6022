// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRCore
import CXRTestSupport
import Foundation

@testable import CXRIngest

/// A folder of made-up tables that are read through a descriptor.
struct DescriptorFixture {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Writes a table, into a folder of its own if its name has one.
  func write(_ text: String, to name: String) throws {
    let url = folder.url.appending(path: name).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    try folder.write(text, to: name)
  }

  /// Reads one of the built-in datasets.
  func read(_ name: String, _ choices: [String: String] = [:]) throws -> ReadDataset {
    try read(.builtIn(name, choices: choices))
  }

  /// Reads a dataset as a descriptor says, without a catalog.
  func read(_ descriptor: DatasetDescriptor) throws -> ReadDataset {
    let root = try DatasetFolder(path: folder.url.path)
    let tables = try descriptor.tables.compactMap {
      try LocatedTable($0, in: root, replacement: nil)
    }
    var assembler = DatasetAssembler(
      descriptor: descriptor, tables: tables, policy: BadRecordPolicy())
    let content = try assembler.read { _, _ in }
    return ReadDataset(
      content: content, flow: assembler.flow, diagnostics: assembler.diagnostics)
  }
}

/// What reading a dataset came to.
struct ReadDataset {
  let content: DatasetContent
  let flow: [Provenance.FlowStep]
  let diagnostics: [Diagnostic]

  /// The radiograph of an image.
  subscript(image: String) -> RadiographRecord? {
    content.radiographs.first { $0.imageName == image }
  }

  /// The patient of an image.
  func patient(_ image: String) -> PatientRecord? {
    self[image].map { content.patients[$0.patientIndex] }
  }

  /// The state of a finding of an image.
  func state(_ finding: Finding, _ image: String) -> LabelState? { self[image]?.findings[finding] }

  /// The dataset's own labels of an image.
  func labels(_ image: String) -> [String] {
    (self[image]?.nativeLabels ?? []).map { content.nativeLabels[$0].name }
  }

  /// How many records the diagnostics of a code are about.
  func count(_ code: String) -> Int {
    diagnostics.filter { $0.code == code }.reduce(0) { $0 + $1.count }
  }

  /// The count of a step of the flow, over all views.
  func step(_ name: String) -> Int {
    flow.filter { $0.name == name || $0.name.hasPrefix(name + ", view ") }
      .reduce(0) { $0 + $1.count }
  }
}
