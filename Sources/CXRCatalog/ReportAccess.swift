// SPDX-License-Identifier: Apache-2.0

/// Whether an export carries the texts of reports, which most datasets do not allow to be passed on.
public enum ReportAccess: String, Sendable {
  /// The export has no report.
  case withheld
  /// The export has one column per section.
  case included
}
