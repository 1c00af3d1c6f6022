// SPDX-License-Identifier: Apache-2.0
internal import AsyncHTTPClient
internal import CXRCore
internal import Foundation
internal import NIOCore
internal import NIOHTTP1

/// A server that completes texts by a language model, spoken to in the chat-completions protocol.
///
///     let endpoint = try CompletionEndpoint(
///       CompletionOptions(baseURL: "http://localhost:8000/v1", model: "llama-3"),
///       cacheFolder: "completions", environment: [:])
///     let short = try await endpoint.complete(impressions)
///
/// Nothing in the toolchain does this by default: the texts leave the program, and a model's answers
/// can neither be repeated exactly nor trusted unread.
///
/// Plain HTTP is accepted for this machine only. Redirects are not followed. While the server answers
/// 408, 429 or 5xx, or not at all, a text is sent again after a wait that doubles each time, or after
/// what `Retry-After` says if that is longer.
public struct CompletionEndpoint: Sendable {
  private let options: CompletionOptions
  private let url: URL
  private let host: String
  private let key: String?
  private let cache: CompletionCache?
  private let pace: RequestPace
  private let sleep: @Sendable (Duration) async throws -> Void

  /// Prepares an endpoint; nothing is sent yet.
  ///
  /// - Parameters:
  ///   - options: Which model is asked, and how.
  ///   - cacheFolder: The folder of answers known already, made when needed; `nil` for none.
  ///   - environment: The environment in which the key is looked up.
  /// - Throws: ``CompletionError`` with code `.invalidURL` or `.missingKey`.
  public init(
    _ options: CompletionOptions, cacheFolder: String?,
    environment: [String: String]
  ) throws(CompletionError) {
    try self.init(options, cacheFolder: cacheFolder, environment: environment) {
      try await Task.sleep(for: $0)
    }
  }

  /// Prepares an endpoint that waits as told.
  init(
    _ options: CompletionOptions, cacheFolder: String?, environment: [String: String],
    sleep: @escaping @Sendable (Duration) async throws -> Void
  ) throws(CompletionError) {
    precondition(options.maximumAttempts > 0, "at least one attempt")
    precondition(options.timeoutSeconds > 0, "time for an answer")
    (url, host) = try Self.checkedURL(options.baseURL)
    key = try Self.key(options.keyVariable, in: environment, for: host)
    self.options = options
    cache = cacheFolder.map { CompletionCache(folder: $0) }
    pace = RequestPace(requestsPerMinute: options.requestsPerMinute)
    self.sleep = sleep
  }

  /// Completes texts, each different one once.
  ///
  /// Answers are kept in the cache as they come, so that a run that fails half way goes on from there.
  ///
  /// - Parameter texts: The texts.
  /// - Returns: The answers in the order of the texts.
  /// - Throws: ``CompletionError`` for the first text without an answer, `FileError` or `CocoaError`
  ///   if the cache cannot be used, `CancellationError`.
  public func complete(_ texts: [String]) async throws -> [Completion] {
    var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
    configuration.timeout.connect = .seconds(10)
    configuration.connectionPool.retryConnectionEstablishment = false
    let different = texts.distinct
    let answers = try await HTTPClient.withHTTPClient(configuration: configuration) { client in
      try await different.concurrentMap(width: options.concurrentRequests) { text in
        try await complete(text, by: client)
      }
    }
    let byText = Dictionary(uniqueKeysWithValues: zip(different, answers))
    return texts.compactMap { byText[$0] }
  }

  private func complete(_ text: String, by client: HTTPClient) async throws -> Completion {
    let key = CompletionCache.key(
      model: options.model, instruction: options.instruction, text: text)
    if let answer = try cache?.answer(for: key) { return Completion(text: answer, isCached: true) }
    let answer = try await answer(to: text, by: client)
    try cache?.store(answer, for: key)
    return Completion(text: answer, isCached: false)
  }

