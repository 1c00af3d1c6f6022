// SPDX-License-Identifier: Apache-2.0

/// Counts as the edges of a network whose inner nodes take in as many radiographs as they give out.
///
/// What is hidden can be computed from what is shown exactly when its edge lies on no cycle of
/// hidden edges; so a small count is safe once it lies on one.
///
/// - SeeAlso: Gusfield, *SIAM Journal on Computing* 17 (1988).
struct CountNetwork {
  /// Where a table shows a count.
  enum Place: Hashable {
    case category(attribute: String, position: Int)
    case knownAges
  }

  private struct Edge {
    let start: Int
    let end: Int
    let count: Int
    /// `nil` for what no table shows, such as women of unknown race.
    let place: Place?
  }

  private var edges: [Edge] = []
  private var nodeCount = 0

  /// Creates a network of what a population shows: radiographs go from the source by race to sex,
  /// and from sex by age to the sink.
  ///
  /// Its total is known, so that the source and the sink are no inner nodes.
  ///
  /// - Parameter population: The population, nothing hidden.
  init(_ population: Population) {
    let (source, sink, knownAges) = (makeNode(), makeNode(), makeNode())
    let sexes = population.counts("sex")
    let raceSide = sexes.map { _ in makeNode() }
    let ageSide = sexes.map { _ in makeNode() }
    for (sex, count) in sexes.enumerated() {
      connect(raceSide[sex], ageSide[sex], count, .category(attribute: "sex", position: sex))
    }
    connect(knownAges, sink, population.age?.knownCount ?? 0, .knownAges)
    let ageCount = population.counts("age").count
    cross("race", with: raceSide, in: population) { _ in source }
    cross("age", with: ageSide, in: population) { $0 < ageCount - 1 ? knownAges : sink }
  }

  /// Which counts are hidden: the small ones, and of every cycle that covers one the cheapest.
  ///
  /// Counts of 0 are always shown. Where nothing covers a small count, all counts are hidden.
  ///
  /// - Parameter limit: Counts below it, but not 0, are small.
  /// - Returns: Where the hidden counts are.
  /// - Complexity: O(*n*³) for *n* counts.
  func hidden(below limit: Int) -> Set<Place> {
    var isHidden = edges.map { $0.count > 0 && ($0.place == nil || $0.count < limit) }
    for (index, edge) in edges.enumerated() where (1..<limit).contains(edge.count) {
      for cover in path(around: index, isHidden) ?? Array(edges.indices) {
        isHidden[cover] = edges[cover].count > 0
      }
    }
    return Set(zip(edges, isHidden).compactMap { $1 ? $0.place : nil })
  }

  /// The edges that close a cycle with an edge and hide the fewest radiographs anew.
  private func path(around covered: Int, _ isHidden: [Bool]) -> [Int]? {
    var costs = [Int?](repeating: nil, count: nodeCount)
    var steps = [(edge: Int, from: Int)?](repeating: nil, count: nodeCount)
    let (start, end) = (edges[covered].start, edges[covered].end)
    costs[start] = 0
    var hasChanged = true
    while hasChanged {
      hasChanged = false
      for (index, edge) in edges.enumerated() where index != covered && edge.count > 0 {
        for (from, to) in [(edge.start, edge.end), (edge.end, edge.start)] {
          guard let cost = costs[from].map({ $0 + (isHidden[index] ? 0 : edge.count) }),
            costs[to].map({ cost < $0 }) ?? true
          else { continue }
          costs[to] = cost
          steps[to] = (index, from)
          hasChanged = true
        }
      }
    }
    guard costs[end] != nil else { return nil }
    var path: [Int] = []
    var node = end
    while node != start, let step = steps[node] {
      path.append(step.edge)
      node = step.from
    }
    return path
  }

  private mutating func makeNode() -> Int {
    nodeCount += 1
    return nodeCount - 1
  }

  private mutating func connect(_ start: Int, _ end: Int, _ count: Int, _ place: Place?) {
    edges.append(Edge(start: start, end: end, count: count, place: place))
  }

  /// Adds an attribute and its intersections with the known sexes, which go by category; what is
  /// of unknown sex or in the last category, the unknown one, is shown nowhere.
  private mutating func cross(
    _ attribute: String, with sexNodes: [Int], in population: Population, hub: (Int) -> Int
  ) {
    let crossings = population.counts("sex*\(attribute)")
    let sexes = sexNodes.indices.dropLast()
    var restsOfSexes = population.counts("sex")
    for (category, count) in population.counts(attribute).enumerated() {
      let node = makeNode()
      connect(hub(category), node, count, .category(attribute: attribute, position: category))
      var rest = count
      for sex in sexes {
        let position = category * sexes.count + sex
        let isShown = crossings.indices.contains(position)
        let crossing = isShown ? crossings[position] : restsOfSexes[sex]
        connect(
          node, sexNodes[sex], crossing,
          isShown ? .category(attribute: "sex*\(attribute)", position: position) : nil)
        restsOfSexes[sex] -= crossing
        rest -= crossing
      }
      if let unknown = sexNodes.last { connect(node, unknown, rest, nil) }
    }
  }
}

extension Population {
  fileprivate func counts(_ attribute: String) -> [Int] {
    sections.first { $0.attribute == attribute }?.categories.map { $0.count ?? 0 } ?? []
  }
}
