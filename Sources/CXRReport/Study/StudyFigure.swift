// SPDX-License-Identifier: Apache-2.0

/// A figure of a study's report and the part that it belongs to.
struct StudyFigure: Hashable {
  /// The part of the report.
  let part: StudyPart
  /// The figure.
  let figure: Figure
}
