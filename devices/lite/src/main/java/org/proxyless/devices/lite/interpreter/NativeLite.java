package org.proxyless.devices.lite.interpreter;

import com.sun.jna.NativeLibrary;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.tensorflowlite.global.tensorflowlite;
import org.proxyless.base.InvalidInputException;

/** TensorFlow Lite's native library, loaded once. */
public final class NativeLite {
  /** {@code tflite::logging_internal::MinimalLogger::SetMinimumLogSeverity}, as GCC names it. */
  private static final String SET_LOG_SEVERITY =
      "_ZN6tflite16logging_internal13MinimalLogger21SetMinimumLogSeverityENS_11LogSeverityE";

  private static final int ERRORS_ONLY = 3;

  private static NativeLibrary library;

  private NativeLite() {}

  /**
   * The library, for functions that the bindings leave out.
   *
   * @throws InvalidInputException if there is none for this machine
   */
  public static synchronized NativeLibrary library() {
    if (library == null) {
      library = load();
    }
    return library;
  }

  /** The library's version. */
  public static String version() {
    library();
    return tensorflowlite.TfLiteVersion().getString();
  }

  private static NativeLibrary load() {
    NativeLibrary loaded;
    try {
      loaded = NativeLibrary.getInstance(Loader.load(tensorflowlite.class));
    } catch (UnsatisfiedLinkError e) {
      throw new InvalidInputException(
          "TensorFlow Lite has no native library for "
              + System.getProperty("os.name")
              + " on "
              + System.getProperty("os.arch")
              + ", so its files cannot be run here. Export them on Linux or Windows.",
          e);
    }
    quieten(loaded);
    return loaded;
  }

  /** Otherwise each process says on stderr that it made a delegate. */
  private static void quieten(NativeLibrary library) {
    try {
      library.getFunction(SET_LOG_SEVERITY).invokeVoid(new Object[] {ERRORS_ONLY});
    } catch (UnsatisfiedLinkError e) {
      // Another compiler names it differently. Then that line is printed, and nothing else changes.
    }
  }
}
