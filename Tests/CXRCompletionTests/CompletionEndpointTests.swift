// SPDX-License-Identifier: Apache-2.0
import CXRTestSupport
import Foundation
import Synchronization
import Testing

@testable import CXRCompletion

/// The waits that an endpoint asked for; none of them really passes.
private final class Waits: Sendable {
  private let mutex = Mutex<[Duration]>([])
  var all: [Duration] { mutex.withLock { $0 } }
  func add(_ wait: Duration) { mutex.withLock { $0.append(wait) } }
}

@Suite("Completion endpoint")
struct CompletionEndpointTests {
  private let waits = Waits()
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func endpoint(
    _ url: String, model: String = "m", attempts: Int = 4, keyVariable: String? = nil,
    cached: Bool = false
  ) throws -> CompletionEndpoint {
    let options = CompletionOptions(
      baseURL: url, model: model, keyVariable: keyVariable, instruction: "Shorten.",
      timeoutSeconds: 20, maximumAttempts: attempts, requestsPerMinute: 6e9, concurrentRequests: 2)
    let waits = waits
    return try CompletionEndpoint(
      options, cacheFolder: cached ? folder.path("cache") : nil, environment: ["KEY": "secret"]
    ) { waits.add($0) }
  }

  @Test("Sends model, instruction, text and key, and returns the answer's text")
  func asks() async throws {
    let server = ScriptedServer([.completion(" Small effusion.\\n")])
    let answers = try await server.serve { url in
      try await endpoint(url, keyVariable: "KEY").complete(["A \"long\" text/"])
    }
    #expect(answers == [Completion(text: "Small effusion.", isCached: false)])
    let question = try #require(await server.questions.first)
    #expect(question.path == "/v1/chat/completions")
    #expect(question.authorization == "Bearer secret")
    #expect(
      question.body == """
        {"messages":[{"content":"Shorten.","role":"system"},\
        {"content":"A \\"long\\" text/","role":"user"}],"model":"m","temperature":0}
        """)
  }

  @Test("Sends each different text once and answers in the order of the texts")
  func distinct() async throws {
    let server = ScriptedServer([.completion("x")])
    let answers = try await server.serve { url in
      try await endpoint(url).complete(["a", "b", "a", "c", "a"])
    }
    #expect(answers.count == 5)
    #expect(await server.questions.count == 3)
    #expect(await server.questions.allSatisfy { $0.authorization == nil })
  }

  @Test("Waits twice as long each time, and as long as the server asks for")
  func retries() async throws {
    let server = ScriptedServer([
      .failure(500), .failure(429, retryAfter: "30"), .failure(503, retryAfter: "1"),
      .completion("x"),
    ])
    let answers = try await server.serve { url in try await endpoint(url).complete(["a"]) }
    #expect(answers.map(\.text) == ["x"])
    #expect(waits.all.filter { $0 >= .seconds(1) } == [.seconds(1), .seconds(30), .seconds(4)])
  }

  @Test("Gives up after the attempts, naming host, status and remedy")
  func givesUp() async throws {
    let server = ScriptedServer([.failure(429)])
    let error = await #expect(throws: CompletionError.self) {
      try await server.serve { url in
        try await endpoint(url, attempts: 3).complete(["secret text"])
      }
    }
    #expect(error?.code == .overloaded)
    #expect(error?.message.hasPrefix("127.0.0.1 answered 429 3 times;") == true)
    #expect(await server.questions.count == 3)
  }

  @Test(
    "Does not repeat a refused request",
    arguments: [(401, "the key in KEY"), (404, "the model m"), (302, "redirects"), (400, "length")])
  func refused(status: Int, remedy: String) async throws {
    let server = ScriptedServer([
      .init(status: status, headers: [("Location", "/elsewhere")], body: "secret text")
    ])
    let error = await #expect(throws: CompletionError.self) {
      try await server.serve { url in
        try await endpoint(url, keyVariable: "KEY").complete(["secret text"])
      }
    }
    #expect(error?.code == .refused)
    #expect(error?.message.contains(remedy) == true)
    #expect(error?.description.contains("secret") == false)
    #expect(await server.questions.count == 1)
  }

  @Test(
    "Refuses an answer that is no chat completion",
    arguments: [
      "", "[]", "{}", #"{"choices": []}"#, #"{"choices": [{"message": {"content": " "}}]}"#,
    ])
  func malformed(body: String) async throws {
    let server = ScriptedServer([.init(body: body)])
    let error = await #expect(throws: CompletionError.self) {
      try await server.serve { url in try await endpoint(url).complete(["a"]) }
    }
    #expect(error?.code == .malformedReply)
  }

  @Test("Says that nobody answers")
  func unreachable() async throws {
    // The server has gone by the time it is asked.
    let url = try await ScriptedServer([.failure(500)]).serve { $0 }
    let error = await #expect(throws: CompletionError.self) {
      try await endpoint(url, attempts: 2).complete(["a"])
    }
    #expect(error?.code == .unreachable)
    #expect(error?.message.hasPrefix("127.0.0.1 did not answer at attempt 2;") == true)
  }

  @Test("Takes from the cache what it asked before, by model, instruction and text")
  func cache() async throws {
    let server = ScriptedServer([.completion("x")])
    let answers = try await server.serve { url in
      let first = try await endpoint(url, cached: true).complete(["a", "b"])
      let second = try await endpoint(url, cached: true).complete(["b", "c"])
      let other = try await endpoint(url, model: "n", cached: true).complete(["a"])
      return (first + second + other).map(\.isCached)
    }
    #expect(answers == [false, false, true, false, false])
    #expect(await server.questions.count == 4)
  }

  @Test("Goes on from the cache after a failure")
  func resumes() async throws {
    let server = ScriptedServer([.completion("x"), .failure(400), .completion("y")])
    try await server.serve { url in
      let endpoint = try endpoint(url, cached: true)
      _ = try await endpoint.complete(["a"])
      await #expect(throws: CompletionError.self) { try await endpoint.complete(["a", "b"]) }
      let answers = try await endpoint.complete(["a", "b"])
      #expect(answers.map(\.text) == ["x", "y"])
      #expect(answers.map(\.isCached) == [true, false])
    }
  }

  @Test(
    "Refuses addresses that are none, and plain HTTP beyond this machine",
    arguments: ["", "host/v1", "http://", "http://example.org/v1", "ftp://localhost/v1"])
  func addresses(url: String) {
    let error = #expect(throws: CompletionError.self) { try endpoint(url) }
    #expect(error?.code == .invalidURL)
  }

  @Test("Refuses a key variable that is not set, naming it")
  func missingKey() {
    let error = #expect(throws: CompletionError.self) {
      try endpoint("https://example.org/v1", keyVariable: "OTHER_KEY")
    }
    #expect(error?.code == .missingKey)
    #expect(error?.message.contains("OTHER_KEY") == true)
  }

  @Test("Spreads requests over the minute")
  func pace() async {
    let pace = RequestPace(requestsPerMinute: 30)
    #expect(await pace.reserve(at: .seconds(10)) == .zero)
    #expect(await pace.reserve(at: .seconds(10)) == .seconds(2))
    #expect(await pace.reserve(at: .seconds(11)) == .seconds(3))
    #expect(await pace.reserve(at: .seconds(60)) == .zero)
  }
}
