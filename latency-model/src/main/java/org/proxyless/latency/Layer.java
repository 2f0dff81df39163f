package org.proxyless.latency;

/**
 * A primitive that every runtime can build, train and price. Operators are described as short
 * sequences of these. All windows use SAME padding in TensorFlow's sense.
 */
public sealed interface Layer {
  /** The shape behind this layer. */
  Shape output(Shape input);

  /** Trained numbers, the scale and shift of batch normalisation included. */
  long parameters(Shape input);

  /** Multiply-accumulates for one image; normalisation and activation count nothing. */
  long macs(Shape input);

  /** A layer whose weights are a filter bank followed by batch normalisation. */
  sealed interface Filtered extends Layer permits Convolution, DepthwiseConvolution {
    int kernel();

    int stride();

    /** What follows the batch normalisation. */
    Activation activation();
  }

  /**
   * Convolution without bias, batch normalisation, activation.
   *
   * @param kernel side of the square window
   * @param stride 1 or 2
   * @param channels output channels
   * @param activation what follows
   */
  record Convolution(int kernel, int stride, int channels, Activation activation)
      implements Filtered {
    @Override
    public Shape output(Shape input) {
      return input.strided(stride, channels);
    }

    @Override
    public long parameters(Shape input) {
      return (long) kernel * kernel * input.channels() * channels + 2L * channels;
    }

    @Override
    public long macs(Shape input) {
      return (long) kernel * kernel * input.channels() * output(input).elements();
    }
  }

  /**
   * Convolution of each channel with its own filter, without bias, batch normalisation, activation.
   *
   * @param kernel side of the square window
   * @param stride 1 or 2
   * @param activation what follows
   */
  record DepthwiseConvolution(int kernel, int stride, Activation activation) implements Filtered {
    @Override
    public Shape output(Shape input) {
      return input.strided(stride, input.channels());
    }

    @Override
    public long parameters(Shape input) {
      return ((long) kernel * kernel + 2) * input.channels();
    }

    @Override
    public long macs(Shape input) {
      return (long) kernel * kernel * output(input).elements();
    }
  }

  /** The mean over all pixels: [height, width, channels] → [1, 1, channels]. */
  record GlobalAveragePool() implements Layer {
    @Override
    public Shape output(Shape input) {
      return new Shape(1, 1, input.channels());
    }

    @Override
    public long parameters(Shape input) {
      return 0;
    }

    @Override
    public long macs(Shape input) {
      return 0;
    }
  }

  /**
   * Fully connected layer with bias: [1, 1, channels] → [1, 1, units].
   *
   * @param units output channels
   */
  record Dense(int units) implements Layer {
    @Override
    public Shape output(Shape input) {
      return new Shape(1, 1, units);
    }

    @Override
    public long parameters(Shape input) {
      return input.elements() * units + units;
    }

    @Override
    public long macs(Shape input) {
      return input.elements() * units;
    }
  }

  /** A layer that joins several feature maps of one shape. */
  sealed interface Join extends Layer permits Sum, Concatenation {
    /** How many it joins: at least 2. */
    int inputs();

    @Override
    default long parameters(Shape input) {
      return 0;
    }

    @Override
    default long macs(Shape input) {
      return 0;
    }
  }

  /**
   * The sum, element by element.
   *
   * @param inputs how many feature maps
   */
  record Sum(int inputs) implements Join {
    @Override
    public Shape output(Shape input) {
      return input;
    }
  }

  /**
   * All channels, those of the first input first.
   *
   * @param inputs how many feature maps
   */
  record Concatenation(int inputs) implements Join {
    @Override
    public Shape output(Shape input) {
      return new Shape(input.height(), input.width(), inputs * input.channels());
    }
  }
}
