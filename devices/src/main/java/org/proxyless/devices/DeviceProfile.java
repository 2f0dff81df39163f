package org.proxyless.devices;

import com.fasterxml.jackson.annotation.JsonIgnore;
import org.proxyless.latency.InvalidInputException;

/**
 * A device and the way networks run on it: what a latency is a latency of.
 *
 * @param name what it is called in tables and summaries
 * @param kind which processor runs the network
 * @param runtime which program runs the network
 * @param threads worker threads of the runtime, at least 1
 * @param batch images in one call, at least 1
 * @param precision of weights and feature maps
 */
public record DeviceProfile(
    String name, Kind kind, Runtime runtime, int threads, int batch, Precision precision) {
  /** The profile that is used where none is named: one CPU thread, one image. */
  public static final String DEFAULT = "local-cpu";

  /** Which processor runs the network. */
  public enum Kind {
    /** The processor of this machine. */
    CPU,
    /** The GPU of this machine. */
    GPU,
    /** A device that is not here, such as a phone: networks are priced for it by its table. */
    REMOTE
  }

  /** Which program runs the network. */
  @SuppressWarnings("JavaLangClash") // it is a device profile's, and named with it elsewhere
  public enum Runtime {
    TENSORFLOW,
    /** TensorFlow Lite. */
    TFLITE
  }

  /** Number format of weights and feature maps. */
  public enum Precision {
    FLOAT32,
    /** Weights only; they are computed with as float32. */
    FLOAT16,
    /** Both, quantised. */
    INT8
  }

  public DeviceProfile {
    if (name.isBlank() || threads < 1 || batch < 1) {
      throw new IllegalArgumentException(
          "device profile '"
              + name
              + "' needs a name, and threads "
              + threads
              + " and batch "
              + batch
              + " of at least 1");
    }
  }

  /** Whether it is not this machine, so that nothing can be measured on it. */
  @JsonIgnore // follows from the kind; profiles travel to measuring processes as JSON
  public boolean isRemote() {
    return kind == Kind.REMOTE;
  }

  /**
   * Must hold wherever something is measured.
   *
   * @throws InvalidInputException if the device is not here
   */
  public void requireHere() {
    if (isRemote()) {
      throw new InvalidInputException(
          "device '"
              + name
              + "' is not here, so nothing can be measured on it; networks are priced for it by its"
              + " table. Choose a local device to measure.");
    }
  }
}
