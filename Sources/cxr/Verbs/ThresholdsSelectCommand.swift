// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRCore
import CXREvaluation

extension ThresholdsCommand {
  /// The command `cxr thresholds select`.
  struct Select: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "select",
      abstract: "Choose each label's threshold on one part of a split.",
      discussion: """
        max-f1 takes the score that maximises F1, compared in whole numbers; of tied scores the \
        lowest. The part is recorded: a threshold is never used on radiographs it was chosen on. \
        With --for, the thresholds also become those of the model on other datasets, as a study does \
        that validates on one dataset and tests on several.

        Example:
          cxr thresholds select --dataset nih --model mine --split official:val
          cxr thresholds select --dataset nih --model mine --split official:val \\
            --for padchest --for vindr-cxr
        """)

    @OptionGroup var catalog: CatalogOptions
    @OptionGroup var output: OutputOptions

    @Option(help: "The dataset (default: the only one with the model).")
    var dataset: String?

    @Option(help: "The model.")
    var model: String

    @Option(help: "The part to choose on, as NAME:PART.", transform: SplitPart.read)
    var split: SplitPart

    @Option(
      name: .customLong("for"),
      help: "Another dataset that the thresholds are used on; may be repeated.")
    var others: [String] = []

    @Option(help: "Use one view only, such as pa.")
    var view: View?

    @Option(help: "max-f1, youden, or sensitivity with --sensitivity.")
    var rule: ThresholdRule.Kind = .maxF1

    @Option(help: "The sensitivity to reach, for the rule of that name.")
    var sensitivity = 0.95

    @OptionGroup var policy: PolicyOptions

    @Flag(name: .customLong("dry-run"), help: "Choose and report; write nothing.")
    var isDryRun = false

    mutating func validate() throws {
      guard sensitivity > 0, sensitivity <= 1 else {
        throw ValidationError("--sensitivity takes a number above 0, at most 1.")
      }
      guard Set(others).count == others.count else {
        throw ValidationError("--for names each other dataset once.")
      }
    }

    func run() throws {
      let catalog = try Catalog(path: catalog.path, access: isDryRun ? .read : .update)
      let dataset = try catalog.datasetName(dataset, havingModels: [model])
      guard !others.contains(dataset) else {
        throw ValidationError("--for names other datasets than \(dataset).")
      }
      // A model without scores here is told by its name, not by the labels that it lacks.
      _ = try catalog.thresholds(dataset: dataset, model: model)
      let scored =
        try catalog.info().datasets.first { $0.name == dataset }?
        .runs.first { $0.model == model }?.labels ?? []
      let selection = try catalog.predictions(
        PredictionRequest(
          dataset: dataset, models: [model], labels: .named(scored), view: view,
          split: (split.split, split.part)))
      let choice = try ThresholdChoice(
        selection.table, rule: ThresholdRule(rule, sensitivity: sensitivity),
        policy: policy.labelPolicy)
      for reason in choice.undefined { Console.note("warning: " + reason) }
      let thresholds = choice.selected.map { selected in
        Threshold(
          label: selected.label, value: selected.threshold, rule: selected.rule,
          source: "selected on \(split)" + (view.map { ", view \($0.rawValue)" } ?? ""),
          split: split.split, part: split.part)
      }
      if !isDryRun {
        var provenance = Provenance.ofThisCommand("thresholds select")
        provenance.recordsRead = selection.table.rowCount
        provenance.recordsKept = selection.table.rowCount
        for other in others { _ = try catalog.thresholds(dataset: other, model: model) }
        _ = try catalog.setThresholds(
          thresholds, dataset: dataset, model: model, provenance: provenance)
        for other in others {
          // The part is of another dataset, so that no radiograph can be in it.
          let carried = thresholds.map {
            Threshold(
              label: $0.label, value: $0.value, rule: $0.rule, source: "\(dataset), \($0.source)",
              split: nil, part: nil)
          }
          _ = try catalog.setThresholds(
            carried, dataset: other, model: model, provenance: provenance)
        }
      }
      try output.write(thresholds) { _ in ThresholdText.table(thresholds, model: model) }
    }
  }
}
