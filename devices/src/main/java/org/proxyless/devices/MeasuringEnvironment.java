package org.proxyless.devices;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The environment of a process that measures: without the variables by which a training process
 * tunes its libraries, so that what is measured runs as it will be deployed.
 */
public final class MeasuringEnvironment {
  private static final List<String> PREFIXES =
      List.of("TF_", "ONEDNN_", "DNNL_", "OMP_", "KMP_", "MKL_", "XLA_", "MALLOC_");
  private static final String LOG_PREFIX = "TF_CPP_";
  private static final String LOG_LEVEL = "TF_CPP_MIN_LOG_LEVEL";
  private static final String ERRORS_ONLY = "2";

  private MeasuringEnvironment() {}

  /** Clears the libraries' variables from an environment, and keeps their chatter down. */
  public static void prepare(Map<String, String> environment) {
    environment.keySet().removeIf(MeasuringEnvironment::speaksToLibraries);
    environment.put(LOG_LEVEL, ERRORS_ONLY);
  }

  /** The variables in an environment that change how fast the libraries compute. */
  public static SortedMap<String, String> flags(Map<String, String> environment) {
    SortedMap<String, String> flags = new TreeMap<>(environment);
    flags.keySet().removeIf(name -> !speaksToLibraries(name) || name.startsWith(LOG_PREFIX));
    return flags;
  }

  private static boolean speaksToLibraries(String name) {
    return PREFIXES.stream().anyMatch(name::startsWith);
  }
}
