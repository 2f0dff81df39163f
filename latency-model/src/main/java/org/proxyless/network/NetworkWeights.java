package org.proxyless.network;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * The trained numbers of a network: by operator, layer and part, row-major arrays of floats.
 *
 * <p>Filters are [kernel, kernel, input channels, output channels], those of a depthwise
 * convolution [kernel, kernel, channels, 1]; batch normalisation has a scale, shift, mean and
 * variance for each channel; a dense layer has weights [inputs, units] and a bias; squeeze and
 * excitation a matrix [channels, units], one [units, channels], and a bias for each.
 */
public final class NetworkWeights {
  /** Batch normalisation adds this to the variance. */
  public static final float BATCH_NORM_EPSILON = 1e-3f;

  /** What a layer's numbers are called. */
  public enum Part {
    FILTER,
    SCALE,
    SHIFT,
    MEAN,
    VARIANCE,
    WEIGHTS,
    BIAS,
    SQUEEZE,
    SQUEEZE_BIAS,
    EXCITATION,
    EXCITATION_BIAS;

    /** The statistics of a batch normalisation. */
    public static final List<Part> STATISTICS = List.of(MEAN, VARIANCE);

    /** The trained parts of a dense layer. */
    public static final List<Part> OF_DENSE = List.of(WEIGHTS, BIAS);

    /** The trained parts of squeeze and excitation. */
    public static final List<Part> OF_SQUEEZE =
        List.of(SQUEEZE, SQUEEZE_BIAS, EXCITATION, EXCITATION_BIAS);

    /** Whether these are what a layer's inputs are multiplied with, and not one for a channel. */
    public boolean isMatrix() {
      return this == FILTER || this == WEIGHTS || this == SQUEEZE || this == EXCITATION;
    }
  }

  /**
   * Where numbers belong.
   *
   * @param operator index in the network
   * @param layer index in the operator
   * @param part which numbers of the layer
   */
  public record Key(int operator, int layer, Part part) {}

  private final Map<Key, float[]> numbers = new LinkedHashMap<>();

  /** Sets the numbers of one part; the array is kept, not copied. */
  public void put(Key key, float[] values) {
    numbers.put(key, values);
  }

  /** The numbers of one part, not a copy. */
  public float[] get(Key key) {
    float[] values = numbers.get(key);
    if (values == null) {
      throw new IllegalStateException("the weights have no " + key);
    }
    return values;
  }

  /** The numbers of one part, not a copy. */
  public float[] get(int operator, int layer, Part part) {
    return get(new Key(operator, layer, part));
  }

  /** All numbers by their place, in the order they were put. */
  public Map<Key, float[]> all() {
    return numbers;
  }

  /** The extents of one part of a layer that is given this input. */
  public static long[] extents(Layer layer, Part part, Shape input) {
    if (layer instanceof Layer.Convolution convolution) {
      int kernel = convolution.kernel();
      return part == Part.FILTER
          ? new long[] {kernel, kernel, input.channels(), convolution.channels()}
          : new long[] {convolution.channels()};
    }
    if (layer instanceof Layer.DepthwiseConvolution depthwise) {
      int kernel = depthwise.kernel();
      return part == Part.FILTER
          ? new long[] {kernel, kernel, input.channels(), 1}
          : new long[] {input.channels()};
    }
    if (layer instanceof Layer.FactorizedReduction reduction) {
      return part == Part.FILTER
          ? new long[] {1, 1, input.channels(), reduction.channels()}
          : new long[] {reduction.channels()};
    }
    if (layer instanceof Layer.RectangularConvolution rectangle) {
      return part == Part.FILTER
          ? new long[] {
            rectangle.rows(), rectangle.columns(), input.channels(), rectangle.channels()
          }
          : new long[] {rectangle.channels()};
    }
    if (layer instanceof Layer.Normalization) {
      return new long[] {input.channels()};
    }
    if (layer instanceof Layer.Dense dense) {
      return part == Part.WEIGHTS
          ? new long[] {input.channels(), dense.units()}
          : new long[] {dense.units()};
    }
    if (layer instanceof Layer.SqueezeExcitation squeeze) {
      return squeezeExtents(squeeze.units(), part, input.channels());
    }
    throw new IllegalArgumentException(layer + " has no " + part);
  }

