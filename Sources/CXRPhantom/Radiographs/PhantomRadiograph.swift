// SPDX-License-Identifier: Apache-2.0
public import CXRCore
public import CXRImage

/// A simulated chest radiograph whose picture follows its record.
///
///     var record = PhantomRadiograph.Record(ageYears: 61, sex: .female, view: .pa)
///     record.grades[.pleuralEffusion] = 0.7
///     let film = PhantomRadiograph(record, style: PhantomSiteStyle(of: .nih), seed: 7, patient: 3)
///     film.image(width: 512, height: 512).maximum  // 255
///
/// Shapes with soft edges stand for lungs, heart, bones and soft tissue; each finding changes them
/// by its grade. The word PHANTOM is stamped into a corner. It is a test object: it shows what a
/// program should find, not what a disease looks like, and nothing in it comes from a patient.
///
/// Everything is a pure function of record, style, seed and the two numbers: a patient keeps the
/// anatomy from film to film, a finding leaves everything else on the film as it was, and size and
/// bit depth change the sampling only.
public struct PhantomRadiograph: Sendable {
  /// What a film shows.
  public struct Record: Hashable, Sendable {
    /// The age in years, 0 to 120; `nil` for that of an average adult.
    public var ageYears: Double?
    /// The sex; `nil` for something in between.
    public var sex: Sex?
    /// The race group, which adds a faint texture without anatomical meaning; `nil` for none.
    public var race: Race?
    /// The view; `.other` and `.unknown` are drawn as frontal films.
    public var view: View
    /// How strong each finding is, above 0 to 1; a finding that is not listed is absent.
    public var grades: [Finding: Double]

    /// Describes a film.
    ///
    /// - Parameters:
    ///   - ageYears: The age in years.
    ///   - sex: The sex.
    ///   - race: The race group.
    ///   - view: The view.
    ///   - grades: How strong each finding is.
    public init(
      ageYears: Double? = nil, sex: Sex? = nil, race: Race? = nil, view: View = .pa,
      grades: [Finding: Double] = [:]
    ) {
      self.ageYears = ageYears
      self.sex = sex
      self.race = race
      self.view = view
      self.grades = grades
    }

    /// The grade of a finding within 0 to 1; 0 when it is absent.
    func grade(_ finding: Finding) -> Float { Float(min(max(grades[finding] ?? 0, 0), 1)) }
  }

  /// What the film shows.
  public let record: Record
  /// How the hospital's films look.
  public let style: PhantomSiteStyle
  /// The seed of every draw.
  public let seed: UInt64
  /// The number of the patient, which the anatomy depends on.
  public let patient: Int
  /// The number of the film, which position, exposure, noise and the places of findings depend on.
  public let film: Int

  /// Describes a film; nothing is drawn yet.
  ///
  /// - Parameters:
  ///   - record: What the film shows.
  ///   - style: How the hospital's films look.
  ///   - seed: The seed of every draw.
  ///   - patient: The number of the patient.
  ///   - film: The number of the film, the same for copies of one film only.
  public init(
    _ record: Record, style: PhantomSiteStyle, seed: UInt64, patient: Int, film: Int = 0
  ) {
    self.record = record
    self.style = style
    self.seed = seed
    self.patient = patient
    self.film = film
  }

  /// Draws the film.
  ///
  /// - Parameters:
  ///   - width: The width in pixels, 64 to 8192.
  ///   - height: The height in pixels, 64 to 8192.
  ///   - bitDepth: The number of significant bits, 8 to 16.
  /// - Returns: The picture; white is dense.
  /// - Precondition: Sizes and bit depth are within their ranges.
  /// - Complexity: O(*width* · *height*).
  public func image(width: Int, height: Int, bitDepth: Int = 8) -> GrayImage {
    precondition((64...8_192).contains(width) && (64...8_192).contains(height))
    precondition((8...16).contains(bitDepth))
    var density = density(width: width, height: height)
    FilmDevelopment(of: self, frame: density.frame).develop(&density)
    return density.quantized(bitDepth: bitDepth)
  }

  /// What the rays went through, before the film is developed.
  func density(width: Int, height: Int) -> FilmPlane {
    var pose = draws("pose")
    let frame = FilmFrame(
      width: width, height: height,
      center: FilmPoint(0.012 * pose.deviate(), 0.5 + 0.012 * pose.deviate()),
      zoom: 1 + 0.03 * pose.deviate())
    return record.view == .lateral ? lateral(frame) : frontal(frame, pose: &pose)
  }

  /// The draws of a named purpose for this film, or for its patient.
  func draws(_ purpose: String, ofPatient: Bool = false) -> PhantomDraws {
    PhantomDraws(
      seed: seed, purpose: "phantom.film." + purpose,
      index: ofPatient ? patient : patient &* 10_000 &+ film)
  }

  private func frontal(_ frame: FilmFrame, pose: inout PhantomDraws) -> FilmPlane {
    var person = draws("anatomy", ofPatient: true)
    var anatomy = FrontalAnatomy(of: record, draws: &person, pose: &pose)
    anatomy.change(for: self)
    var film = FrontalFilm(anatomy, frame: frame)
    film.fillBody()
    film.drawRibs(of: self)
    var vessels = draws("vessels", ofPatient: true)
    film.drawVessels(&vessels)
    film.addLungFindings(of: self)
    film.fillSkeleton()
    film.addVessels(&vessels)
    film.addRibs()
    var soft = draws("soft")
    film.fillSoftTissue(&soft)
    if record.grade(.supportDevices) > 0 {
      var devices = findingDraws(.supportDevices)
      film.addDevices(record.grade(.supportDevices), &devices)
    }
    return film.density
  }

  private func lateral(_ frame: FilmFrame) -> FilmPlane {
    var person = draws("lateral", ofPatient: true)
    var film = LateralFilm(LateralAnatomy(of: record, draws: &person), frame: frame)
    var vessels = draws("vessels", ofPatient: true)
    film.fillOrgans(&vessels)
    film.addFindings(of: self)
    return film.density
  }
}

extension PhantomDraws {
  /// A standard normal deviate, kept within two and a half.
  mutating func deviate() -> Float { Float(min(max(normal(), -2.5), 2.5)) }
}
