package org.proxyless.latency.formats;

import java.nio.file.Path;
import java.util.function.BiFunction;
import org.proxyless.latency.LatencyTable;

/** The latency tables of others that can be read. */
public enum TableFormat {
  /** The YAML of ProxylessNAS, such as {@code mobile_trim.yaml}. */
  PROXYLESS_NAS("proxylessnas", YamlTable::readProxylessNas),

  /** The YAML of Once-for-All, such as {@code 224_lookup_table.yaml}. */
  ONCE_FOR_ALL("ofa", YamlTable::readOnceForAll),

  /** TuNAS's linear cost model as JSON. */
  TUNAS("tunas", TunasModel::read),

  /** Single-Path NAS's runtime model as JSON. */
  SINGLE_PATH_NAS("single-path-nas", SinglePathNasModel::read);

  private final String text;

  @SuppressWarnings("ImmutableEnumChecker") // a reference to a static method
  private final BiFunction<Path, String, LatencyTable> reader;

  TableFormat(String text, BiFunction<Path, String, LatencyTable> reader) {
    this.text = text;
    this.reader = reader;
  }

  /**
   * Reads a file of this format.
   *
   * @param device what the table is to be called
   * @throws org.proxyless.base.InvalidInputException naming file and line, if an entry is
   *     malformed, twice there, cannot be a latency, or cannot be in milliseconds
   */
  public LatencyTable read(Path file, String device) {
    return reader.apply(file, device);
  }

  /** The name on the command line. */
  @Override
  public String toString() {
    return text;
  }
}
