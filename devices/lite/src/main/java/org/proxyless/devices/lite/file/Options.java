package org.proxyless.devices.lite.file;

import org.proxyless.devices.lite.graph.Operation;
import org.tensorflow.lite.schema.ActivationFunctionType;
import org.tensorflow.lite.schema.AddOptionsT;
import org.tensorflow.lite.schema.BuiltinOptions;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.ConcatenationOptionsT;
import org.tensorflow.lite.schema.Conv2DOptionsT;
import org.tensorflow.lite.schema.DepthwiseConv2DOptionsT;
import org.tensorflow.lite.schema.FullyConnectedOptionsT;
import org.tensorflow.lite.schema.MulOptionsT;
import org.tensorflow.lite.schema.Padding;
import org.tensorflow.lite.schema.Pool2DOptionsT;
import org.tensorflow.lite.schema.ReducerOptionsT;
import org.tensorflow.lite.schema.SoftmaxOptionsT;

/** The options of TensorFlow Lite's operators. */
final class Options {
  private static final int CHANNEL_AXIS = 3;

  private Options() {}

  /**
   * Options of any operator.
   *
   * @param type one of {@link BuiltinOptions}
   */
  static BuiltinOptionsUnion of(byte type, Object value) {
    BuiltinOptionsUnion options = new BuiltinOptionsUnion();
    options.setType(type);
    options.setValue(value);
    return options;
  }

  static BuiltinOptionsUnion of(Operation.Convolution convolution) {
    Conv2DOptionsT options = new Conv2DOptionsT();
    Operation.Window window = convolution.window();
    options.setPadding(window.padded() ? Padding.SAME : Padding.VALID);
    options.setStrideH(window.rowStride());
    options.setStrideW(window.columnStride());
    options.setFusedActivationFunction(activation(convolution));
    return of(BuiltinOptions.Conv2DOptions, options);
  }

  static BuiltinOptionsUnion of(Operation.DepthwiseConvolution convolution) {
    DepthwiseConv2DOptionsT options = new DepthwiseConv2DOptionsT();
    options.setPadding(Padding.SAME);
    options.setStrideH(convolution.stride());
    options.setStrideW(convolution.stride());
    options.setDilationHFactor(convolution.dilation());
    options.setDilationWFactor(convolution.dilation());
    options.setDepthMultiplier(1);
    options.setFusedActivationFunction(activation(convolution));
    return of(BuiltinOptions.DepthwiseConv2DOptions, options);
  }

  static BuiltinOptionsUnion dense() {
    return of(BuiltinOptions.FullyConnectedOptions, new FullyConnectedOptionsT());
  }

  static BuiltinOptionsUnion of(Operation.GlobalMean mean) {
    ReducerOptionsT options = new ReducerOptionsT();
    options.setKeepDims(!mean.flat());
    return of(BuiltinOptions.ReducerOptions, options);
  }

  static BuiltinOptionsUnion of(Operation.Pool pool) {
    Pool2DOptionsT options = new Pool2DOptionsT();
    options.setPadding(Padding.SAME);
    options.setStrideH(pool.stride());
    options.setStrideW(pool.stride());
    options.setFilterHeight(pool.kernel());
    options.setFilterWidth(pool.kernel());
    return of(BuiltinOptions.Pool2DOptions, options);
  }

  /** Along the channels. */
  static BuiltinOptionsUnion channels() {
    ConcatenationOptionsT options = new ConcatenationOptionsT();
    options.setAxis(CHANNEL_AXIS);
    return of(BuiltinOptions.ConcatenationOptions, options);
  }

  static BuiltinOptionsUnion none() {
    return new BuiltinOptionsUnion();
  }

  static BuiltinOptionsUnion sum() {
    return of(BuiltinOptions.AddOptions, new AddOptionsT());
  }

  static BuiltinOptionsUnion product() {
    return of(BuiltinOptions.MulOptions, new MulOptionsT());
  }

  static BuiltinOptionsUnion softmax() {
    SoftmaxOptionsT options = new SoftmaxOptionsT();
    options.setBeta(1);
    return of(BuiltinOptions.SoftmaxOptions, options);
  }

  private static byte activation(Operation.Weighted operation) {
    return switch (operation.activation()) {
      case LINEAR -> ActivationFunctionType.NONE;
      case RELU -> ActivationFunctionType.RELU;
      case RELU6 -> ActivationFunctionType.RELU6;
      case HARD_SIGMOID, HARD_SWISH ->
          throw new IllegalStateException(operation.activation() + " is an operator of its own");
    };
  }
}