  /// Sends a text until it is answered, refused, or the attempts are used up.
  private func answer(to text: String, by client: HTTPClient) async throws -> String {
    let request = try request(for: text)
    var backoff = Duration.seconds(options.firstBackoffSeconds)
    for attempt in 1... {
      let now = ContinuousClock.now - Self.start
      let wait = await pace.reserve(at: now)
      if wait > .zero { try await sleep(wait) }
      let failure: CompletionError
      var longerWait = Duration.zero
      do {
        let response = try await client.execute(
          request, timeout: .milliseconds(Int64(options.timeoutSeconds * 1000)))
        let status = Int(response.status.code)
        if status == 200 {
          let body = try await response.body.collect(upTo: 1 << 20)
          return try content(of: Data(body.readableBytesView))
        }
        guard status == 408 || status == 429 || status >= 500 else { throw refusal(status) }
        longerWait = Self.retryAfter(response.headers.first(name: "Retry-After"))
        failure = CompletionError(
          .overloaded,
          "\(host) answered \(status) \(attempt) times; wait, or allow fewer requests per minute.")
      } catch let error as CompletionError {
        throw error
      } catch let error as CancellationError {
        throw error
      } catch {
        failure = CompletionError(
          .unreachable,
          "\(host) did not answer at attempt \(attempt); check the address, the network and the "
            + "timeout.", cause: error)
      }
      guard attempt < options.maximumAttempts else { throw failure }
      try await sleep(max(backoff, longerWait))
      backoff *= 2
    }
    preconditionFailure("the attempts end in an answer or an error")
  }

  private static let start = ContinuousClock.now
}

extension CompletionEndpoint {
  private static func checkedURL(_ base: String) throws(CompletionError) -> (URL, String) {
    guard let url = URL(string: base), let host = url.host(), !host.isEmpty else {
      throw CompletionError(
        .invalidURL, "\(base) is no URL of a server; write one like https://host/v1.")
    }
    let isLocal = ["localhost", "127.0.0.1", "::1", "[::1]"].contains(host)
    guard url.scheme == "https" || url.scheme == "http" && isLocal else {
      throw CompletionError(
        .invalidURL,
        "\(host) would get reports over an open connection; use https, or a server on this machine."
      )
    }
    return (url.appending(path: "chat/completions"), host)
  }

  private static func key(
    _ variable: String?, in environment: [String: String], for host: String
  ) throws(CompletionError) -> String? {
    guard let variable else { return nil }
    guard let key = environment[variable], !key.isEmpty else {
      throw CompletionError(
        .missingKey,
        "the environment variable \(variable), which should hold the key for \(host), is not set; "
          + "set it, or name none for a server without keys.")
    }
    return key
  }

  private func request(for text: String) throws -> HTTPClientRequest {
    var request = HTTPClientRequest(url: url.absoluteString)
    request.method = .POST
    request.headers.add(name: "Content-Type", value: "application/json")
    request.headers.add(name: "Accept", value: "application/json")
    request.headers.add(name: "User-Agent", value: "cxr/\(Version.current)")
    if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    request.body = .bytes(
      try encoder.encode(
        ChatRequest(model: options.model, instruction: options.instruction, text: text)))
    return request
  }

  private func content(of body: Data) throws(CompletionError) -> String {
    let reply = try? JSONDecoder().decode(ChatReply.self, from: body)
    let text = reply?.choices.first?.message.content?
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard let text, !text.isEmpty else {
      throw CompletionError(
        .malformedReply,
        "\(host) answered 200 without a chat completion; check the address and the model.")
    }
    return text
  }

  private func refusal(_ status: Int) -> CompletionError {
    let remedy =
      switch status {
      case 401, 403: "check the key in \(options.keyVariable ?? "an environment variable")"
      case 404: "check the address and the model \(options.model)"
      case 300..<400: "write the address that it redirects to"
      default: "check the address, the model and the length of the texts"
      }
    return CompletionError(.refused, "\(host) answered \(status); \(remedy).")
  }

  /// The wait that a server asks for in seconds; a date, the header's other form, is left to the
  /// backoff.
  private static func retryAfter(_ header: String?) -> Duration {
    guard let seconds = header.flatMap({ Double($0) }), 0...3600 ~= seconds else { return .zero }
    return .seconds(seconds)
  }
}
