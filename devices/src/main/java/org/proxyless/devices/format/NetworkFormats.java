package org.proxyless.devices.format;

import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.proxyless.latency.InvalidInputException;

/** The formats that this program can write. */
public final class NetworkFormats {
  private NetworkFormats() {}

  /** All of them, by name. */
  public static List<NetworkFormat> all() {
    return ServiceLoader.load(NetworkFormat.class).stream()
        .map(ServiceLoader.Provider::get)
        .sorted(Comparator.comparing(NetworkFormat::name))
        .toList();
  }

  /**
   * The format of this name.
   *
   * @throws InvalidInputException if there is none
   */
  public static NetworkFormat named(String name) {
    List<NetworkFormat> all = all();
    return all.stream()
        .filter(format -> format.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "format '"
                        + name
                        + "' is not known. Known are: "
                        + all.stream().map(NetworkFormat::name).collect(Collectors.joining(", "))
                        + "."));
  }
}
