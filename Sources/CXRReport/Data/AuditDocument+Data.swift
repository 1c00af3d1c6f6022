// SPDX-License-Identifier: Apache-2.0
internal import CXRCore
internal import CXREvaluation

extension AuditDocument {
  /// The tables of an audit: `groups-…` and `group-labels-…` for each attribute, `gaps` and
  /// `gap-differences`.
  var dataTables: [DataTable] {
    let names = attributes.map(\.attribute).distinct
    let files = FileName.unique(names)
    let perAttribute = zip(names, files).flatMap { name, file in
      let attributes = attributes.filter { $0.attribute == name }
      return [
        Self.groupTable("groups-\(file)", attributes),
        Self.labelTable("group-labels-\(file)", attributes),
      ]
    }
    return perAttribute + [gapTable] + (gapDifferences.isEmpty ? [] : [differenceTable])
  }

  private static func groupTable(_ name: String, _ attributes: [Attribute]) -> DataTable {
    DataTable(
      name: name,
      header: [
        "model", "attribute", "group", "images", "patients", "no finding", "with finding",
      ]
        + ["underdiagnosis rate", "overdiagnosis rate", "mean AUROC", "mean AUPRC"]
        .flatMap(CSVField.estimateHeader) + ["reason"],
      rows: attributes.flatMap { attribute in
        attribute.groupsAndOverall.map { group in
          let estimates = [
            group.underdiagnosisRate, group.overdiagnosisRate, group.auroc, group.auprc,
          ]
          return [attribute.model, attribute.attribute, group.group]
            + [group.n, group.patients, group.positives, group.negatives].map(CSVField.count)
            + estimates.flatMap(CSVField.estimate)
            + [
              CSVField.reasons(
                group.reason, estimates[0].reason, estimates[1].reason, estimates[2].reason,
                estimates[3].reason)
            ]
        }
      })
  }

  private static func labelTable(_ name: String, _ attributes: [Attribute]) -> DataTable {
    DataTable(
      name: name,
      header: ["model", "attribute", "group", "label", "positives", "negatives"]
        + ["AUROC", "TPR", "FPR"].flatMap(CSVField.estimateHeader) + ["reason"],
      rows: attributes.flatMap { attribute in
        attribute.groupsAndOverall.flatMap { group in
          group.labels.map { label in
            [
              attribute.model, attribute.attribute, group.group, label.label,
              CSVField.count(label.positives), CSVField.count(label.negatives),
            ]
              + [label.auroc, label.tpr, label.fpr].flatMap(CSVField.estimate)
              + [
                CSVField.reasons(
                  group.reason, label.auroc.reason, label.tpr.reason, label.fpr.reason)
              ]
          }
        }
      })
  }

  private var gapTable: DataTable {
    DataTable(
      name: "gaps",
      header: [
        "model", "attribute", "metric", "gap", "lower", "upper", "best group", "worst group",
        "ratio", "ratio lower", "ratio upper", "chance mean", "chance lower", "chance upper", "p",
      ]
        + ["difference to overall", "ratio to overall"].flatMap(CSVField.estimateHeader)
        + ["group count", "reason"],
      rows: attributes.flatMap { attribute in
        attribute.gaps.map { row(of: $0, in: attribute) }
      })
  }

  private func row(of gap: Gap, in attribute: Attribute) -> [String] {
    let chance = [gap.nullMean, gap.nullLower, gap.nullUpper, gap.p]
    let numbers = [gap.ratio, gap.ratioLower, gap.ratioUpper] + chance
    let overall = [gap.differenceToOverall, gap.ratioToOverall].map { $0 ?? .undefined("") }
    var row = [attribute.model, attribute.attribute, gap.metric]
    row += [gap.value, gap.lower, gap.upper].map(CSVField.number)
    row += [gap.best ?? "", gap.worst ?? ""]
    row += numbers.map(CSVField.number)
    row += overall.flatMap(CSVField.estimate)
    row += ["\(gap.groupCount)", CSVField.reasons(gap.reason)]
    return row
  }

  private var differenceTable: DataTable {
    DataTable(
      name: "gap-differences",
      header: [
        "model A", "model B", "attribute", "metric", "A", "B", "difference", "lower", "upper",
        "reason",
      ],
      rows: gapDifferences.map { row in
        [row.modelA, row.modelB, row.attribute, row.metric]
          + [row.a, row.b, row.difference, row.lower, row.upper].map(CSVField.number)
          + [CSVField.reasons(row.reason)]
      })
  }
}
