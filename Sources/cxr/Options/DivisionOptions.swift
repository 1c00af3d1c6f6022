// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCohort
import CXRCore

/// How patients are divided.
struct DivisionOptions: ParsableArguments {
  /// The methods.
  enum Method: String, CaseIterable, ExpressibleByArgument {
    case trainTestSplit = "train-test-split"
    case groupShuffle = "group-shuffle"
    case pandasSample = "pandas-sample"
    case proportions
    case stratified
    case mimicFolder = "mimic-folder"
  }

  /// Whose choice of validation patients is taken over.
  enum Validation: String, CaseIterable, ExpressibleByArgument {
    case official
  }

  @Option(help: "How patients are divided.")
  var method: Method = .trainTestSplit

  @Option(
    name: .customLong("part"),
    help: "A part and its share, as PART=SHARE; repeatable, the shares adding up to 1.",
    transform: Assignment.reading("PART=SHARE, such as train=0.7"))
  var parts: [Assignment] = []

  @OptionGroup var stratification: StrataOptions

  @Option(help: "What stratified shares are of: images or patients; patients stay whole.")
  var balance: BalanceUnit = .images

  @Option(help: "The share of patients that are tested on (default: 0.2).")
  var testSize: Double?

  @Option(
    name: .customLong("val-size"),
    help: "The share of the training patients that are validated on.")
  var validationSize: Double?

  @Option(
    name: .customLong("split-index"),
    help: "Which of the splits that group-shuffle draws, from 0.")
  var splitIndex: Int?

  @Option(
    name: .customLong("test-folder"),
    help: "A folder of MIMIC that is tested on; repeatable (default: p19).")
  var testFolders: [String] = []

  @Option(help: "official: validate on the patients that MIMIC's own split does not train on.")
  var validation: Validation?

  mutating func validate() throws {
    for size in [testSize ?? 0.2, validationSize ?? 0.5] where !(size > 0 && size < 1) {
      throw ValidationError("--test-size and --val-size take shares between 0 and 1.")
    }
    guard (0..<1000).contains(splitIndex ?? 0) else {
      throw ValidationError("--split-index takes a number from 0 to 999.")
    }
    for part in parts {
      try SplitPart.requireUsable(part.name)
      guard Double(part.value) != nil else {
        throw ValidationError("--part takes PART=SHARE, such as train=0.7; found \(part.value).")
      }
    }
    for folder in testFolders where folder.wholeMatch(of: /p1\d/) == nil {
      throw ValidationError("--test-folder takes one of MIMIC's folders, p10 to p19.")
    }
    try requireMeaning()
  }

  /// Refuses options that the method does not use.
  private func requireMeaning() throws {
    let isFolder = method == .mimicFolder
    let isShared = method == .proportions || method == .stratified
    let uses = [
      ("--part", !parts.isEmpty, isShared),
      ("--stratify", stratification.strata != nil, method == .stratified),
      ("--test-size", testSize != nil, !isShared && !isFolder),
      ("--val-size", validationSize != nil, !isShared),
      ("--split-index", splitIndex != nil, method == .groupShuffle),
      ("--test-folder", !testFolders.isEmpty, isFolder),
      ("--validation", validation != nil, isFolder),
    ]
    for (option, isGiven, isUsed) in uses where isGiven && !isUsed {
      throw ValidationError("\(option) has no meaning for --method \(method.rawValue).")
    }
    guard validation == nil || validationSize == nil else {
      throw ValidationError("Give either --validation or --val-size.")
    }
    guard !isShared || !parts.isEmpty else {
      throw ValidationError("--method \(method.rawValue) needs --part PART=SHARE.")
    }
  }

  /// The labels that parts share out.
  var strata: Strata { stratification.strata ?? .all }

  /// The method with its numbers.
  var divisionMethod: DivisionMethod {
    let shares = parts.map { PartShare($0.name, Double($0.value) ?? .nan) }
    switch method {
    case .proportions: return .proportions(shares)
    case .stratified: return .stratified(shares, by: strata, balancing: balance)
    case .mimicFolder:
      return .mimicFolder(
        test: testFolders.isEmpty ? ["p19"] : Set(testFolders),
        validation: validation != nil ? .official : validationSize.map { .share($0) } ?? .none)
    case .trainTestSplit, .groupShuffle, .pandasSample:
      return .published(
        splitMethod(testSize ?? 0.2), validation: validationSize.map(splitMethod))
    }
  }

  private func splitMethod(_ size: Double) -> SplitMethod {
    switch method {
    case .groupShuffle: .groupShuffleSplit(testSize: size, index: splitIndex ?? 0)
    case .pandasSample: .pandasSample(fraction: 1 - size)
    default: .trainTestSplit(testSize: size)
    }
  }
}
