// SPDX-License-Identifier: Apache-2.0
import CXRCatalog
import CXRFiles
import CXRReport

/// Draws the curves of a training run into its folder while it goes on.
struct CurveDrawing<Record: Sendable>: Sendable {
  /// The file.
  let path: String
  /// Makes a run of what epochs came to.
  let run: @Sendable ([Record]) -> TrainingRunContent

  /// Draws after every epoch, until there are no more; a problem is told once and ends the drawing, not
  /// the training.
  ///
  /// - Parameters:
  ///   - records: What epochs came to, as they end.
  ///   - history: What those before them came to.
  func follow(_ records: AsyncStream<Record>, after history: [Record]) async {
    var history = history
    for await record in records {
      history.append(record)
      do {
        try await draw(history)
      } catch {
        if !Task.isCancelled {
          Console.note("note: There are no curves: \(ExitStatus.message(for: error))")
        }
        return
      }
    }
  }

  private func draw(_ history: [Record]) async throws {
    try AtomicFile.write(await TrainingReport([run(history)]).curves(), to: path)
  }
}
