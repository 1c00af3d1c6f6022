// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCohort
import CXRCore
import CXRFiles
import CXRText
import Foundation

/// The command `cxr prompts`.
struct PromptsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "prompts",
    abstract: "Make prompts for a text-to-image model from reports and demographics.",
    discussion: """
      Example:
        cxr prompts build --name balanced --cohort train --balanced --age-jitter 5 \\
          --tokenizer stable-diffusion-2-1/tokenizer
      """,
    subcommands: [
      PromptsBuildCommand.self, List.self, Show.self, Export.self, Remove.self, Tokenize.self,
    ])

  /// The command `cxr prompts list`.
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "List the prompt sets with their sizes.",
      discussion: """
        Example:
          cxr prompts list
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    func run() throws {
      let sets = try Catalog(path: catalog.path, access: .read).promptSets()
      try output.write(sets) { _ in PromptText.list(sets) }
    }
  }

  /// The command `cxr prompts show`.
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "Tell how a prompt set was made, and print some of it.",
      discussion: """
        Prompts repeat reports; none is printed unless --examples asks for it.

        Example:
          cxr prompts show balanced --examples 3
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name of the prompt set.")
    var name: String

    @Option(name: .customLong("examples"), help: "How many of the first prompts are printed.")
    var exampleCount = 0

    mutating func validate() throws {
      guard exampleCount >= 0 else {
        throw ValidationError("--examples takes a number from 0.")
      }
    }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      let info = try catalog.promptSet(name)
      var examples: [String] = []
      if exampleCount > 0 {
        try catalog.forEachPrompt(of: name) { stored in
          examples.append(stored.prompt.text)
          return examples.count < exampleCount
        }
      }
      try output.write(PromptText.Description(set: info, examples: examples)) { _ in
        PromptText.show(info, examples: examples)
      }
    }
  }

  /// The command `cxr prompts export`.
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "export", abstract: "Write a prompt set as a file that other tools read.",
      discussion: """
        csv and jsonl hold everything; huggingface is the metadata.jsonl of an image folder; \
        webdataset is one line per sample: key, image path, prompt, with tabs between; roentgen is \
        the table of the published sampling scripts, with an identifier for every variation.

        --images source names the radiograph that the report describes, --images generated a file \
        <identifier>.png that is yet to be made. Prompts with demographics other than the \
        patient's take the second unless told otherwise.

        Example:
          cxr prompts export balanced --format huggingface --out metadata.jsonl
        """)

    @OptionGroup var catalog: CatalogOptions

    @Argument(help: "The name of the prompt set.")
    var name: String

    @Option(help: "The form of the file.")
    var format: PromptFormat = .csv

    @Option(help: "Which images the prompts belong to.")
    var images: PromptImages?

    @OptionGroup var file: ExportFileOptions

    mutating func validate() throws { try file.requireOther(than: catalog) }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: .read)
      let plan = try JSONDecoder().decode(
        PromptPlan.self, from: Data(try catalog.promptSet(name).optionsJSON.utf8))
      var table = PromptTable(format: format, images: images ?? plan.images)
      var count = 0
      try catalog.forEachPrompt(of: name) { stored in
        try table.append(stored)
        count += 1
        return true
      }
      try file.write(table.bytes)
      try file.report(count, "prompt", of: name)
    }
  }

  /// The command `cxr prompts remove`.
  struct Remove: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "remove", abstract: "Remove a prompt set from the catalog.",
      discussion: """
        Example:
          cxr prompts remove balanced
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Argument(help: "The name of the prompt set.")
    var name: String

    @Flag(name: .customLong("dry-run"), help: "Report; remove nothing.")
    var isDryRun = false

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let count = try catalog.promptSet(name).promptCount
      if !isDryRun { try catalog.removePromptSet(name) }
      let removal = RemovalDocument(
        kind: "prompts", names: [name], isDryRun: isDryRun, counts: ["prompts": count])
      try output.write(removal) { _ in
        "\(name): \(removal.verb) the set of \(NumberText.count(count, "prompt"))\n"
      }
    }
  }

  /// The command `cxr prompts tokenize`.
  struct Tokenize: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "tokenize",
      abstract: "Print the CLIP token ids of every line of a file.",
      discussion: """
        One line of ids for every line, start and end tokens included, for comparison with other \
        tokenizers.

        Example:
          cxr prompts tokenize --tokenizer stable-diffusion-2-1/tokenizer prompts.txt
        """)

    @Option(help: "The folder of the tokenizer's vocabulary, or of a model that has one.")
    var tokenizer: String

    @Argument(help: "A text file with one prompt per line, plain or .gz.")
    var file: String

    func run() throws {
      let source = try ByteSource(path: file)
      let tokenizer = try CLIPTokenizer(folder: tokenizer)
      var bytes: [UInt8] = []
      var chunk: [UInt8] = []
      while try source.read(into: &chunk) { bytes += chunk }
      if bytes.last == 0x0A { bytes.removeLast() }
      var text = ""
      for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
        let ids = tokenizer.encode(String(decoding: line, as: UTF8.self))
        text += ids.map(String.init).joined(separator: " ") + "\n"
      }
      try Console.write(text)
    }
  }
}