  private static long[] squeezeExtents(int units, Part part, int channels) {
    return switch (part) {
      case SQUEEZE -> new long[] {channels, units};
      case SQUEEZE_BIAS -> new long[] {units};
      case EXCITATION -> new long[] {units, channels};
      case EXCITATION_BIAS -> new long[] {channels};
      default -> throw new IllegalArgumentException("squeeze and excitation has no " + part);
    };
  }

  /**
   * Fresh numbers for one part: filters normal with σ = √(2 / (window · output channels)), not
   * divided by groups, and so the matrices of squeeze and excitation; dense weights uniform in
   * ±1/√inputs; scales and variances 1, the rest 0.
   */
  public static float[] initial(Layer layer, Part part, Shape input, RandomGenerator random) {
    long[] extents = extents(layer, part, input);
    int length = 1;
    for (long extent : extents) {
      length *= (int) extent;
    }
    float[] values = new float[length];
    switch (part) {
      case FILTER -> {
        double window = (double) extents[0] * extents[1];
        fillNormal(values, window * layer.output(input).channels(), random);
      }
      case SQUEEZE, EXCITATION -> fillNormal(values, (double) extents[1], random);
      case WEIGHTS -> {
        double bound = 1 / Math.sqrt(input.channels());
        for (int i = 0; i < length; i++) {
          values[i] = (float) random.nextDouble(-bound, bound);
        }
      }
      case SCALE, VARIANCE -> Arrays.fill(values, 1);
      case SHIFT, MEAN, BIAS, SQUEEZE_BIAS, EXCITATION_BIAS -> {}
    }
    return values;
  }

  /** Normal numbers with σ = √(2 / outputs). */
  private static void fillNormal(float[] values, double outputs, RandomGenerator random) {
    double sigma = Math.sqrt(2.0 / outputs);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (sigma * random.nextGaussian());
    }
  }

  /** Fresh numbers for a whole network, batch-norm statistics included. */
  public static NetworkWeights initial(Network network, RandomGenerator random) {
    return initial(network.operators(), random);
  }

  /** Fresh numbers for operators, whose indices are those in the list. */
  public static NetworkWeights initial(List<Operator> operators, RandomGenerator random) {
    NetworkWeights weights = new NetworkWeights();
    for (int o = 0; o < operators.size(); o++) {
      Operator operator = operators.get(o);
      Shape shape = operator.input();
      List<Layer> layers = operator.layers();
      for (int l = 0; l < layers.size(); l++) {
        for (Part part : parts(layers.get(l))) {
          weights.put(new Key(o, l, part), initial(layers.get(l), part, shape, random));
        }
        shape = layers.get(l).output(shape);
      }
    }
    return weights;
  }

  /** The parts that a layer has, trained ones first. */
  public static List<Part> parts(Layer layer) {
    if (layer instanceof Layer.Filtered filtered) {
      return filtered.normalized()
          ? List.of(Part.FILTER, Part.SCALE, Part.SHIFT, Part.MEAN, Part.VARIANCE)
          : List.of(Part.FILTER);
    }
    if (layer instanceof Layer.SqueezeExcitation) {
      return Part.OF_SQUEEZE;
    }
    if (layer instanceof Layer.Normalization) {
      return List.of(Part.SCALE, Part.SHIFT, Part.MEAN, Part.VARIANCE);
    }
    if (layer instanceof Layer.Dense dense) {
      return dense.biased() ? Part.OF_DENSE : List.of(Part.WEIGHTS);
    }
    return List.of();
  }
}
