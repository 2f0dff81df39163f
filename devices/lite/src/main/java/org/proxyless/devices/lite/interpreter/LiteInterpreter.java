package org.proxyless.devices.lite.interpreter;

import java.util.random.RandomGenerator;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.tensorflowlite.BuiltinOpResolverWithoutDefaultDelegates;
import org.bytedeco.tensorflowlite.FlatBufferModel;
import org.bytedeco.tensorflowlite.Interpreter;
import org.bytedeco.tensorflowlite.InterpreterBuilder;
import org.bytedeco.tensorflowlite.TfLiteTensor;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.proxyless.base.InvalidInputException;

/** A TensorFlow Lite file, loaded and ready to run. */
public final class LiteInterpreter implements AutoCloseable {
  private static final int OK = 0;

  private final BytePointer content; // the interpreter reads weights from it
  private final FlatBufferModel model;
  private final BuiltinOpResolverWithoutDefaultDelegates operators;
  private final InterpreterBuilder builder;
  private final Interpreter interpreter;
  private XnnpackDelegate delegate;

  private LiteInterpreter(String name, byte[] file) {
    NativeLite.library();
    content = new BytePointer(file);
    model = FlatBufferModel.VerifyAndBuildFromBuffer(content, file.length);
    if (model == null || model.isNull()) {
      content.close();
      throw new InvalidInputException(
          name + " is no TensorFlow Lite file, or is damaged. Give one that 'export' wrote.");
    }
    operators = new BuiltinOpResolverWithoutDefaultDelegates();
    builder = new InterpreterBuilder(model, operators);
    interpreter = new Interpreter((Pointer) null);
  }

  /**
   * Loads a file.
   *
   * @param name of the file, for messages
   * @param threads of the kernels
   * @throws InvalidInputException if it is no TensorFlow Lite file, or needs what is not here
   */
  public static LiteInterpreter open(String name, byte[] file, int threads) {
    LiteInterpreter loaded = new LiteInterpreter(name, file);
    try {
      loaded.prepare(name, threads);
      return loaded;
    } catch (RuntimeException | Error e) {
      loaded.close();
      throw e;
    }
  }

  private void prepare(String name, int threads) {
    if (builder.SetNumThreads(threads) != OK
        || builder.apply(interpreter) != OK
        || interpreter.isNull()) {
      throw new InvalidInputException(
          name + " has operators that TensorFlow Lite does not know here. Export it again.");
    }
    delegate = new XnnpackDelegate(threads);
    if (interpreter.ModifyGraphWithDelegate(delegate.get()) != OK
        || interpreter.AllocateTensors() != OK) {
      throw new InvalidInputException(
          name + " cannot be prepared by TensorFlow Lite with XNNPACK. Export it again.");
    }
  }

  /** The number of kernels or delegates that run one after the other. */
  public int steps() {
    return (int) interpreter.execution_plan().limit();
  }

  /** Whether the network turns one tensor of unsigned bytes into one of floats. */
  public boolean isFromBytesToFloats() {
    return interpreter.inputs().limit() == 1
        && interpreter.outputs().limit() == 1
        && interpreter.input_tensor(0).type() == tensorflowlite.kTfLiteUInt8
        && interpreter.output_tensor(0).type() == tensorflowlite.kTfLiteFloat32;
  }

  /** The extents of the input. */
  public int[] inputExtents() {
    return extents(interpreter.input_tensor(0));
  }

  /** The extents of an output. */
  public int[] outputExtents(int output) {
    return extents(interpreter.output_tensor(output));
  }

  /**
   * Runs a network.
   *
   * @param image its one input: unsigned bytes, row-major
   */
  public void run(byte[] image) {
    TfLiteTensor input = interpreter.input_tensor(0);
    if (input.bytes() != image.length) {
      throw new IllegalArgumentException(
          image.length + " bytes are given where the network takes " + input.bytes());
    }
    input.data().uint8().capacity(image.length).put(image);
    run();
  }

  /** Runs what was loaded, on the inputs as they are. */
  public void run() {
    if (interpreter.Invoke() != OK) {
      throw new IllegalStateException("TensorFlow Lite failed to run the network");
    }
  }

  /** Fills all inputs: floats normally distributed, bytes evenly. */
  public void fill(RandomGenerator random) {
    for (int i = 0; i < interpreter.inputs().limit(); i++) {
      TfLiteTensor input = interpreter.input_tensor(i);
      if (input.type() == tensorflowlite.kTfLiteFloat32) {
        float[] values = new float[(int) (input.bytes() / Float.BYTES)];
        for (int v = 0; v < values.length; v++) {
          values[v] = (float) random.nextGaussian();
        }
        input.data().f().capacity(values.length).put(values);
      } else {
        byte[] values = new byte[(int) input.bytes()];
        random.nextBytes(values);
        input.data().uint8().capacity(values.length).put(values);
      }
    }
  }

  /** An output of the last run as floats, whichever way it is stored. */
  public float[] output(int output) {
    TfLiteTensor tensor = interpreter.output_tensor(output);
    int length = 1;
    for (int extent : extents(tensor)) {
      length *= extent;
    }
    float[] values = new float[length];
    if (tensor.type() == tensorflowlite.kTfLiteFloat32) {
      tensor.data().f().capacity(length).get(values);
    } else if (tensor.type() == tensorflowlite.kTfLiteInt8) {
      byte[] steps = new byte[length];
      tensor.data().int8().capacity(length).get(steps);
      float scale = tensor.params().scale();
      int zeroPoint = tensor.params().zero_point();
      for (int i = 0; i < length; i++) {
        values[i] = scale * (steps[i] - zeroPoint);
      }
    } else {
      throw new IllegalStateException("output " + output + " has type " + tensor.type());
    }
    return values;
  }

  private static int[] extents(TfLiteTensor tensor) {
    int[] extents = new int[tensor.dims().size()];
    for (int i = 0; i < extents.length; i++) {
      extents[i] = tensor.dims().data(i);
    }
    return extents;
  }

  @Override
  public void close() {
    interpreter.close();
    builder.close();
    if (delegate != null) {
      delegate.close();
    }
    operators.close();
    model.close();
    content.close();
  }
}
