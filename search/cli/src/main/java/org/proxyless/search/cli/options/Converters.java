package org.proxyless.search.cli.options;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.proxyless.base.JsonReport;
import org.proxyless.network.Shape;
import org.proxyless.search.run.settings.StrategyKind;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Texts on the command line to values; a text that is none is refused while parsing. */
public final class Converters {
  private Converters() {}

  /** The names of the strategies there are, for the help. */
  public static final class StrategyNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return StrategyKind.all().stream().map(StrategyKind::name).iterator();
    }
  }

  /** One of some constants, written as their {@code toString} says. */
  public static <E extends Enum<E>> ITypeConverter<E> oneOf(E[] constants) {
    return oneOf(Arrays.asList(constants));
  }

  /** The same for what is no enum. */
  public static <E> ITypeConverter<E> oneOf(List<E> constants) {
    return text ->
        constants.stream()
            .filter(constant -> constant.toString().equals(text))
            .findFirst()
            .orElseThrow(
                () ->
                    new TypeConversionException(
                        "'"
                            + text
                            + "' must be one of "
                            + constants.stream()
                                .map(E::toString)
                                .collect(Collectors.joining(", "))));
  }

  /** A file that can be written when the work is done. */
  public static final class ReportFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      Path file = Path.of(text);
      JsonReport.check(file);
      return file;
    }
  }

  /** {@code 90s}, {@code 10m}, {@code 1h30m}; {@code 0} needs no unit. */
  public static final class TimeSpan implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      try {
        return text.equals("0")
            ? Duration.ZERO
            : Duration.parse("PT" + text.toUpperCase(Locale.ROOT));
      } catch (DateTimeParseException e) {
        throw new TypeConversionException(
            "'" + text + "' is no time span; write it like 90s, 10m or 1h30m.");
      }
    }
  }

  /** Bytes: {@code 256KiB}, {@code 1MB}, {@code 1.5MiB} or {@code 65536}. */
  public static final class Bytes implements ITypeConverter<Long> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,12}(?:\\.\\d{1,6})?) ?([A-Za-z]*)");
    private static final Map<String, Long> UNITS =
        Map.of(
            "", 1L,
            "b", 1L,
            "kb", 1000L,
            "kib", 1L << 10,
            "mb", 1_000_000L,
            "mib", 1L << 20,
            "gb", 1_000_000_000L,
            "gib", 1L << 30);

    @Override
    public Long convert(String text) {
      Matcher matcher = FORM.matcher(text.strip());
      if (matcher.matches()) {
        Long unit = UNITS.get(matcher.group(2).toLowerCase(Locale.ROOT));
        if (unit != null) {
          return (long) Math.floor(Double.parseDouble(matcher.group(1)) * unit);
        }
      }
      throw new TypeConversionException(
          "'" + text + "' is no size; write it like 256KiB, 1MB or, in bytes, 65536.");
    }
  }

  /**
   * A device and a latency.
   *
   * @param device a profile's name or file
   */
  record DeviceMillis(String device, double millis) {}

  /** {@code pixel1=80}. */
  static final class DeviceAndMillis implements ITypeConverter<DeviceMillis> {
    private static final Pattern FORM = Pattern.compile("(.+)=([0-9.eE+-]+)");

    @Override
    public DeviceMillis convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (matcher.matches()) {
        try {
          return new DeviceMillis(matcher.group(1), Double.parseDouble(matcher.group(2)));
        } catch (NumberFormatException e) {
          throw refused(text);
        }
      }
      throw refused(text);
    }

    private static TypeConversionException refused(String text) {
      return new TypeConversionException(
          "'" + text + "' is no device with milliseconds; write it like pixel1=80.");
    }
  }

  /** {@code 224x224x3}. */
  static final class ImageShape implements ITypeConverter<Shape> {
    private static final Pattern FORM = Pattern.compile("(\\d{1,5})x(\\d{1,5})x(\\d{1,5})");

    @Override
    public Shape convert(String text) {
      Matcher matcher = FORM.matcher(text);
      if (!matcher.matches() || text.matches("(.*x)?0+(x.*)?")) {
        throw new TypeConversionException(
            "'" + text + "' is no shape; write height, width and channels like 224x224x3.");
      }
      return new Shape(
          Integer.parseInt(matcher.group(1)),
          Integer.parseInt(matcher.group(2)),
          Integer.parseInt(matcher.group(3)));
    }
  }

  /** A file that is there. */
  public static final class ExistingFile implements ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      Path file = Path.of(text);
      if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
        throw new TypeConversionException("there is no readable file '" + text + "'.");
      }
      return file;
    }
  }
}
