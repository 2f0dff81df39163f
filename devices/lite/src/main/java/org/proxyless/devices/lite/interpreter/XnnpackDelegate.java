package org.proxyless.devices.lite.interpreter;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import org.bytedeco.tensorflowlite.TfLiteDelegate;

/**
 * XNNPACK's kernels for an interpreter, those for int8 included. The bindings make a delegate
 * without these (an int8 network is then ten times slower), and leave out the function that takes
 * options, so that it is called by its name.
 */
final class XnnpackDelegate implements AutoCloseable {
  /**
   * {@code TfLiteXNNPackDelegateOptions} of TensorFlow Lite 2.18: int32 threads, uint32 flags, and
   * pointers and sizes that are zero. Longer than it is there: another version would read zeros.
   */
  private static final int OPTIONS_BYTES = 64;

  private static final int THREADS_OFFSET = 0;
  private static final int FLAGS_OFFSET = 4;

  /** Takes operators on signed and on unsigned bytes. */
  private static final int FLAG_QS8 = 1;

  private static final int FLAG_QU8 = 2;

  private static final class Address extends TfLiteDelegate {
    Address(long address) {
      super((org.bytedeco.javacpp.Pointer) null);
      this.address = address;
    }
  }

  private final Pointer delegate;

  /**
   * Makes one, to be closed after the interpreter that it was given to.
   *
   * @param threads of the kernels
   */
  XnnpackDelegate(int threads) {
    try (Memory options = new Memory(OPTIONS_BYTES)) {
      options.clear();
      options.setInt(THREADS_OFFSET, threads);
      options.setInt(FLAGS_OFFSET, FLAG_QS8 | FLAG_QU8);
      delegate =
          (Pointer)
              NativeLite.library()
                  .getFunction("TfLiteXNNPackDelegateCreate")
                  .invoke(Pointer.class, new Object[] {options});
    }
    if (delegate == null) {
      throw new IllegalStateException("XNNPACK cannot be used with " + threads + " threads");
    }
  }

  /** As the bindings know it; belongs to this object. */
  TfLiteDelegate get() {
    return new Address(Pointer.nativeValue(delegate));
  }

  @Override
  public void close() {
    NativeLite.library()
        .getFunction("TfLiteXNNPackDelegateDelete")
        .invokeVoid(new Object[] {delegate});
  }
}
