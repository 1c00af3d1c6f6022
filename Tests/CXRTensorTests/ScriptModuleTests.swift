// SPDX-License-Identifier: Apache-2.0
import CXRTensor
import CXRTestSupport
import Foundation
import Testing

/// The files are made by `Scripts/golden/make_script_modules.py`.
@Suite("ScriptModule", .enabled(if: Torch.isAvailable, "this build has no libtorch"))
struct ScriptModuleTests {
  private func golden(_ name: String) -> String {
    URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Golden/\(name)").path
  }

  @Test("Runs a program that PyTorch saved, in evaluation mode")
  func runs() throws {
    let model = try ScriptModule(path: golden("age.pt"))
    let pictures = try Tensor.joined(
      [Tensor.full(0.5, shape: [1, 3, 4, 4]), Tensor.full(-1, shape: [1, 3, 4, 4])], along: 0)
    let years = try model(pictures)
    #expect(years.shape == [2, 1])
    #expect(try years.values(as: Float.self) == [50, 20])
  }

  @Test("Refuses arguments that do not fit, with the shapes given")
  func refusesArguments() throws {
    let model = try ScriptModule(path: golden("age.pt"))
    let input = try Tensor.zeros([2, 3])
    let error = #expect(throws: TensorError.self) { try model(input) }
    #expect(error?.code == .refused)
    #expect(error?.message.contains("age.pt(float32[2, 3])") == true)
    #expect(throws: TensorError.self) { try model(input, input) }
  }

  @Test("Refuses a program that gives more than one tensor")
  func refusesPairs() throws {
    let model = try ScriptModule(path: golden("pair.pt"))
    let error = #expect(throws: TensorError.self) { try model(Tensor.zeros([1])) }
    #expect(error?.code == .refused)
    #expect(error?.message.contains("Tuple, not a tensor") == true)
  }

  @Test("Names a file that is missing, empty, cut short or of another kind")
  func refusesFiles() throws {
    let folder = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(filePath: golden("age.pt")))
    try folder.write(Data(), to: "empty.pt")
    try folder.write(whole.prefix(whole.count / 2), to: "half.pt")
    try folder.write("years = 40", to: "text.pt")
    try SafetensorsFile.write(
      [StoredTensor(name: "x", scalarType: .uint8, shape: [1], bytes: [0])],
      to: folder.path("weights.pt"))
    var damaged = whole
    let program = try #require(damaged.range(of: Data("brightness".utf8)))
    damaged.replaceSubrange(program, with: Data("!!!!!!!!!!".utf8))
    try folder.write(damaged, to: "damaged.pt")
    for name in ["absent.pt", "empty.pt", "half.pt", "text.pt", "weights.pt", "damaged.pt"] {
      let path = folder.path(name)
      let error = #expect(throws: TensorError.self, "\(name)") { try ScriptModule(path: path) }
      #expect(error?.code == .unreadable, "\(name)")
      #expect(error?.message.contains(path) == true, "\(name)")
      #expect(error?.message.contains("\n") == false, "\(error?.message ?? "")")
    }
  }
}
