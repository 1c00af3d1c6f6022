// SPDX-License-Identifier: Apache-2.0
public import CXRImage

/// Tells from an image what it shows.
///
/// An estimate depends on its image alone.
public protocol Judge {
  /// What identifies the model and its settings.
  var identity: ModelIdentity { get }
  /// What the model tells, each aspect once.
  var aspects: [JudgedAspect] { get }

  /// Tells what images show.
  ///
  /// - Parameter images: The images; together they make one batch.
  /// - Returns: For each image in order, an estimate for each of ``aspects`` in order.
  /// - Throws: What stops the whole run, such as a lack of memory.
  func estimates(for images: [GrayImage]) throws -> [[QualityEstimate]]
}
