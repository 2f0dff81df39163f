package org.proxyless.network;

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

  /** Whether this activation comes last in it. */
  default boolean isFollowedBy(Activation activation) {
    return (this instanceof Filtered filtered && filtered.activation() == activation)
        || (this instanceof Normalization alone && alone.activation() == activation)
        || (this instanceof Activated alone && alone.activation() == activation);
  }

  /** A layer whose weights are a filter bank, mostly followed by batch normalisation. */
  sealed interface Filtered extends Layer
      permits Convolution, DepthwiseConvolution, FactorizedReduction, RectangularConvolution {
    /** Side of the square window; the longer one of a rectangle. */
    int kernel();

    /** Of its spatial reduction; the longer one where the sides differ. */
    int stride();

    /** Whether batch normalisation follows. */
    boolean normalized();

    /** What follows the batch normalisation. */
    Activation activation();
  }

  /**
   * Convolution without bias, batch normalisation, activation.
   *
   * @param kernel side of the square window
   * @param stride 1 or 2
   * @param channels output channels
   * @param normalized whether batch normalisation follows
   * @param activation what follows
   */
  record Convolution(
      int kernel, int stride, int channels, boolean normalized, Activation activation)
      implements Filtered {
    /** With batch normalisation. */
    public Convolution(int kernel, int stride, int channels, Activation activation) {
      this(kernel, stride, channels, true, activation);
    }

    @Override
    public Shape output(Shape input) {
      return input.strided(stride, channels);
    }

    @Override
    public long parameters(Shape input) {
      long filter = (long) kernel * kernel * input.channels() * channels;
      return filter + (normalized ? 2L * channels : 0);
    }

    @Override
    public long macs(Shape input) {
      return (long) kernel * kernel * input.channels() * output(input).elements();
    }
  }

  /**
   * Convolution of each channel with its own filter, without bias, batch normalisation, activation.
   *
   * @param kernel side of the square window, in weights
   * @param stride 1 or 2
   * @param dilation how far apart the pixels are that neighbouring weights see; 1 for next to each
   *     other
   * @param normalized whether batch normalisation follows
   * @param activation what follows
   */
  record DepthwiseConvolution(
      int kernel, int stride, int dilation, boolean normalized, Activation activation)
      implements Filtered {
    /** Of neighbouring pixels, with batch normalisation. */
    public DepthwiseConvolution(int kernel, int stride, Activation activation) {
      this(kernel, stride, 1, true, activation);
    }

    /** Side of the square of pixels that a window reaches over. */
    public int reach() {
      return (kernel - 1) * dilation + 1;
    }

    @Override
    public Shape output(Shape input) {
      return input.strided(stride, input.channels());
    }

    @Override
    public long parameters(Shape input) {
      return ((long) kernel * kernel + (normalized ? 2 : 0)) * input.channels();
    }

    @Override
    public long macs(Shape input) {
      return (long) kernel * kernel * output(input).elements();
    }
  }

  /**
   * Halves a feature map with weights of 1×1 and loses none of four pixels' two: half the channels
   * are a convolution with stride 2 of the feature map, the others one of the same a pixel further
   * down and right, beyond whose border is 0; then batch normalisation (Zoph et al., 2018, appendix
   * A; the form of the code of ENAS).
   *
   * @param channels output channels, an even number
   */
  record FactorizedReduction(int channels) implements Filtered {
    @Override
    public int kernel() {
      return 1;
    }

    @Override
    public int stride() {
      return 2;
    }

    @Override
    public boolean normalized() {
      return true;
    }

    @Override
    public Activation activation() {
      return Activation.LINEAR;
    }

    @Override
    public Shape output(Shape input) {
      return input.strided(2, channels);
    }

    @Override
    public long parameters(Shape input) {
      return (long) input.channels() * channels + 2L * channels;
    }

    @Override
    public long macs(Shape input) {
      return input.channels() * output(input).elements();
    }
  }

  /**
   * Convolution with a window and strides that need not be square, without bias, and batch
   * normalisation, activation.
   *
   * @param rows of the window
   * @param columns of the window
   * @param rowStride 1 or 2
   * @param columnStride 1 or 2
   * @param padded whether windows may reach over the border (SAME padding); else none does (VALID)
   * @param channels output channels
   * @param normalized whether batch normalisation follows
   * @param activation what follows
   */
  record RectangularConvolution(
      int rows,
      int columns,
      int rowStride,
      int columnStride,
      boolean padded,
      int channels,
      boolean normalized,
      Activation activation)
      implements Filtered {
    @Override
    public int kernel() {
      return Math.max(rows, columns);
    }

    @Override
    public int stride() {
      return Math.max(rowStride, columnStride);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException if no window fits into an input that is not padded
     */
    @Override
    public Shape output(Shape input) {
      return new Shape(
          extent(input.height(), rows, rowStride),
          extent(input.width(), columns, columnStride),
          channels);
    }

    private int extent(int input, int window, int stride) {
      if (!padded && input < window) {
        throw new IllegalArgumentException(
            "no window of " + rows + "×" + columns + " fits into " + input + " pixels");
      }
      return ((padded ? input : input - window + 1) + stride - 1) / stride;
    }

    @Override
    public long parameters(Shape input) {
      return (long) rows * columns * input.channels() * channels + (normalized ? 2L * channels : 0);
    }

    @Override
    public long macs(Shape input) {
      return (long) rows * columns * input.channels() * output(input).elements();
    }
  }

  /**
   * Batch normalisation that no convolution stands before, and an activation: so behind a sum.
   *
   * @param activation what follows
   */
  record Normalization(Activation activation) implements Layer {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public long parameters(Shape input) {
      return 2L * input.channels();
    }

    @Override
    public long macs(Shape input) {
      return 0;
    }
  }

  /** A layer without weights. */
  sealed interface Weightless extends Layer permits Activated, Pool, Join {
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
   * An activation alone, as it stands before a convolution.
   *
   * @param activation not linear
   */
  record Activated(Activation activation) implements Weightless {
    @Override
    public Shape output(Shape input) {
      return input;
    }
  }

  /** Something of each window, channel by channel. */
  sealed interface Pool extends Weightless permits MaxPool, AveragePool {
    /** Side of the square window. */
    int kernel();

    /** 1 or 2. */
    int stride();

    @Override
    default Shape output(Shape input) {
      return input.strided(stride(), input.channels());
    }
  }

  /**
   * The greatest of each window.
   *
   * @param kernel side of the square window
   * @param stride 1 or 2
   */
  record MaxPool(int kernel, int stride) implements Pool {}

  /**
   * The mean of each window; what lies beyond the border does not count.
   *
   * @param kernel side of the square window
   * @param stride 1 or 2
   */
  record AveragePool(int kernel, int stride) implements Pool {}

  /**
   * The mean over all pixels: [height, width, channels] → [1, 1, channels].
   *
   * @param flat whether tensors of it have no pixels any more, [batch, channels], as a dense layer
   *     takes them; else they are [batch, 1, 1, channels], which a convolution takes
   */
  record GlobalAveragePool(boolean flat) implements Layer {
    /** For a dense layer. */
    public GlobalAveragePool() {
      this(true);
    }

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
   * Squeeze and excitation: each channel times a factor that its image's means decide on, s =
   * hardSigmoid(V·relu(W·mean(x) + b) + c), y = s·x (Hu et al., 2018, section 3, with MobileNetV3's
   * activation; Howard et al., 2019, section 5.3).
   *
   * @param units that the channels' means are squeezed into
   */
  record SqueezeExcitation(int units) implements Layer {
    @Override
    public Shape output(Shape input) {
      return input;
    }

    @Override
    public long parameters(Shape input) {
      return 2L * input.channels() * units + units + input.channels();
    }

    @Override
    public long macs(Shape input) {
      return 2L * input.channels() * units;
    }
  }

  /**
   * Fully connected layer: [1, 1, channels] → [1, 1, units].
   *
   * @param units output channels
   * @param biased whether each has a bias
   */
  record Dense(int units, boolean biased) implements Layer {
    /** With bias. */
    public Dense(int units) {
      this(units, true);
    }

    @Override
    public Shape output(Shape input) {
      return new Shape(1, 1, units);
    }

    @Override
    public long parameters(Shape input) {
      return input.elements() * units + (biased ? units : 0);
    }

    @Override
    public long macs(Shape input) {
      return input.elements() * units;
    }
  }

  /** A layer that joins several feature maps of one shape. */
  sealed interface Join extends Weightless permits Sum, Concatenation {
    /** How many it joins: at least 2. */
    int inputs();
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
