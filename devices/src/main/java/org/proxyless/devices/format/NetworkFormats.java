package org.proxyless.devices.format;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;

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

  /**
   * Loads a file of one of them, told by its name's end.
   *
   * @throws InvalidInputException if it ends like none of them, or cannot be run here
   */
  public static ImageModel open(Path file) {
    List<NetworkFormat> all = all();
    NetworkFormat format =
        all.stream()
            .filter(candidate -> file.getFileName().toString().endsWith(candidate.suffix()))
            .findFirst()
            .orElseThrow(
                () ->
                    new InvalidInputException(
                        file
                            + " is no network: its name must end in one of "
                            + all.stream()
                                .map(NetworkFormat::suffix)
                                .collect(Collectors.joining(", "))
                            + "."));
    return format
        .open(file)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    file
                        + " cannot be run: the runtime of "
                        + format.description()
                        + " is not part of this program. Give the SavedModel."));
  }
}
