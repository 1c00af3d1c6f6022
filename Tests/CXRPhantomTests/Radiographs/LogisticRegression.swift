// SPDX-License-Identifier: Apache-2.0
import COpenBLAS
import Foundation

/// Logistic regressions on the same pictures, one per label, by gradient descent with momentum.
///
/// It is the smallest model that can learn what a picture shows; it sees a grey level per pixel,
/// standardised over the training pictures, and nothing else.
struct LogisticRegression {
  private let means: [Float]
  private let scales: [Float]
  /// Shape `[labels, features + 1]`, the last one the bias.
  private let weights: [Float]
  private let labelCount: Int

  /// Fits the weights.
  ///
  /// - Parameters:
  ///   - pictures: The features, shape `[n][features]`.
  ///   - labels: The labels, shape `[n][labels]`.
  ///   - decay: The weight of the penalty on squared weights.
  ///   - steps: The number of steps.
  init(pictures: [[Float]], labels: [[Bool]], decay: Float = 0.02, steps: Int = 150) {
    let (count, features) = (pictures.count, pictures[0].count)
    var means = [Float](repeating: 0, count: features)
    for picture in pictures {
      for index in 0..<features { means[index] += picture[index] / Float(count) }
    }
    var scales = [Float](repeating: 0, count: features)
    for picture in pictures {
      for index in 0..<features {
        let offset = picture[index] - means[index]
        scales[index] += offset * offset / Float(count)
      }
    }
    // A pixel that never changes, as of the stamp, says nothing.
    scales = scales.map { $0 > 1e-6 ? 1 / $0.squareRoot() : 0 }
    (self.means, self.scales, labelCount) = (means, scales, labels[0].count)
    let inputs = pictures.flatMap { Self.input($0, means, scales) }
    var weights = [Float](repeating: 0, count: labelCount * (features + 1))
    var speed = weights
    // The largest step that stays stable shrinks with the number of features.
    let step = 4 / Float(features)
    for _ in 0..<steps {
      var errors = Self.product(inputs, weights, rows: count, columns: labelCount)
      for row in 0..<count {
        for label in 0..<labelCount {
          let index = row * labelCount + label
          errors[index] = 1 / (1 + exp(-errors[index])) - (labels[row][label] ? 1 : 0)
        }
      }
      var gradient = weights
      unsafe cblas_sgemm(
        CblasRowMajor, CblasTrans, CblasNoTrans, blasint(labelCount), blasint(features + 1),
        blasint(count), 1 / Float(count), errors, blasint(labelCount), inputs,
        blasint(features + 1), decay, &gradient, blasint(features + 1))
      for index in weights.indices {
        speed[index] = 0.9 * speed[index] - step * gradient[index]
        weights[index] += speed[index]
      }
    }
    self.weights = weights
  }

  /// The scores of pictures, shape `[labels][n]`.
  func scores(_ pictures: [[Float]]) -> [[Double]] {
    let inputs = pictures.flatMap { Self.input($0, means, scales) }
    let scores = Self.product(inputs, weights, rows: pictures.count, columns: labelCount)
    return (0..<labelCount).map { label in
      pictures.indices.map { Double(scores[$0 * labelCount + label]) }
    }
  }

  private static func input(_ picture: [Float], _ means: [Float], _ scales: [Float]) -> [Float] {
    var input = picture
    for index in input.indices { input[index] = (input[index] - means[index]) * scales[index] }
    return input + [1]
  }

  private static func product(
    _ a: [Float], _ b: [Float], rows: Int, columns: Int
  ) -> [Float] {
    let inner = a.count / rows
    var result = [Float](repeating: 0, count: rows * columns)
    unsafe cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasTrans, blasint(rows), blasint(columns), blasint(inner), 1,
      a, blasint(inner), b, blasint(inner), 0, &result, blasint(columns))
    return result
  }
}
