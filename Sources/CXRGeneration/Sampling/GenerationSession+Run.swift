// SPDX-License-Identifier: Apache-2.0
internal import CXRCatalog
internal import CXRFiles
internal import CXRImage
internal import Foundation

extension GenerationSession {
  /// Makes images until none is left to take.
  ///
  /// Each batch is logged before the next one begins. What stops a process – an error, a cancelled
  /// task – costs the images of one batch, which are made again to the same bytes; what was claimed
  /// is given back. A process that dies leaves its claims behind: another one on the same machine
  /// takes them over at once, one elsewhere when they have run out.
  ///
  /// - Parameters:
  ///   - work: How the process does its part.
  ///   - progress: Called after each batch.
  /// - Returns: How far the process came; ``GenerationProgress/openCount`` tells what is left to
  ///   others.
  /// - Throws: `CatalogError` with code `.unknownName` if the run was not begun, `.conflict` if an
  ///   image came out otherwise than another process logged it, or the run was replaced meanwhile; ``GenerationError`` with code
  ///   `.unusableModel`; `FileError` with code `.unwritable` for a full disk; `CancellationError`;
  ///   what generator and judges throw.
  @discardableResult
  public func run(
    _ work: GenerationWork, progress: (GenerationProgress) -> Void = { _ in }
  ) throws -> GenerationProgress {
    try work.validate()
    do {
      return try makeAll(work, progress: progress)
    } catch {
      try? catalog.releaseGenerationItems(of: name, owner: work.owner)
      throw error
    }
  }

  private func makeAll(
    _ work: GenerationWork, progress: (GenerationProgress) -> Void
  ) throws -> GenerationProgress {
    var state = GenerationProgress()
    var batch: [Candidate] = []
    while true {
      try Task.checkCancellation()
      let room = min(work.batchSize, (work.limit ?? .max) - state.finishedCount) - batch.count
      if room > 0 {
        batch += try catalog.claimGenerationItems(
          of: name, claim: claim(of: work), limit: room,
          isGone: ProcessIdentity.isGone
        ).map(Candidate.init)
      }
      guard !batch.isEmpty else { break }
      let attempts = try make(batch, work: work)
      state.attemptCount += attempts.count
      var open: [Candidate] = []
      for (candidate, attempt) in zip(batch, attempts) {
        if attempt.outcome != .accepted, candidate.attempt <= record.settings.regenerations {
          open.append(Candidate(item: candidate.item, attempt: candidate.attempt + 1))
          continue
        }
        state.finishedCount += 1
        if attempt.outcome == .accepted { state.acceptedCount += 1 }
      }
      batch = open
      state.openCount = try catalog.openGenerationItemCount(of: name, claim: claim(of: work))
      progress(state)
    }
    state.openCount = try catalog.openGenerationItemCount(of: name, claim: claim(of: work))
    return state
  }

  private func claim(of work: GenerationWork) -> GenerationClaim {
    GenerationClaim(
      owner: work.owner, shard: work.shard, shardCount: work.shardCount,
      now: Int(work.now().timeIntervalSince1970), lease: work.leaseSeconds, run: content)
  }

