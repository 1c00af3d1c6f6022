// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRClassifier
import CXRCohort
import CXRCompletion
import CXRDiffusion
import CXREvaluation
import CXRFairness
import CXRFiles
import CXRGeneration
import CXRImage
import CXRIngest
import CXRReport
import CXRStatistics
import CXRStudy
import CXRTensor
import CXRText
import Foundation
import CXRTraining

/// The documented exit statuses, after `sysexits.h` where it has one.
enum ExitStatus: Int32 {
  case failure = 1
  case usage = 64
  case badData = 65
  case missingInput = 66
  case unavailable = 69
  case interrupted = 130

  /// The status as the process returns it.
  var code: Int32 { rawValue }

  /// The status as a command throws it.
  var exitCode: ExitCode { ExitCode(rawValue) }

  /// The status of an error of any module, or `nil` for an error of none of them.
  init?(of error: any Error) {
    switch error {
    case is CancellationError, is Interruption: self = .interrupted
    case let error as FileError: self = Self.status(error.code)
    case let error as CatalogError: self = Self.status(error.code)
    case let error as ImageError: self = Self.status(error.code)
    case let error as IngestError: self = Self.status(error.code)
    case let error as ReportError: self = Self.status(error.code)
    case let error as TextError: self = Self.status(error.code)
    case let error as CompletionError: self = Self.status(error.code)
    case let error as PromptError: self = error.code == .invalidPlan ? .usage : .badData
    case let error as SplitError: self = error.code == .invalidOption ? .usage : .badData
    case is StatisticsError, is EvaluationError, is DescriptorError, is CohortError:
      self = .badData
    case let error as TensorError: self = Self.status(error.code)
    case let error as TrainingDataError: self = error.code == .unknownWord ? .usage : .badData
    case let error as FairnessError: self = error.code == .unknownAttribute ? .usage : .badData
    case let error as SamplerError: self = Self.status(error.code)
    case let error as GenerationError: self = error.code == .invalidSetting ? .usage : .badData
    case let error as StudyError: self = Self.status(error)
    default: return nil
    }
  }

  /// The message of an error on one line, without its kind.
  static func message(for error: any Error) -> String {
    switch error {
    case is CancellationError: "interrupted; nothing was changed."
    case let error as Interruption: "interrupted; \(error.message)"
    case let error as FileError: error.message
    case let error as CatalogError: error.message
    case let error as ImageError: error.message
    case let error as IngestError: error.message
    case let error as DescriptorError: error.description
    case let error as CohortError: error.message
    case let error as ReportError: error.message
    case let error as SplitError: error.message
    case let error as TextError: error.message
    case let error as CompletionError: error.message
    case let error as PromptError: error.message
    case let error as StatisticsError: error.message
    case let error as EvaluationError: error.message
    case let error as TensorError: error.message
    case let error as TrainingDataError: error.message
    case let error as FairnessError: error.message
    case let error as SamplerError: error.description
    case let error as GenerationError: error.message
    case let error as StudyError: error.message
    default: String(describing: error)
    }
  }

  private static func status(_ code: FileError.Code) -> ExitStatus {
    switch code {
    case .missing, .unreadable: .missingInput
    case .truncated, .unfinished, .malformed: .badData
    case .unwritable: .failure
    }
  }

  /// The status of a stage that failed is that of the study.
  private static func status(_ error: StudyError) -> ExitStatus {
    switch error.code {
    case .invalidManifest: .badData
    case .unknownStage: .usage
    case .missingInput: .missingInput
    case .stageFailed: error.exitStatus.flatMap(ExitStatus.init(rawValue:)) ?? .failure
    case .busy: .failure
    case .unavailable: .unavailable
    }
  }

  private static func status(_ code: CatalogError.Code) -> ExitStatus {
    switch code {
    case .missing: .missingInput
    case .notACatalog, .newerVersion, .unknownName, .conflict, .invalidContent: .badData
    case .unwritable, .locked, .database: .failure
    }
  }

  private static func status(_ code: ImageError.Code) -> ExitStatus {
    switch code {
    case .missing, .unreadable: .missingInput
    case .unwritable: .failure
    default: .badData
    }
  }

  private static func status(_ code: IngestError.Code) -> ExitStatus {
    switch code {
    case .missingInput: .missingInput
    case .wrongFile, .badRecord, .duplicate, .unknownName, .warnings: .badData
    case .invalidOption: .usage
    }
  }

  private static func status(_ code: TensorError.Code) -> ExitStatus {
    switch code {
    case .unavailable: .unavailable
    case .unreadable, .mismatch, .nonFinite: .badData
    case .refused, .outOfMemory, .unwritable: .failure
    }
  }

  private static func status(_ code: SamplerError.Code) -> ExitStatus {
    switch code {
    case .unreadable: .missingInput
    case .malformed, .unsupported: .badData
    case .stepCount: .usage
    }
  }

  private static func status(_ code: TextError.Code) -> ExitStatus {
    switch code {
    case .missing: .missingInput
    case .malformed, .unsupported, .missingValue: .badData
    case .invalidTemplate: .usage
    }
  }

  private static func status(_ code: CompletionError.Code) -> ExitStatus {
    switch code {
    case .invalidURL, .missingKey: .usage
    case .unreachable, .overloaded: .unavailable
    case .refused, .malformedReply: .failure
    }
  }

  private static func status(_ code: ReportError.Code) -> ExitStatus {
    switch code {
    case .gnuplotMissing: .unavailable
    case .folderNotEmpty, .badIndex: .badData
    case .unwritable, .gnuplotFailed: .failure
    }
  }
}
