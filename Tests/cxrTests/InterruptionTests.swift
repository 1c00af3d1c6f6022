// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import cxr

@Suite("Interruptions")
struct InterruptionTests {
  @Test("What stays is told in the place of a cancellation, with its exit status")
  func explained() async throws {
    let error = await #expect(throws: Interruption.self) {
      try await Interruption.explained(by: { "two files stay." }) { throw CancellationError() }
    }
    let interruption = try #require(error)
    #expect(ExitStatus.message(for: interruption) == "interrupted; two files stay.")
    #expect(ExitStatus(of: interruption) == .interrupted)
  }

  @Test("Where nothing was written, and where something else went wrong, the error stays")
  func others() async throws {
    let cancellation = await #expect(throws: CancellationError.self) {
      try await Interruption.explained(by: { nil }) { throw CancellationError() }
    }
    #expect(
      ExitStatus.message(for: try #require(cancellation)) == "interrupted; nothing was changed.")
    await #expect(throws: ExitStatusTestError.self) {
      try await Interruption.explained(by: { "files stay." }) { throw ExitStatusTestError() }
    }
    #expect(try await Interruption.explained(by: { "files stay." }) { 7 } == 7)
  }

  private struct ExitStatusTestError: Error {}
}
