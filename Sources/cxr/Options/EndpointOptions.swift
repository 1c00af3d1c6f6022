// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCohort
import CXRCompletion
import CXRFiles
import CXRText
import Foundation

/// The language model that shortens impressions when it is asked to.
struct EndpointOptions: ParsableArguments {
  @Option(
    name: .customLong("endpoint"),
    help: "The URL below which a server has chat/completions.")
  var url: String?

  @Option(name: .customLong("endpoint-model"), help: "The model's name on that server.")
  var model: String?

  @Option(
    name: .customLong("endpoint-key"), help: "The environment variable that holds the key.")
  var keyVariable: String?

  @Option(
    name: .customLong("endpoint-instruction"),
    help: "What the model is told (default: at most 200 characters, keep every finding).")
  var instruction: String?

  @Option(
    name: .customLong("endpoint-cache"), help: "The folder of answers that are known already.")
  var cacheFolder: String?

  @Option(
    name: .customLong("endpoint-rate"), help: "The most requests within a minute.")
  var requestsPerMinute = 60.0

  mutating func validate() throws {
    guard requestsPerMinute > 0, requestsPerMinute.isFinite else {
      throw ValidationError("--endpoint-rate takes a number above 0.")
    }
    guard (url == nil) == (model == nil) else {
      throw ValidationError("--endpoint URL and --endpoint-model NAME go together; give both.")
    }
  }

  private var instructionInForce: String {
    instruction ?? CompletionOptions.shorteningInstruction
  }

  /// Whether a server and a model are named.
  var isNamed: Bool { url != nil && model != nil }

  /// How a plan records the model.
  var shortening: PromptShortening {
    .rewritten(
      model: model ?? "", instructionDigest: FileDigest.sha256(of: instructionInForce),
      version: ExtractiveShortener.version)
  }

  /// What sends texts to the server, or `nil` when none is named.
  func rewriter() throws -> (@Sendable ([String]) async throws -> [String])? {
    guard let url, let model else { return nil }
    let endpoint = try CompletionEndpoint(
      CompletionOptions(
        baseURL: url, model: model, keyVariable: keyVariable, instruction: instructionInForce,
        requestsPerMinute: requestsPerMinute),
      cacheFolder: cacheFolder, environment: ProcessInfo.processInfo.environment)
    return { try await endpoint.complete($0).map(\.text) }
  }
}
