// SPDX-License-Identifier: Apache-2.0
internal import CXRFairness

/// One attribute's part of an audit document: copies a gap report into the document's words.
struct AuditedAttribute {
  /// One entry per model.
  let attributes: [AuditDocument.Attribute]
  /// The differences of gaps between every two models.
  let differences: [AuditDocument.GapDifference]

  init(
    _ report: GapReport, sizes: GroupSizes, minimumGroup: Int, noFinding: Int?,
    hasIntervals: Bool
  ) {
    let writer = AuditWriter(
      noFinding: noFinding, minimumGroup: minimumGroup, hasIntervals: hasIntervals)
    self.attributes = report.models.map { model in
      AuditDocument.Attribute(
        model: model.model, attribute: report.attribute, labels: report.labels,
        ungrouped: sizes.ungroupedCount,
        overall: writer.group(model.overall, name: "all groups", labelCount: report.labels.count),
        groups: sizes.names.indices.map { position in
          guard let group = model.groups.first(where: { $0.group == sizes.names[position] }) else {
            return writer.omitted(sizes.names[position], count: sizes.counts[position])
          }
          return writer.group(group, name: sizes.names[position], labelCount: report.labels.count)
        },
        gaps: model.gaps.map(writer.gap))
    }
    self.differences = report.differences.map { difference in
      let gaps = [difference.first, difference.second].map { name in
        report.models.first { $0.model == name }?.gaps.first { $0.metric == difference.metric }
      }
      return writer.difference(
        difference, attribute: report.attribute, first: gaps[0]?.difference.value,
        second: gaps[1]?.difference.value)
    }
  }
}
