// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension StudyReport {
  /// The figures about how the models treat groups; none without an audit.
  var auditFigures: [Figure] {
    guard let audit, !audit.attributes.isEmpty else { return [] }
    return [underdiagnosis(audit), gaps(audit), gapAgainstAUROC(audit)]
  }

  private func underdiagnosis(_ audit: AuditDocument) -> Figure {
    let title = "Underdiagnosis rate by group"
    let panels = audit.attributeNames.map { attribute in
      let groups = audit.attributes.filter { $0.attribute == attribute }.flatMap(\.groups)
        .map(\.group).distinct
      return IntervalPlot.Panel(
        title: attribute, axisTitle: "Underdiagnosis rate", range: 0...1,
        rows: groups.map { name in
          IntervalPlot.Row(
            name: name,
            entries: audit.modelNames.map { model in
              audit.attribute(attribute, of: model)?.groups.first { $0.group == name }
                .map { .init($0.underdiagnosisRate) } ?? .init(.undefined("no such group"))
            })
        },
        references: audit.modelNames.map(overallUnderdiagnosis))
    }
    return Figure(
      name: "underdiagnosis", title: title,
      caption: "The share of radiographs with a finding that are called free of findings, with "
        + "95 % intervals. Dashed: the rate over all radiographs.",
      script: IntervalPlot(models: audit.modelNames, panels: panels)
        .script(title: title))
  }

  /// The underdiagnosis rate over everyone: the false-positive rate of No Finding.
  private func overallUnderdiagnosis(of model: String) -> Double? {
    evaluation.runs.first { $0.model == model }?.labels
      .first { $0.label == Finding.noFinding.name }?.specificity.value.map { 1 - $0 }
  }

  private func gaps(_ audit: AuditDocument) -> Figure {
    let title = "Gaps between groups, beside chance"
    let metrics = audit.attributes.flatMap(\.gaps).map { MetricName(key: $0.metric) }
      .filter { !$0.isPerLabel }.distinct
    let panels = metrics.map { metric in
      let rows = audit.attributeNames.map { attribute in
        IntervalPlot.Row(
          name: attribute,
          entries: audit.modelNames.map { model in
            audit.gap(metric.key, of: attribute, model: model).map { .init($0) }
              ?? .init(.undefined("not computed"))
          })
      }
      let ends = rows.flatMap(\.entries).flatMap {
        [$0.value, $0.interval?.upperBound, $0.chance?.upperBound].compactMap(\.self)
      }
      return IntervalPlot.Panel(
        title: metric.title, axisTitle: "Largest minus smallest value over the groups",
        range: 0...AxisRange.ceiling(ends), rows: rows)
    }
    return Figure(
      name: "gaps", title: title,
      caption: "Points and lines: the gap with its 95 % interval. Grey: the 95 % range of the gap "
        + "when group labels are shuffled among patients, its mean marked; a gap within the grey "
        + "is no sign of a disparity.",
      script: IntervalPlot(models: audit.modelNames, panels: panels)
        .script(title: title))
  }

  private func gapAgainstAUROC(_ audit: AuditDocument) -> Figure {
    let title = "Gaps against AUROC"
    let metrics = ["auroc", "underdiagnosisRate"].map(MetricName.init(key:))
    let rows = metrics.map { metric in
      audit.attributeNames.map { attribute in
        GapScatter.Panel(
          title: attribute, axisTitle: "Gap: \(metric.title)",
          points: audit.modelNames.enumerated().compactMap { index, model in
            audit.gap(metric.key, of: attribute, model: model)
              .flatMap { point($0, model: model, index: index) }
          })
      }
    }
    return Figure(
      name: "gap-against-auroc", title: title,
      caption: "Good models stand at the lower right. Lines: 95 % intervals. Grey: the 95 % range "
        + "of the gap under chance.",
      script: GapScatter(models: audit.modelNames, rows: rows)
        .script(title: title))
  }

  private func point(
    _ gap: AuditDocument.Gap, model: String, index: Int
  ) -> GapScatter.Point? {
    let auroc = evaluation.runs.first { $0.model == model }?.macro.auroc
    guard let auroc, let x = auroc.value, let y = gap.value else { return nil }
    return GapScatter.Point(
      model: index, auroc: x, aurocInterval: .ordered(auroc.lower, auroc.upper) ?? x...x, gap: y,
      gapInterval: .ordered(gap.lower, gap.upper) ?? y...y,
      chance: .ordered(gap.nullLower, gap.nullUpper))
  }
}

extension AuditDocument {
  fileprivate var attributeNames: [String] { attributes.map(\.attribute).distinct }
  fileprivate var modelNames: [String] { attributes.map(\.model).distinct }

  fileprivate func attribute(_ name: String, of model: String) -> Attribute? {
    attributes.first { $0.attribute == name && $0.model == model }
  }

  fileprivate func gap(_ metric: String, of attribute: String, model: String) -> Gap? {
    self.attribute(attribute, of: model)?.gaps.first { $0.metric == metric }
  }
}

extension IntervalPlot.Entry {
  /// A gap as a point, with what chance gives.
  init(_ gap: AuditDocument.Gap) {
    self.init(
      value: gap.value, interval: .ordered(gap.lower, gap.upper),
      chance: .ordered(gap.nullLower, gap.nullUpper), chanceMean: gap.nullMean,
      text: Cell.estimate(gap.value, gap.lower, gap.upper, reason: gap.reason).plainText)
  }
}
