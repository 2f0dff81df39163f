package org.proxyless.devices.lite.graph;

import java.util.List;
import org.proxyless.network.Activation;

/**
 * A step of a deployed network. Numbers name {@link FeatureMap}s; windows use SAME padding in
 * TensorFlow's sense; filters are laid out like {@link
 * org.proxyless.devices.tensorflow.FoldedFilter}s.
 */
public sealed interface Operation {
  /** The feature maps it takes. */
  List<Integer> inputs();

  /** The feature map it gives. */
  int output();

  /** Calls the visitor's method for this kind. */
  void accept(Visitor visitor);

  /** Something to do for every kind of operation: a new kind does not compile without it. */
  interface Visitor {
    void visit(Pixels operation);

    void visit(Convolution operation);

    void visit(DepthwiseConvolution operation);

    void visit(Dense operation);

    void visit(GlobalMean operation);

    void visit(Sum operation);

    void visit(Product operation);

    void visit(Concatenation operation);

    void visit(Pool operation);

    void visit(Activated operation);

    void visit(Zeros operation);

    void visit(Softmax operation);
  }

  /** An operation with one input. */
  sealed interface Unary extends Operation {
    int input();

    @Override
    default List<Integer> inputs() {
      return List.of(input());
    }
  }

  /** An operation with weights, a bias, and an activation behind them. */
  sealed interface Weighted extends Unary {
    /** Row-major, the extent that varies fastest being the output channel. */
    float[] weights();

    /** One number for each output channel. */
    float[] bias();

    /** What follows the bias: nothing, ReLU or ReLU6. */
    Activation activation();
  }

  /** Unsigned bytes as numbers from 0 to 255. */
  record Pixels(int input, int output) implements Unary {
    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * What a convolution sees at a time, and how far it goes from one to the next.
   *
   * @param padded whether it may reach over the border
   */
  record Window(int rows, int columns, int rowStride, int columnStride, boolean padded) {}

  /**
   * Convolution, bias, activation.
   *
   * @param weights [rows, columns, input channels, output channels]
   */
  record Convolution(
      int input, int output, Window window, float[] weights, float[] bias, Activation activation)
      implements Weighted {
    /** With a square window under SAME padding. */
    public Convolution(
        int input,
        int output,
        int kernel,
        int stride,
        float[] weights,
        float[] bias,
        Activation activation) {
      this(
          input,
          output,
          new Window(kernel, kernel, stride, stride, true),
          weights,
          bias,
          activation);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Convolution of each channel with its own filter, bias, activation.
   *
   * @param dilation how far apart the pixels are that neighbouring weights see
   * @param weights [kernel, kernel, channels]
   */
  record DepthwiseConvolution(
      int input,
      int output,
      int kernel,
      int stride,
      int dilation,
      float[] weights,
      float[] bias,
      Activation activation)
      implements Weighted {
    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * Fully connected layer with bias: [1, inputs] → [1, units].
   *
   * @param weights [inputs, units]
   */
  record Dense(int input, int output, float[] weights, float[] bias) implements Weighted {
    @Override
    public Activation activation() {
      return Activation.LINEAR;
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * The mean over all pixels: [1, height, width, channels] → [1, channels].
   *
   * @param flat whether it has no pixels any more; else [1, 1, 1, channels]
   */
  record GlobalMean(int input, int output, boolean flat) implements Unary {
    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /** The sum of two feature maps of the same extents. */
  record Sum(int left, int right, int output) implements Operation {
    @Override
    public List<Integer> inputs() {
      return List.of(left, right);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * The product of a feature map and a factor for each of its channels, [1, 1, 1, channels].
   *
   * @param left the feature map
   * @param right the factors
   */
  record Product(int left, int right, int output) implements Operation {
    @Override
    public List<Integer> inputs() {
      return List.of(left, right);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /** The channels of several feature maps behind each other. */
  record Concatenation(List<Integer> inputs, int output) implements Operation {
    public Concatenation {
      inputs = List.copyOf(inputs);
    }

    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * The greatest, or the mean, of each window, channel by channel; what lies beyond the border does
   * not count.
   */
  record Pool(int input, int output, int kernel, int stride, boolean greatest) implements Unary {
    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /**
   * An activation alone.
   *
   * @param activation ReLU, ReLU6 or h-swish
   */
  record Activated(int input, int output, Activation activation) implements Unary {
    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /** Zeros in the extents of the input. */
  record Zeros(int input, int output) implements Unary {
    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }

  /** Logits to probabilities. */
  record Softmax(int input, int output) implements Unary {
    @Override
    public void accept(Visitor visitor) {
      visitor.visit(this);
    }
  }
}
