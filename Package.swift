// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0
import PackageDescription

/// The settings of every Swift target: Swift 6, memory safety spelled out, no warnings.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .treatWarning("DeprecatedDeclaration", as: .warning),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
]

/// Where Scripts/libtorch.sh puts, or finds, libtorch.
let libtorch = Context.packageDirectory + "/.libtorch"

let package = Package(
  name: "cxr",
  products: [
    .executable(name: "cxr", targets: ["cxr"]),
    // Loaded by cxr when it needs libtorch; empty without the trait Torch.
    .library(name: "CXRTorch", type: .dynamic, targets: ["CXRTorch"]),
    // Loaded by cxr when mpirun or srun has started it; empty without the trait MPI.
    .library(name: "CXRMPI", type: .dynamic, targets: ["CXRMPI"]),
  ],
  traits: [
    .trait(name: "Torch", description: "Train and generate with libtorch."),
    .trait(name: "MPI", description: "Train with several processes over OpenMPI."),
    .default(enabledTraits: []),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
    .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.0"),
    .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    // System libraries: a module map, a header, nothing else.
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive", providers: [.apt(["libarchive-dev"])]),
    .systemLibrary(name: "CCSV", providers: [.apt(["libcsv-dev"])]),
    .systemLibrary(
      name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
    .systemLibrary(
      name: "CTurboJPEG", pkgConfig: "libturbojpeg", providers: [.apt(["libturbojpeg0-dev"])]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas",
      providers: [.apt(["libopenblas-dev", "liblapacke-dev"])]),

    // What Swift's Glibc module does not show.
    .target(name: "CLinux"),

    // libpng behind an interface without jumps; needs Debian's libpng-dev.
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png16")]),

    // C++ libraries behind a C interface; needs Debian's libgdcm-dev,
    // libcharls-dev and libopenjp2-7-dev.
    .target(
      name: "CDICOM",
      linkerSettings: [
        .linkedLibrary("gdcmMSFF"), .linkedLibrary("gdcmDSED"), .linkedLibrary("gdcmDICT"),
        .linkedLibrary("gdcmCommon"), .linkedLibrary("gdcmjpeg8"), .linkedLibrary("gdcmjpeg12"),
        .linkedLibrary("gdcmjpeg16"), .linkedLibrary("charls"), .linkedLibrary("openjp2"),
      ]),

    // libtorch: the functions that are called, and a library of its own that calls libtorch.
    .target(name: "CTorch"),
    .target(
      name: "CXRTorch",
      cxxSettings: [
        .headerSearchPath("../CTorch/include"),
        .define("CXR_TORCH", to: "1", .when(traits: ["Torch"])),
        .unsafeFlags(
          [
            "-isystem", "\(libtorch)/include", "-isystem",
            "\(libtorch)/include/torch/csrc/api/include",
          ],
          .when(traits: ["Torch"])),
      ],
      linkerSettings: [
        .linkedLibrary("torch_cpu", .when(traits: ["Torch"])),
        .linkedLibrary("c10", .when(traits: ["Torch"])),
        .unsafeFlags(
          ["-L\(libtorch)/lib", "-Xlinker", "-rpath", "-Xlinker", "\(libtorch)/lib"],
          .when(traits: ["Torch"])),
      ]),

    // OpenMPI: in the same way, the functions that are called, and a library that calls them.
    .systemLibrary(name: "COpenMPI", pkgConfig: "ompi-c", providers: [.apt(["libopenmpi-dev"])]),
    .target(name: "CMPI"),
    .target(
      name: "CXRMPI", dependencies: [.target(name: "COpenMPI", condition: .when(traits: ["MPI"]))],
      cSettings: [
        .headerSearchPath("../CMPI/include"), .define("CXR_MPI", to: "1", .when(traits: ["MPI"])),
      ]),

    // Swift, bottom up.
    .target(name: "CXRCore", swiftSettings: strict),
    .target(
      name: "CXRFiles",
      dependencies: [
        "CXRCore", "CArchive", "CCSV", "CLinux", "CXLSXWriter", "CZlib",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),
    .target(
      name: "CXRYAML", dependencies: ["CXRCore", .product(name: "Yams", package: "Yams")],
      swiftSettings: strict),
    .target(
      name: "CXRImage",
      dependencies: ["CXRCore", "CXRFiles", "CDICOM", "CPNG", "CTurboJPEG"], swiftSettings: strict),
    .target(
      name: "CXRTensor", dependencies: ["CXRCore", "CXRFiles", "CLinux", "CMPI", "CTorch"],
      swiftSettings: strict),
    .target(
      name: "CXRTraining", dependencies: ["CXRCore", "CXRFiles", "CXRImage", "CXRTensor"],
      swiftSettings: strict),
    .target(name: "CXRText", dependencies: ["CXRCore"], swiftSettings: strict),
    .target(name: "CXRStatistics", dependencies: ["CXRCore", "COpenBLAS"], swiftSettings: strict),
    .target(
      name: "CXRFairness", dependencies: ["CXRCore", "CXRStatistics"], swiftSettings: strict),
    .target(
      name: "CXRCatalog",
      dependencies: [
        "CXRCore", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .target(
      name: "CXRIngest",
      dependencies: [
        "CXRCore", "CXRFiles", "CXRYAML", "CXRCatalog", "CXRImage", "CXRText",
        .product(name: "Yams", package: "Yams"),
      ],
      exclude: ["Datasets/examples"],
      resources: [.embedInCode("Datasets")],
      swiftSettings: strict),
    .target(
      name: "CXRCompletion",
      dependencies: [
        "CXRCore", "CXRFiles", .product(name: "AsyncHTTPClient", package: "async-http-client"),
        .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .target(
      name: "CXRPhantom", dependencies: ["CXRCore", "CXRFiles", "CXRImage"],
      swiftSettings: strict),
    .target(
      name: "CXRCohort",
      dependencies: [
        "CXRCore", "CXRFiles", "CXRYAML", "CXRStatistics", "CXRCatalog", "CXRText",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: strict),
    .target(
      name: "CXRGeneration",
      dependencies: ["CXRCore", "CXRFiles", "CXRCatalog", "CXRImage", "CXRStatistics"],
      swiftSettings: strict),
    .target(
      name: "CXRClassifier",
      dependencies: [
        "CXRCore", "CXRFiles", "CXRImage", "CXRStatistics", "CXRCatalog", "CXRCohort", "CXRTensor",
        "CXRTraining",
      ],
      swiftSettings: strict),
    .target(
      name: "CXRDiffusion",
      dependencies: ["CXRCore", "CXRFiles", "CXRImage", "CXRTensor", "CXRText", "CXRTraining"],
      swiftSettings: strict),
    .target(
      name: "CXREvaluation", dependencies: ["CXRCore", "CXRStatistics", "CXRFairness"],
      swiftSettings: strict),
    .target(
      name: "CXRReport",
      dependencies: [
        "CXRCore", "CXRFiles", "CXRCatalog", "CXRCohort", "CXREvaluation", "CXRGeneration",
        "CXRStatistics", .product(name: "Mustache", package: "swift-mustache"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      resources: [.embedInCode("Published")],
      swiftSettings: strict),
    .target(
      name: "CXRStudy",
      dependencies: [
        "CXRCore", "CXRFiles", "CXRYAML", "CXRCatalog", "CXRClassifier", "CXRCohort", "CXRIngest",
        "CXRReport",
        .product(name: "Yams", package: "Yams"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "cxr",
      dependencies: [
        "CXRCore", "CXRFiles", "CXRYAML", "CXRCatalog", "CXRCohort", "CXRIngest", "CXRPhantom",
        "CXRStudy",
        "CXREvaluation", "CXRReport", "CXRStatistics", "CXRFairness", "CXRText",
        "CXRCompletion", "CXRGeneration", "CXRImage", "CXRClassifier", "CXRDiffusion", "CXRTensor",
        "CXRTraining", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "CXRBench",
      dependencies: [
        "CXRClassifier", "CXRCore", "CXRDiffusion", "CXRFairness", "CXRFiles", "CXRImage",
        "CXRPhantom", "CXRStatistics", "CXRTensor", "CXRTraining",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/CXRBench", swiftSettings: strict),

    // Tests mirror sources.
    .executableTarget(
      name: "CXRFuzz",
      dependencies: [
        "CXRCore", "CXRImage", "CZlib",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Tests/CXRFuzz", swiftSettings: strict),
    .target(name: "CXRTestSupport", path: "Tests/CXRTestSupport", swiftSettings: strict),
    .target(
      name: "CXRTensorTestSupport", dependencies: ["CXRTensor", "CXRTestSupport"],
      path: "Tests/CXRTensorTestSupport", swiftSettings: strict),
    .testTarget(
      name: "CXRCoreTests", dependencies: ["CXRCore", "CXRTestSupport"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "CXRFilesTests", dependencies: ["CXRFiles", "CXRTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "CXRImageTests",
      dependencies: [
        "CZlib", "CXRImage", "CXRFiles", "CXRCore", "CXRTestSupport",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "CXRStatisticsTests", dependencies: ["CXRStatistics", "CXRCore", "CXRTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CXRFairnessTests",
      dependencies: ["CXRFairness", "CXRStatistics", "CXRCore", "CXRTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CXRCatalogTests",
      dependencies: [
        "CXRCatalog", "CXRCore", "CXRTestSupport", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CXRIngestTests",
      dependencies: [
        "CXRIngest", "CXRCohort", "CXRPhantom", "CXRCatalog", "CXRFiles", "CXRYAML", "CXRCore",
        "CXRTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CXRCohortTests",
      dependencies: [
        "CXRCohort", "CXRCatalog", "CXRFiles", "CXRIngest", "CXRText", "CXRCore", "CXRTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "CXRGenerationTests",
      dependencies: [
        "CXRGeneration", "CXRCohort", "CXRCatalog", "CXRImage", "CXRFiles", "CXRCore",
        "CXRStatistics", "CXRTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CXRTensorTests",
      dependencies: [
        "CXRTensor", "CXRFiles", "CXRCore", "CXRTestSupport", "CXRTensorTestSupport", "CXRTorch",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "CXRTextTests", dependencies: ["CXRText", "CXRCore", "CXRTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CXRCompletionTests",
      dependencies: [
        "CXRCompletion", "CXRTestSupport", .product(name: "NIOCore", package: "swift-nio"),
        .product(name: "NIOHTTP1", package: "swift-nio"),
        .product(name: "NIOPosix", package: "swift-nio"),
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CXRPhantomTests",
      dependencies: [
        "CXRPhantom", "CXRImage", "CXRFiles", "CXRStatistics", "CXRCore", "CXRTestSupport",
        "COpenBLAS",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CXRTrainingTests",
      dependencies: [
        "CXRTraining", "CXRTensor", "CXRFiles", "CXRCore", "CXRTestSupport",
        "CXRTensorTestSupport", "CXRTorch",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "CXRClassifierTests",
      dependencies: [
        "CXRClassifier", "CXRTraining", "CXRTensor", "CXRCatalog", "CXRImage", "CXRFiles",
        "CXRCore",
        "CXRTestSupport", "CXRTensorTestSupport", "CXRTorch",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "CXRDiffusionTests",
      dependencies: [
        "CXRDiffusion", "CXRTraining", "CXRTensor", "CXRText", "CXRImage", "CXRFiles", "CXRCore",
        "CXRTestSupport", "CXRTensorTestSupport", "CXRTorch",
      ],
      exclude: ["Golden"], swiftSettings: strict),
    .testTarget(
      name: "CXREvaluationTests",
      dependencies: ["CXREvaluation", "CXRStatistics", "CXRFairness", "CXRCore", "CXRTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "CXRReportTests",
      dependencies: [
        "CXRReport", "CXRCatalog", "CXRCohort", "CXREvaluation", "CXRFairness", "CXRFiles",
        "CXRGeneration", "CXRStatistics", "CXRCore", "CXRTestSupport",
      ],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "CXRStudyTests",
      dependencies: [
        "CXRStudy", "CXRCatalog", "CXRReport", "CXRFiles", "CXRCore", "CXRTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "cxrTests",
      dependencies: [
        "cxr", "CXRCore", "CXRCatalog", "CXRClassifier", "CXRDiffusion", "CXRGeneration",
        "CXRImage", "CXRTensor", "CXRTensorTestSupport", "CXRTestSupport", "CXRTorch", "CXRMPI",
      ],
      swiftSettings: strict),
  ],
  cxxLanguageStandard: .cxx20
)
