package org.proxyless.latency.formats;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Correction;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.TableKind;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;

/** Writes the YAML of ProxylessNAS's latency tables; see {@link YamlTable}. */
final class YamlTableWriter {
  private YamlTableWriter() {}

  static void writeProxylessNas(LatencyTable table, Path file) {
    if (table.kind() != TableKind.LOOKUP_TABLE || !table.correction().equals(Correction.NONE)) {
      throw new InvalidInputException(
          "the table of '"
              + table.device()
              + "' is a linear model or has a correction, which ProxylessNAS's format cannot say."
              + " Export it as json.");
    }
    StringBuilder yaml = new StringBuilder();
    for (Map.Entry<String, LatencyEntry> entry : table.entries().entrySet()) {
      if (!entry.getKey().equals(LatencyTable.CALL)) {
        yaml.append(name(Operator.ofKey(entry.getKey()))).append(":\n");
        append(yaml, entry.getValue());
      }
    }
    AtomicFile.write(file, yaml.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static void append(StringBuilder yaml, LatencyEntry entry) {
    entry.samples().ifPresent(count -> yaml.append("  count: ").append(count).append('\n'));
    yaml.append("  mean: ").append(entry.medianMillis()).append('\n');
    entry
        .standardDeviationMillis()
        .ifPresent(std -> yaml.append("  var: ").append(std * std).append('\n'));
  }

  private static String name(Operator operator) {
    Shape input = operator.input();
    String shapes = "-input:" + input + "-output:" + operator.output();
    if (operator.type() instanceof Conv conv && !operator.shortcut()) {
      // The format tells the stem from the head by name alone.
      if (conv.kernel() == 3) {
        return "Conv" + shapes;
      }
      if (conv.kernel() == 1) {
        return "Conv_1" + shapes;
      }
    }
    if (operator.type() instanceof Classifier) {
      return "Logits-input:" + input + "-output:" + operator.outputChannels();
    }
    if (operator.type() instanceof MBConv type) {
      return "expanded_conv"
          + shapes
          + "-expand:"
          + type.expansion()
          + "-kernel:"
          + type.kernel()
          + "-stride:"
          + operator.stride()
          + "-idskip:"
          + (operator.shortcut() ? 1 : 0);
    }
    throw new InvalidInputException(
        "operator '" + operator.key() + "' has no name in ProxylessNAS's format. Export as json.");
  }
}
