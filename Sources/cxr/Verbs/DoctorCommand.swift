// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCore
import CXRReport
import CXRTensor
import Foundation

/// The command `cxr doctor`.
struct DoctorCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor",
    abstract:
      "Say what this machine has for training and reports, and what to do if it lacks something.",
    discussion: """
      Exits with 69 if networks cannot be computed; curation, evaluation and audits need no libtorch.

      Example:
        cxr doctor
      """)

  @OptionGroup var output: OutputOptions

  /// One thing that was looked for.
  struct Check: Encodable {
    let name: String
    let isFound: Bool
    let detail: String
  }

  func run() async throws {
    let checks = await TensorActor.run { () -> [Check] in
      var checks = [
        Check(name: "cxr", isFound: true, detail: Version.current),
        Check(
          name: "processor", isFound: true,
          detail: NumberText.count(ProcessInfo.processInfo.activeProcessorCount, "core")),
      ]
      if let problem = Torch.problem {
        checks.append(Check(name: "libtorch", isFound: false, detail: problem.message))
        return checks
      }
      checks.append(
        Check(
          name: "libtorch", isFound: true,
          detail: "\(Torch.version ?? "") in \(Torch.folder ?? "an unknown folder"), "
            + NumberText.count(Torch.threadCount, "thread")))
      let count = Device.cudaCount
      checks.append(
        Check(
          name: "CUDA", isFound: count > 0,
          detail: Device.cudaProblem.map {
            "\($0); for NVIDIA devices set CXR_LIBTORCH to the folder of a libtorch for CUDA"
          } ?? NumberText.count(count, "device")))
      return checks
    }
    let all = checks + [openMPI, gnuplot]
    try output.write(all) { _ in
      all.map { "\($0.isFound ? "found  " : "missing") \($0.name): \($0.detail)\n" }.joined()
    }
    if checks.contains(where: { $0.name == "libtorch" && !$0.isFound }) {
      throw ExitStatus.unavailable.exitCode
    }
  }

  /// Whether several ranks can train together.
  private var openMPI: Check {
    let problem = RankGroup.problem
    return Check(
      name: "OpenMPI", isFound: problem == nil,
      detail: problem?.message ?? "cxr train may be started by mpirun or srun --mpi=pmix")
  }

  /// Whether figures can be drawn.
  private var gnuplot: Check {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let path = folders.map { "\($0)/gnuplot" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    return Check(
      name: "gnuplot", isFound: path != nil,
      detail: path ?? "figures of reports need it; install gnuplot-nox")
  }
}
