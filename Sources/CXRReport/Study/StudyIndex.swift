// SPDX-License-Identifier: Apache-2.0

/// What a study has made and where it lies in a catalog: the file `study.json` from which
/// `cxr study report` makes tables and figures.
///
///     let index = try StudyIndex(contentsOf: URL(filePath: "study.json"))
///     index.headlineArms.map(\.label)  // ["Real only", "Synthetic, then real"]
///
/// Everything in it is a name within the catalog, a choice of statistics, or the path of a file,
/// relative to the folder of `study.json`. Fields that may be absent may be left out of the file.
public struct StudyIndex: Codable, Hashable, Sendable {
  /// A study whose published numbers are shown beside one's own.
  public enum Publication: String, CaseIterable, Codable, Sendable {
    /// arXiv 2508.16783: four strategies on five test sets.
    case roentgenV2 = "roentgen-v2"
    /// The community article of 2026: seven mixes on one test set.
    case syntheticXRay = "synthetic-xray"
  }

  /// The version of the layout; this is 1.
  public var format: Int
  /// A short name, such as `roentgen-v2`.
  public var name: String
  /// The title of the report.
  public var title: String
  /// The published study to compare with, if any.
  public var publication: Publication?
  /// The labels that are evaluated, by name; means are over them.
  public var labels: [String]
  /// Every trained classifier, in reporting order.
  public var arms: [Arm]
  /// The name of the arm that all others are compared with.
  public var baseArm: String
  /// The test sets in reporting order.
  public var testSets: [TestSet]
  /// How intervals and tests are made.
  public var statistics: Statistics
  /// The names of the cohorts whose flow is drawn (Figure 10); empty for none.
  public var flows: [String]?
  /// The columns of the population tables (Supplementary Tables 2 and 3).
  public var populations: [Population]?
  /// The names of the generation runs whose yield is tabulated.
  public var generationRuns: [String]?
  /// The scores of the generator's checkpoints (Supplementary Table 1).
  public var checkpoints: Checkpoints?
  /// The paths of the `score.json` of generated images that `cxr diffusion score` writes.
  public var generationScores: [String]?
  /// Distances between real and generated images, such as the FID of a class.
  public var distances: [Distance]?

  /// Creates an index.
  ///
  /// - Parameters:
  ///   - name: A short name.
  ///   - title: The title of the report.
  ///   - publication: The published study to compare with, if any.
  ///   - labels: The labels that are evaluated, by name.
  ///   - arms: Every trained classifier, in reporting order.
  ///   - baseArm: The name of the arm that all others are compared with.
  ///   - testSets: The test sets in reporting order.
  ///   - statistics: How intervals and tests are made.
  public init(
    name: String, title: String, publication: Publication? = nil, labels: [String], arms: [Arm],
    baseArm: String, testSets: [TestSet], statistics: Statistics = Statistics()
  ) {
    format = 1
    self.name = name
    self.title = title
    self.publication = publication
    self.labels = labels
    self.arms = arms
    self.baseArm = baseArm
    self.testSets = testSets
    self.statistics = statistics
  }

  /// The arms of the main tables, one for each strategy and size; of several seeds the first.
  public var headlineArms: [Arm] {
    var seen: Set<[String]> = []
    return arms.filter { $0.isHeadline && seen.insert($0.replicateKey).inserted }
  }

  /// The arm that all others are compared with.
  ///
  /// - Precondition: ``validate()`` does not throw.
  public var base: Arm {
    guard let base = arms.first(where: { $0.name == baseArm }) else {
      preconditionFailure("the base is an arm")
    }
    return base
  }
}
