// SPDX-License-Identifier: Apache-2.0
internal import CXRCore

extension NIHPhantom {
  /// A file of the simulated dataset; the raw value is its name.
  public enum File: String, CaseIterable, Sendable {
    /// The metadata of the 2017 release: CRLF, a trailing comma in the header, ages like `058Y`.
    case dataEntry2017 = "Data_Entry_2017.csv"
    /// The metadata of the 2020 release: LF, whole ages, corrected labels.
    case dataEntry2020 = "Data_Entry_2017_v2020.csv"
    /// Boxes around some of the findings.
    case boxes = "BBox_List_2017.csv"
    /// The official training and validation images, one name a line.
    case trainValidationList = "train_val_list.txt"
    /// The official test images, one name a line.
    case testList = "test_list.txt"
    /// The predictions of ``SimulatedModel/a``.
    case predictionsA = "predictions-a.csv"
    /// The predictions of ``SimulatedModel/b``.
    case predictionsB = "predictions-b.csv"
  }

  /// Returns the whole text of a file.
  ///
  /// - Parameter file: The file.
  /// - Returns: The text with the file's own line ends, the last line ended too.
  /// - Complexity: O(*n*) for *n* radiographs.
  public func text(of file: File) -> String {
    switch file {
    case .dataEntry2017: dataEntry2017()
    case .dataEntry2020: dataEntry2020()
    case .boxes: boxes()
    case .trainValidationList: list(isTest: false)
    case .testList: list(isTest: true)
    case .predictionsA: predictions(of: .a)
    case .predictionsB: predictions(of: .b)
    }
  }

  /// The header of the 2020 release; the brackets hold commas that no quotes protect.
  private static let header =
    "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,"
    + "View Position,OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]"

  private func dataEntry2017() -> String {
    text(header: Self.header + ",", lineEnd: "\r\n", rows: radiographs) { row in
      [
        row.name, Self.joined(row.labels2017), row.fileNumber.padded(to: 3),
        row.patient.number.padded(to: 8), row.age2017, row.patient.sex.rawValue,
        row.view.rawValue, String(row.detector.width), String(row.detector.height),
        row.detector.spacing2017, row.detector.spacing2017,
      ]
    }
  }

  private func dataEntry2020() -> String {
    let rows = radiographs.sorted {
      ($0.patient.number, $0.followUp2020) < ($1.patient.number, $1.followUp2020)
    }
    return text(header: Self.header, lineEnd: "\n", rows: rows) { row in
      [
        row.name, Self.joined(row.labels2020), String(row.followUp2020),
        String(row.patient.number), String(row.ageYears), row.patient.sex.rawValue,
        row.view.rawValue, String(row.detector.width), String(row.detector.height),
        row.detector.spacing2020, row.detector.spacing2020,
      ]
    }
  }

  private func boxes() -> String {
    text(
      header: "Image Index,Finding Label,Bbox [x,y,w,h],,,", lineEnd: "\n", rows: boxRows(),
      cells: \.self)
  }

  /// The cells of the rows of the box file.
  func boxRows() -> [[String]] {
    let plan = FilmPlan(dataset: .nih, side: 1_024, seed: seed)
    return radiographs.flatMap { row in
      let stream = RandomStream(seed: seed, purpose: "phantom.box", index: row.index)
      return row.labels2020.compactMap { label -> [String]? in
        // Every label draws from five words of its own.
        let first = 5 * label.position
        guard let name = label.boxName, stream.unit(at: first) < 0.02 else { return nil }
        let finding = label == .infiltration ? Finding.lungOpacity : label.finding
        let film = plan.radiograph(of: self.film(of: row))
        var draws = PhantomDraws(seed: seed, purpose: "phantom.box." + name, index: row.index)
        guard let finding, let drawn = film.box(of: finding, shape: (1_024, 1_024)) else {
          return nil
        }
        let box = drawn.redrawn(&draws)
        let (x, y) = (box.x.lowerBound, box.y.lowerBound)
        return [row.name, name]
          + [x, y, box.x.upperBound - x, box.y.upperBound - y].map { (1_024 * $0).sixDecimals }
      }
    }
  }

  private func list(isTest: Bool) -> String {
    radiographs.filter { $0.patient.isTest == isTest }.map { $0.name + "\n" }.joined()
  }

  private func predictions(of model: SimulatedModel) -> String {
    let columns = NIHLabel.allCases.map { "prob_" + $0.rawValue }
    let header = (["Image Index"] + columns).joined(separator: ",")
    return text(header: header, lineEnd: "\n", rows: radiographs) { row in
      [row.name] + model.probabilities(for: row, seed: seed).map(\.sixDecimals)
    }
  }

  private static func joined(_ labels: [NIHLabel]) -> String {
    labels.map(\.rawValue).joined(separator: "|")
  }

  private func text<Row>(
    header: String, lineEnd: String, rows: [Row], cells: (Row) -> [String]
  ) -> String {
    rows.reduce(into: header + lineEnd) { text, row in
      text += cells(row).joined(separator: ",") + lineEnd
    }
  }
}
