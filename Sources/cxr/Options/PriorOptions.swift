// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import CXRCatalog
import CXRDiffusion
import CXRImage
import CXRTraining

/// What a model is taught in the manner of DreamBooth: one prompt for all images, and images of their
/// class, so that the model keeps what it knows of it.
struct PriorOptions: ParsableArguments {
  @Option(help: "One prompt for all images to learn from, in place of their own.")
  var instancePrompt: String?

  @Option(help: "The prompt of all images of --class-store.")
  var classPrompt: String?

  @Option(
    name: .customLong("class-prompts"),
    help: "The prompt set that says what the images of --class-store show.")
  var classSet: String?

  @Option(help: "The image store with images of the class, such as the model makes itself.")
  var classStore: String?

  @Option(help: "What the loss of an image of the class counts for (default: 1).")
  var priorLossWeight: Double?

  mutating func validate() throws {
    let promptCount = [classPrompt, classSet].compactMap(\.self).count
    guard promptCount == (classStore == nil ? 0 : 1) else {
      throw ValidationError(
        "Images of a class need --class-store and either --class-prompt or --class-prompts.")
    }
    guard priorLossWeight == nil || classStore != nil else {
      throw ValidationError("--prior-loss-weight is of images of a class; give --class-store.")
    }
    if let priorLossWeight, !(priorLossWeight >= 0 && priorLossWeight.isFinite) {
      throw ValidationError("--prior-loss-weight takes a number from 0.")
    }
  }

  /// Gives images the one prompt, if there is such.
  func instances(_ images: PromptedImages) throws -> PromptedImages {
    guard let instancePrompt else { return images }
    return try PromptedImages(
      prompts: Array(repeating: instancePrompt, count: images.count),
      pixelIndices: images.pixelIndices, pixels: images.pixels)
  }

  /// The images of the class.
  ///
  /// - Parameters:
  ///   - catalog: The catalog.
  ///   - side: The side of the images to learn from.
  ///   - model: The folder of the model, for the command that makes images.
  /// - Returns: The images; `nil` if there are none.
  /// - Throws: `CatalogError` with code `.unknownName` for a store that says how to make one.
  func images(in catalog: Catalog, side: Int, model: String) throws -> PromptedImages? {
    guard let classStore else { return nil }
    let store = try place(of: classStore, in: catalog, side: side, model: model)
    guard store.side == side else {
      throw ValidationError(
        "The images of \(classStore) have \(store.side) pixels a side, and those to learn from "
          + "\(side); build a store of --side \(side).")
    }
    if let classSet { return try PromptedSelection(classSet, of: catalog, in: store).images }
    return try PromptedImages(
      prompts: Array(repeating: classPrompt ?? "", count: store.radiographs.count),
      pixelIndices: Array(store.radiographs.indices), pixels: store)
  }

  private func place(
    of name: String, in catalog: Catalog, side: Int, model: String
  ) throws -> ImageStore {
    do {
      return try ImageStore(folder: catalog.imageStore(name).folder)
    } catch let error as CatalogError where error.code == .unknownName {
      throw CatalogError(
        .unknownName,
        """
        \(error.message) The model's own images of a class come so:
          cxr diffusion sample --name class --model \(model) --prompts PROMPTS --out runs/class
          cxr diffusion enter class --as class-images
          cxr images build --dataset class-images --root runs/class --side \(side) --out \(name)
        """)
    }
  }
}