  /// Makes one image for each of a batch, checks it, keeps it and logs it.
  private func make(_ batch: [Candidate], work: GenerationWork) throws -> [GenerationAttempt] {
    let seeds = batch.map {
      $0.item.seed(ofAttempt: $0.attempt, runSeed: record.settings.seed)
    }
    var renewal = work.now()
    let images = try generator.images(
      for: zip(batch, seeds).map { ImageRequest(prompt: $0.item.text, seed: $1) }
    ) {
      // A batch may take longer than claims last.
      guard work.now().timeIntervalSince(renewal) * 4 > Double(work.leaseSeconds) else { return }
      renewal = work.now()
      try catalog.renewGenerationClaims(of: name, claim: claim(of: work))
    }.map(\.checked)
    guard images.count == batch.count else {
      throw GenerationError(
        .unusableModel,
        "\(record.generator.name) gave \(images.count) images for \(batch.count) requests; check the "
          + "model.")
    }
    var pictures: [GrayImage] = []
    var pictured: [GenerationItem] = []
    for (candidate, image) in zip(batch, images) {
      if case .image(let picture) = image {
        guard picture.bitDepth <= 8 else {
          throw GenerationError(
            .unusableModel,
            "\(record.generator.name) gave an image of \(picture.bitDepth) bits; 8 are needed.")
        }
        pictures.append(picture)
        pictured.append(candidate.item)
      }
    }
    var verdicts = try control.verdicts(on: pictures, for: pictured)[...]
    // A run that was replaced meanwhile gets no file any more.
    try catalog.renewGenerationClaims(of: name, claim: claim(of: work))
    var attempts: [GenerationAttempt] = []
    // What could be kept is logged even when the disk is full from then on.
    let failure = Result {
      for (index, candidate) in batch.enumerated() {
        attempts.append(
          try attempt(
            at: candidate, seed: seeds[index], image: images[index], work: work,
            verdicts: { verdicts.removeFirst() }))
      }
    }
    try catalog.recordGenerationAttempts(attempts, of: name, claim: claim(of: work))
    try failure.get()
    return attempts
  }

  private func attempt(
    at candidate: Candidate, seed: UInt64, image: GeneratedImage, work: GenerationWork,
    verdicts: () -> [GenerationVerdict]
  ) throws -> GenerationAttempt {
    let item = candidate.item
    switch image {
    case .failure(let failure):
      return GenerationAttempt(
        prompt: item.prompt, copy: item.copy, attempt: candidate.attempt, seed: seed,
        outcome: .unusable, failure: failure.rawValue)
    case .image(let picture):
      let verdicts = verdicts()
      let passes = !verdicts.contains { $0.verdict == .failed }
      let path = passes || record.settings.rejectedImages == .keep ? candidate.path(passes) : nil
      let digest = try path.map {
        try write(picture, to: $0, texts: texts(of: candidate, seed: seed), work: work)
      }
      return GenerationAttempt(
        prompt: item.prompt, copy: item.copy, attempt: candidate.attempt, seed: seed,
        outcome: passes ? .accepted : .rejected, relativePath: path, fileSHA256: digest,
        widthPixels: picture.width, heightPixels: picture.height, verdicts: verdicts)
    }
  }

  /// Writes an image, and returns the SHA-256 of its file.
  private func write(
    _ image: GrayImage, to relativePath: String, texts: [PNGText], work: GenerationWork
  ) throws -> String {
    let bytes = try image.pngBytes(texts: texts)
    let path = "\(folder)/\(relativePath)"
    let digest = FileDigest.sha256(of: bytes)
    let parts = PartFiles(of: path)
    try parts.removeStale(olderThan: work.now().addingTimeInterval(-Double(work.leaseSeconds)))
    try makeFolder(parts.folder)
    if FileManager.default.fileExists(atPath: path) {
      // A process that died before it could log the image left the same bytes.
      guard try FileDigest(path: path).sha256 == digest else {
        throw GenerationError(
          .unusableModel,
          "\(path) is there with another content than this process made from the same seed; use one "
            + "machine type and one version for a run. If the file was changed, remove it.")
      }
    } else {
      try AtomicFile.write(bytes, to: path, by: PartFiles.tag(of: work.owner))
    }
    return digest
  }

  /// What the file of an image says of itself.
  private func texts(of candidate: Candidate, seed: UInt64) -> [PNGText] {
    [
      PNGText("Title", "Synthetic chest radiograph, not of a person"),
      PNGText("Description", candidate.item.text), PNGText("Software", "cxr"),
      PNGText("Source", record.generator.name), PNGText("cxr.model", record.generator.digest),
      PNGText("cxr.run", name), PNGText("cxr.promptSet", record.settings.promptSet),
      PNGText("cxr.prompt", String(candidate.item.prompt)),
      PNGText("cxr.copy", String(candidate.item.copy)),
      PNGText("cxr.attempt", String(candidate.attempt)),
      PNGText("cxr.runSeed", String(record.settings.seed)), PNGText("cxr.seed", String(seed)),
    ]
  }
}
