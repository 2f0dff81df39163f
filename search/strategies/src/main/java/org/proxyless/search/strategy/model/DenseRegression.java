package org.proxyless.search.strategy.model;

import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.proxyless.search.strategy.Adam;

/**
 * A network of dense layers with ReLU between them that predicts one number: x ← max(0, x·W + b),
 * the last layer without the max. It learns by Adam on the mean absolute error. Weights start as
 * He's (ICCV 2015) uniform ones, U(−√(6/n), √(6/n)) for n inputs, biases at 0.
 *
 * <p>The gradient is written out by hand.
 */
public final class DenseRegression {
  /**
   * How it is made and trained.
   *
   * @param layers hidden ones
   * @param width of each
   * @param epochs over the data
   * @param batchSize examples a step
   * @param learningRate of Adam, with β₁ = 0.9
   */
  public record Settings(int layers, int width, int epochs, int batchSize, double learningRate) {}

  private static final double BETA_1 = 0.9;

  private final Settings settings;

  /** Inputs of each layer, and of what follows the last: 1. */
  private final int[] widths;

  /** By layer W [in, out], row by row, then b [out]. */
  private final double[][] parameters;

  /**
   * @param inputs numbers in an example
   * @param random of the first weights
   */
  DenseRegression(int inputs, Settings settings, RandomGenerator random) {
    this.settings = settings;
    widths = new int[settings.layers() + 2];
    Arrays.fill(widths, settings.width());
    widths[0] = inputs;
    widths[settings.layers() + 1] = 1;
    parameters = new double[settings.layers() + 1][];
    for (int layer = 0; layer < parameters.length; layer++) {
      int weights = widths[layer] * widths[layer + 1];
      double range = Math.sqrt(6.0 / widths[layer]);
      parameters[layer] = new double[weights + widths[layer + 1]];
      for (int i = 0; i < weights; i++) {
        parameters[layer][i] = random.nextDouble(-range, range);
      }
    }
  }

  /** The weights themselves. */
  double[][] parameters() {
    return parameters;
  }

  /**
   * Learns.
   *
   * @param inputs [example][number]
   * @param targets by example
   * @param random of the examples' order
   */
  void fit(double[][] inputs, double[] targets, RandomGenerator random) {
    int[] sizes = Arrays.stream(parameters).mapToInt(layer -> layer.length).toArray();
    Adam adam = new Adam(settings.learningRate(), BETA_1, sizes);
    int[] order = new int[inputs.length];
    Arrays.setAll(order, i -> i);
    for (int epoch = 0; epoch < settings.epochs(); epoch++) {
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int kept = order[i];
        order[i] = order[other];
        order[other] = kept;
      }
      for (int from = 0; from < order.length; from += settings.batchSize()) {
        int[] batch =
            Arrays.copyOfRange(order, from, Math.min(order.length, from + settings.batchSize()));
        adam.descend(parameters, gradient(inputs, targets, batch));
      }
    }
  }

  /** What it predicts of an example. */
  double predict(double[] input) {
    return run(input)[parameters.length][0];
  }

  /** The gradient of the mean absolute error over a batch, in the shape of the parameters. */
  double[][] gradient(double[][] inputs, double[] targets, int[] batch) {
    double[][] sum =
        Arrays.stream(parameters).map(layer -> new double[layer.length]).toArray(double[][]::new);
    for (int example : batch) {
      double[][] values = run(inputs[example]);
      double error = values[parameters.length][0] - targets[example];
      double[] slope = {Math.signum(error) / batch.length};
      for (int layer = parameters.length - 1; layer >= 0; layer--) {
        slope = backward(layer, values[layer], slope, sum[layer]);
      }
    }
    return sum;
  }

  /** The inputs of each layer, and the prediction. */
  private double[][] run(double[] input) {
    double[][] values = new double[parameters.length + 1][];
    values[0] = input;
    for (int layer = 0; layer < parameters.length; layer++) {
      values[layer + 1] = forward(layer, values[layer]);
    }
    return values;
  }

  private double[] forward(int layer, double[] input) {
    int width = widths[layer + 1];
    double[] weights = parameters[layer];
    double[] output = Arrays.copyOfRange(weights, input.length * width, weights.length);
    for (int i = 0; i < input.length; i++) {
      double factor = input[i];
      if (factor != 0) { // one-hot inputs, and what ReLU cut off
        int row = i * width;
        for (int j = 0; j < width; j++) {
          output[j] += factor * weights[row + j];
        }
      }
    }
    if (layer < parameters.length - 1) {
      for (int j = 0; j < width; j++) {
        output[j] = Math.max(0, output[j]);
      }
    }
    return output;
  }

  /** Adds to the layer's gradient, and returns that of what went into the ReLU before it. */
  private double[] backward(int layer, double[] input, double[] slope, double[] sum) {
    int width = widths[layer + 1];
    double[] weights = parameters[layer];
    double[] ofInput = new double[input.length];
    for (int i = 0; i < input.length; i++) {
      double factor = input[i];
      if (factor != 0) {
        int row = i * width;
        for (int j = 0; j < width; j++) {
          sum[row + j] += factor * slope[j];
        }
        ofInput[i] = product(weights, row, slope);
      }
    }
    int biases = input.length * width;
    for (int j = 0; j < width; j++) {
      sum[biases + j] += slope[j];
    }
    return ofInput;
  }

  /** Σ row·slope; four sums at once, for one would wait for each addition. */
  private static double product(double[] weights, int row, double[] slope) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int j = 0;
    for (; j + 3 < slope.length; j += 4) {
      a += weights[row + j] * slope[j];
      b += weights[row + j + 1] * slope[j + 1];
      c += weights[row + j + 2] * slope[j + 2];
      d += weights[row + j + 3] * slope[j + 3];
    }
    for (; j < slope.length; j++) {
      a += weights[row + j] * slope[j];
    }
    return a + b + (c + d);
  }
}
