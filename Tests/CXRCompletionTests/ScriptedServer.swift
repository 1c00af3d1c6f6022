// SPDX-License-Identifier: Apache-2.0
import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix

/// A server on this machine that gives the answers of a script, one after the other, and remembers
/// what it was asked. Beyond the script it repeats the last answer.
actor ScriptedServer {
  /// What the server answers.
  struct Answer {
    var status = 200
    var headers: [(String, String)] = []
    var body = ""

    /// A chat completion.
    static func completion(_ text: String) -> Answer {
      Answer(body: #"{"id": "1", "choices": [{"index": 0, "message": {"content": "\#(text)"}}]}"#)
    }

    /// A failure.
    static func failure(_ status: Int, retryAfter: String? = nil) -> Answer {
      Answer(status: status, headers: retryAfter.map { [("Retry-After", $0)] } ?? [])
    }
  }

  /// What the server was asked.
  struct Question: Sendable {
    let path: String
    let authorization: String?
    let body: String
  }

  private let answers: [Answer]
  private(set) var questions: [Question] = []

  init(_ answers: [Answer]) { self.answers = answers }

  private typealias Connection = NIOAsyncChannel<
    HTTPServerRequestPart, HTTPServerResponsePart
  >

  /// Serves while the body runs, which gets the base URL.
  nonisolated func serve<Result: Sendable>(
    _ body: @escaping @Sendable (String) async throws -> Result
  ) async throws -> Result {
    let server = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
      .bind(host: "127.0.0.1", port: 0) { channel in
        channel.eventLoop.makeCompletedFuture {
          try channel.pipeline.syncOperations.configureHTTPServerPipeline()
          return try Connection(wrappingChannelSynchronously: channel)
        }
      }
    let port = server.channel.localAddress?.port ?? 0
    return try await withThrowingTaskGroup(of: Result?.self) { group in
      group.addTask {
        try await server.executeThenClose { connections in
          try await withThrowingDiscardingTaskGroup { group in
            for try await connection in connections {
              group.addTask { try? await self.answer(connection) }
            }
          }
        }
        return nil
      }
      group.addTask { try await body("http://127.0.0.1:\(port)/v1") }
      defer { group.cancelAll() }
      while let result = try await group.next() {
        if let result { return result }
      }
      throw CancellationError()
    }
  }

  private nonisolated func answer(_ connection: Connection) async throws {
    try await connection.executeThenClose { inbound, outbound in
      var head: HTTPRequestHead?
      var body = ByteBuffer()
      for try await part in inbound {
        switch part {
        case .head(let received):
          head = received
          body.clear()
        case .body(var buffer): body.writeBuffer(&buffer)
        case .end:
          let answer = await next(
            Question(
              path: head?.uri ?? "", authorization: head?.headers.first(name: "Authorization"),
              body: String(buffer: body)))
          var headers = HTTPHeaders(answer.headers)
          headers.add(name: "Content-Length", value: "\(answer.body.utf8.count)")
          try await outbound.write(
            .head(
              HTTPResponseHead(
                version: .http1_1, status: .init(statusCode: answer.status), headers: headers)))
          try await outbound.write(.body(.byteBuffer(ByteBuffer(string: answer.body))))
          try await outbound.write(.end(nil))
        }
      }
    }
  }

  private func next(_ question: Question) -> Answer {
    questions.append(question)
    return answers[min(questions.count, answers.count) - 1]
  }
}
