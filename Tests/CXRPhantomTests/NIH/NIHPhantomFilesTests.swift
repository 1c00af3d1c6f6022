// SPDX-License-Identifier: Apache-2.0
import CXRPhantom
import Testing

@Suite("Files of the NIH phantom")
struct NIHPhantomFilesTests {
  static let columns =
    "Image Index,Finding Labels,Follow-up #,Patient ID,Patient Age,Patient Gender,View Position,"
    + "OriginalImage[Width,Height],OriginalImagePixelSpacing[x,y]"

  @Test("The 2017 release has CRLF, a trailing comma in the header and eleven cells a row")
  func layout2017() throws {
    let text = phantom.text(of: .dataEntry2017)
    #expect(text.hasPrefix(Self.columns + ",\r\n"))
    #expect(text.utf8.count(where: { $0 == 10 }) == text.utf8.count(where: { $0 == 13 }))
    #expect(phantom.rows(of: .dataEntry2017).allSatisfy { $0.count == 11 })
  }

  @Test("The 2020 release has LF, no trailing comma and whole ages up to 95")
  func layout2020() {
    let text = phantom.text(of: .dataEntry2020)
    #expect(text.hasPrefix(Self.columns + "\n"))
    #expect(!text.utf8.contains(13))
    let rows = phantom.rows(of: .dataEntry2020)
    #expect(rows.allSatisfy { $0.count == 11 && (0...95).contains(Int($0[4]) ?? -1) })
  }

  @Test("The 2017 release pads identifiers and writes ages with a unit")
  func quirks2017() throws {
    let rows = phantom.rows(of: .dataEntry2017)
    for row in rows {
      try #require(row[0].wholeMatch(of: /\d{8}_\d{3}\.png/) != nil)
      try #require(row[3] == String(row[0].prefix(8)))
      try #require(row[2] == String(row[0].dropFirst(9).prefix(3)))
      try #require(row[4].wholeMatch(of: /\d{3}[YMD]/) != nil)
    }
    #expect(rows.contains { $0[4].hasSuffix("M") })
    #expect(rows.contains { ["150Y", "412Y"].contains($0[4]) })
    #expect(rows.map(\.[0]) == rows.map(\.[0]).sorted())
  }

  @Test("The releases describe the same images and differ in ages, labels and order as published")
  func releasesDiffer() {
    let older = phantom.rows(of: .dataEntry2017)
    let newer = phantom.rows(of: .dataEntry2020)
    let byName = Dictionary(uniqueKeysWithValues: newer.map { ($0[0], $0) })
    #expect(Set(older.map(\.[0])) == Set(byName.keys))
    #expect(older.map(\.[0]) != newer.map(\.[0]))
    let isRelabelled = { (row: [String]) in byName[row[0]]?[1] != row[1] }
    #expect((0.0003...0.01).contains(older.share(where: isRelabelled)))
    let hasOlderAge = { (row: [String]) in
      byName[row[0]].flatMap { Int($0[4]) } != Int(row[4].dropLast())
    }
    #expect((0.15...0.35).contains(older.share(where: hasOlderAge)))
    #expect(newer.contains { Int($0[2]) != Int($0[0].dropFirst(9).prefix(3)) })
  }

  @Test("`No Finding` is never combined, and labels are in alphabetical order")
  func labelsAreOrdered() {
    for file in [NIHPhantom.File.dataEntry2017, .dataEntry2020] {
      for row in phantom.rows(of: file) {
        let labels = row[1].split(separator: "|")
        #expect(labels == labels.sorted() && Set(labels).count == labels.count)
        #expect(labels == ["No Finding"] || !labels.contains("No Finding"))
      }
    }
  }

  @Test("Boxes lie inside the image, belong to labelled images and call infiltration Infiltrate")
  func boxesAreInside() throws {
    #expect(phantom.lines(of: .boxes).first == "Image Index,Finding Label,Bbox [x,y,w,h],,,")
    let rows = phantom.rows(of: .boxes)
    let labels = Dictionary(
      uniqueKeysWithValues: phantom.rows(of: .dataEntry2020).map { ($0[0], $0[1]) })
    for row in rows {
      let box = row.dropFirst(2).compactMap(Double.init)
      try #require(row.count == 6 && box.count == 4)
      #expect(box[0] + box[2] <= 1_024 && box[1] + box[3] <= 1_024 && box.allSatisfy { $0 >= 0 })
      let label = row[1] == "Infiltrate" ? "Infiltration" : row[1]
      #expect(try #require(labels[row[0]]).split(separator: "|").contains { $0 == label })
    }
    #expect(rows.contains { $0[1] == "Infiltrate" } && !rows.contains { $0[1] == "Infiltration" })
  }

  @Test(
    "Predictions score every image for the fifteen labels with six decimals in (0, 1)",
    arguments: [NIHPhantom.File.predictionsA, .predictionsB])
  func predictionsAreProbabilities(_ file: NIHPhantom.File) throws {
    let header =
      "Image Index,prob_Atelectasis,prob_Cardiomegaly,prob_Consolidation,prob_Edema,prob_Effusion,"
      + "prob_Emphysema,prob_Fibrosis,prob_Hernia,prob_Infiltration,prob_Mass,prob_No Finding,"
      + "prob_Nodule,prob_Pleural_Thickening,prob_Pneumonia,prob_Pneumothorax"
    #expect(phantom.lines(of: file).first == header)
    let rows = phantom.rows(of: file)
    #expect(rows.map(\.[0]) == phantom.rows(of: .dataEntry2017).map(\.[0]))
    for row in rows {
      let scores = row.dropFirst().compactMap(Double.init)
      try #require(scores.count == 15 && scores.allSatisfy { (0...1).contains($0) })
    }
  }
}
