package org.proxyless.devices;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.Map;
import java.util.Optional;
import org.proxyless.base.InvalidInputException;

/**
 * A device and the way networks run on it: what a latency is a latency of.
 *
 * @param name what it is called in tables and summaries
 * @param kind which processor runs the network
 * @param runtime which program runs the network
 * @param threads worker threads of the runtime, at least 1
 * @param batch images in one call, at least 1
 * @param precision of weights and feature maps
 * @param settings what else the runtime wants to know, by name, such as how the device is reached
 * @param agent what measures there where the device is another machine; not what a latency depends
 *     on, so it is neither written nor shown
 */
public record DeviceProfile(
    String name,
    Kind kind,
    Runtime runtime,
    int threads,
    int batch,
    Precision precision,
    Map<String, String> settings,
    @JsonIgnore Optional<AgentAddress> agent) {
  /** The profile that is used where none is named: one CPU thread, one image. */
  public static final String DEFAULT = "local-cpu";

  /** Which processor runs the network. */
  public enum Kind {
    /** The processor of this machine, of one that is linked to it, or of the agent's. */
    CPU,
    /** The GPU of this machine, of one that is linked to it, or of the agent's. */
    GPU,
    /** A device that nobody can reach: networks are priced for it by its table. */
    REMOTE
  }

  /** Which program runs the network. */
  @SuppressWarnings("JavaLangClash") // it is a device profile's, and named with it elsewhere
  public enum Runtime {
    TENSORFLOW,
    /** TensorFlow Lite. */
    TFLITE,
    /** TensorFlow Lite on an Android phone that is linked to this machine. */
    ANDROID;

    /** Whether a profile says more under a key of the runtime's name. */
    public boolean hasSettings() {
      return this == ANDROID;
    }
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
    settings = settings == null ? Map.of() : Map.copyOf(settings);
    agent = agent == null ? Optional.empty() : agent; // as it is when read from JSON
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

  /** One without an agent. */
  public DeviceProfile(
      String name,
      Kind kind,
      Runtime runtime,
      int threads,
      int batch,
      Precision precision,
      Map<String, String> settings) {
    this(name, kind, runtime, threads, batch, precision, settings, Optional.empty());
  }

  /** One without an agent, whose runtime wants to know nothing else. */
  public DeviceProfile(
      String name, Kind kind, Runtime runtime, int threads, int batch, Precision precision) {
    this(name, kind, runtime, threads, batch, precision, Map.of());
  }

  /** The same on the machine where this program runs, as the agent sees it. */
  public DeviceProfile withoutAgent() {
    return new DeviceProfile(name, kind, runtime, threads, batch, precision, settings);
  }

  /**
   * Without settings and agent: what of them decides a latency is in the device's fingerprint.
   * Names caches as well.
   */
  @Override
  public String toString() {
    return "DeviceProfile[name=%s, kind=%s, runtime=%s, threads=%d, batch=%d, precision=%s]"
        .formatted(name, kind, runtime, threads, batch, precision);
  }

  /** Whether it is not within reach, so that nothing can be measured on it. */
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
