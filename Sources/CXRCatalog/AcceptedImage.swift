// SPDX-License-Identifier: Apache-2.0
public import CXRCore

/// An image that a generation run made and accepted, with the radiograph that its prompt came from.
public struct AcceptedImage: Sendable {
  /// The image that was wanted.
  public let item: GenerationItem
  /// The attempt that gave it; its file is known.
  public let attempt: GenerationAttempt
  /// The part of the report that the prompt repeats.
  public let impression: String
  /// The patient of the source, as its dataset names them.
  public let sourcePatientKey: String
  /// The study of the source, where its dataset has studies.
  public let sourceStudyKey: String?
  /// The projection of the source.
  public let sourceView: View
}
