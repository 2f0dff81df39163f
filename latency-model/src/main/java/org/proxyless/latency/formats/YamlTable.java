package org.proxyless.latency.formats;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;

/**
 * The latency tables that the authors of ProxylessNAS and Once-for-All published as YAML. An
 * entry's {@code mean} is what sums use, as the authors' code does; the tables have no cost of the
 * call.
 */
public final class YamlTable {
  private YamlTable() {}

  /**
   * Reads a table of ProxylessNAS ({@code mobile_trim.yaml}), where {@code expand} is the ratio.
   *
   * @param device what the table is to be called
   * @throws InvalidInputException naming the line, if an entry is not such an operator or its
   *     latency cannot be one
   */
  public static LatencyTable readProxylessNas(Path file, String device) {
    Imported table = new Imported(LatencyTable.builder(device, "proxyless-imagenet"));
    for (YamlLatencies.Row row : YamlLatencies.read(file)) {
      OperatorName name = OperatorName.parse(row.where(), row.name());
      Operator operator = operator(name, name.isExpanded() ? name.number("expand") : 1);
      table.put(row.where(), operator.key(), row.entry());
    }
    return table.table().toolVersions(Map.of("imported", file.getFileName().toString())).build();
  }

  /**
   * Reads a table of Once-for-All's MobileNetV3, see {@link OnceForAllTable}.
   *
   * @param device what the table is to be called
   * @throws InvalidInputException naming the line, if an entry is malformed or its latency cannot
   *     be one
   */
  public static LatencyTable readOnceForAll(Path file, String device) {
    return OnceForAllTable.read(file, device);
  }

  /**
   * Writes a lookup table in ProxylessNAS's form, whole or not at all. An entry's {@code mean} is
   * our median, as it is what sums use. The form has no place for the call: that entry is left out.
   *
   * @throws InvalidInputException if the table says something that the form cannot
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void writeProxylessNas(LatencyTable table, Path file) {
    YamlTableWriter.writeProxylessNas(table, file);
  }

  private static Operator operator(OperatorName name, int expansion) {
    return switch (name.kind()) {
      case "Conv" -> operator(name, new Conv(3), false);
      case "Conv_1" -> operator(name, new Conv(1), false);
      case "Logits" -> logits(name);
      case "expanded_conv" -> expanded(name, () -> new MBConv(name.number("kernel"), expansion));
      default ->
          throw new InvalidInputException(
              name.where()
                  + ": operator '"
                  + name.kind()
                  + "' is not known; known are Conv, Conv_1, Logits and expanded_conv.");
    };
  }

  static Operator logits(OperatorName name) {
    return new Operator(new Classifier(), name.input(), name.number("output"), 1, false);
  }

  /**
   * An inverted bottleneck.
   *
   * @param given its type, which may refuse its numbers
   */
  static Operator expanded(OperatorName name, Supplier<OperatorType> given) {
    OperatorType type;
    try {
      type = given.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(name.where() + ": " + e.getMessage() + ".", e);
    }
    int skip = name.number("idskip");
    if (skip != 0 && skip != 1) {
      throw name.wrong("idskip", "0 or 1");
    }
    Operator operator = operator(name, type, skip == 1);
    if (operator.stride() != name.number("stride")) {
      throw name.wrong("stride", operator.stride() + " by the shapes");
    }
    return operator;
  }

  /** An operator with the name's shapes, and the stride that they say. */
  static Operator operator(OperatorName name, OperatorType type, boolean shortcut) {
    Shape output = name.output();
    int stride = (name.input().height() + output.height() - 1) / output.height();
    try {
      Operator operator = new Operator(type, name.input(), output.channels(), stride, shortcut);
      if (operator.output().equals(output)) {
        return operator;
      }
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(name.where() + ": " + e.getMessage() + ".", e);
    }
    throw name.wrong("output", "what a stride of " + stride + " makes of the input");
  }
}
