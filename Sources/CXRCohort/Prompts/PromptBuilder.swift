// SPDX-License-Identifier: Apache-2.0
public import CXRCatalog
internal import CXRCore
internal import CXRFiles
internal import Foundation
public import CXRText

/// Makes the prompts of a plan.
///
///     let builder = try PromptBuilder(plan: plan, tokenizer: tokenizer)
///     let candidates = try catalog.promptCandidates(from: plan.source, sections: builder.sections)
///     let prompts = try await builder.prompts(from: candidates, threads: 2)
///     try catalog.addPromptSet(prompts.set, provenance: provenance)
///
/// The variations of a radiograph repeat the same impression, shortened for the longest of them, so
/// that they differ in demographics only.
public struct PromptBuilder: Sendable {
  /// The prompts of a plan, and what there is to tell of them.
  public struct Prompts: Sendable {
    /// The prompts as the catalog stores them.
    public let set: PromptSetContent
    /// The prompts in counts.
    public let report: PromptReport
  }

  /// The names of the sections of reports that candidates must bring, in order.
  public let sections: [String]
  private let plan: PromptPlan
  private let writer: PromptWriter
  private let rewrite: (@Sendable ([String]) async throws -> [String])?

  /// Creates a builder.
  ///
  /// - Parameters:
  ///   - plan: What decides the prompts.
  ///   - tokenizer: Counts tokens; without one, an impression is too long when it has more than
  ///     ``PromptPlan/maximumCharacters``, and no token is counted.
  ///   - rewrite: Rewrites impressions that are too long, in their order; called once, with
  ///     different texts, when the plan says so.
  /// - Throws: `TextError` with code `.invalidTemplate`, ``PromptError`` with code `.invalidPlan`.
  public init(
    plan: PromptPlan, tokenizer: CLIPTokenizer?,
    rewrite: (@Sendable ([String]) async throws -> [String])? = nil
  ) throws {
    let template = try plan.validated()
    if case .rewritten = plan.shortening, rewrite == nil {
      throw PromptError(
        .invalidPlan, "The plan has a model rewrite impressions, but there is none.")
    }
    self.plan = plan
    sections = PromptWriter.sections(of: plan, template: template)
    writer = PromptWriter(plan: plan, template: template, tokenizer: tokenizer)
    self.rewrite = rewrite
  }

  /// Makes the prompts.
  ///
  /// - Parameters:
  ///   - candidates: The radiographs with the texts of ``sections``, in the order of the prompts.
  ///   - threads: The number of threads, at least 1; it does not change the result.
  ///   - progress: Called now and then with the number of radiographs that are done.
  /// - Returns: The prompts.
  /// - Throws: ``PromptError`` with code `.empty` when no prompt is left, `CancellationError`, or
  ///   what rewriting throws.
  /// - Complexity: O(*n*) for *n* prompts; O(*n* log *n*) under a cap.
  public func prompts(
    from candidates: [PromptCandidate], threads: Int,
    progress: @escaping @Sendable (Int) -> Void = { _ in }
  ) async throws -> Prompts {
    var writer = writer
    if case .rewritten = plan.shortening, let rewrite {
      let texts = try await candidates.chunked(threads: threads) { [writer] in
        try writer.longImpression(of: $0)
      }.compactMap(\.self).distinct
      let rewritten = try await rewrite(texts).map {
        $0.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      }
      writer.rewritings = Dictionary(uniqueKeysWithValues: zip(texts, rewritten))
    }
    let outcomes = try await candidates.chunked(threads: threads, progress: progress) {
      [writer] in try writer.prompts(of: $0)
    }
    let kept = PromptSelection(plan: plan, candidates: candidates, outcomes: outcomes)
    guard !kept.prompts.isEmpty else {
      throw PromptError(
        .empty,
        "None of \(NumberText.count(candidates.count, "radiograph")) gives a prompt"
          + kept.reasons + "; check the source and the fields of the template.")
    }
    let optionsJSON = try optionsJSON()
    let digest = try await digest(of: kept, optionsJSON: optionsJSON, threads: threads)
    return Prompts(
      set: PromptSetContent(
        name: plan.name, template: plan.template, optionsJSON: optionsJSON, contentDigest: digest,
        prompts: kept.prompts.map(\.record)),
      report: kept.report)
  }

  private func optionsJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(plan), as: UTF8.self)
  }

  /// Hashes chunks of prompts, then the hashes: the same result on any number of threads.
  private func digest(
    of selection: PromptSelection, optionsJSON: String, threads: Int
  ) async throws -> String {
    let prompts = selection.prompts
    let starts = Array(stride(from: 0, to: prompts.count, by: 4096))
    let digests = try await starts.concurrentMap(width: threads) { start in
      var text = ""
      for prompt in prompts[start..<min(start + 4096, prompts.count)] {
        let candidate = selection.candidates[prompt.candidate]
        let record = prompt.record
        text += """
          \(candidate.dataset)\t\(candidate.imageName)\t\(record.variation)\t\(record.text)
          \(record.sex?.rawValue ?? "")\t\(record.race?.rawValue ?? "")\t\(record.ageYears ?? -1)
          \(record.impression)\t\(record.shortening)\t\(record.removedText)

          """
      }
      return FileDigest.sha256(of: text)
    }
    return FileDigest.sha256(of: ([optionsJSON] + digests).joined(separator: "\n"))
  }
}

extension [PromptCandidate] {
  /// Radiographs that one task takes on: enough to outweigh the task, few enough to share.
  private static var chunkSize: Int { 256 }

  /// Transforms the elements on several threads, in order.
  fileprivate func chunked<Output: Sendable>(
    threads: Int, progress: @escaping @Sendable (Int) -> Void = { _ in },
    _ transform: @escaping @Sendable (PromptCandidate) throws -> Output
  ) async throws -> [Output] {
    try await Array<Int>(stride(from: 0, to: count, by: Self.chunkSize))
      .concurrentMap(width: threads) { start in
        let outputs = try self[start..<Swift.min(start + Self.chunkSize, count)].map(transform)
        progress(start)
        return outputs
      }.flatMap(\.self)
  }
}
