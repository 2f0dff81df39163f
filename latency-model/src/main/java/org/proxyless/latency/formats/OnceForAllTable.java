package org.proxyless.latency.formats;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.ReluMBConv;
import org.proxyless.network.operators.SqueezeMBConv;
import org.proxyless.network.operators.SwishConv;
import org.proxyless.network.operators.SwishMBConv;
import org.proxyless.network.operators.SwishPooledConv;
import org.proxyless.network.operators.SwishSqueezeMBConv;

/**
 * The latency tables of Once-for-All's MobileNetV3 (Cai et al., 2020), a file for each image size
 * and width. Here {@code expand} is the number of middle channels; {@code se} says whether there is
 * squeeze and excitation, {@code hs} whether h-swish stands in place of ReLU. The stem {@code Conv}
 * and the head {@code Conv_1} have h-swish. What the global pool ({@code AvgPool2D}) and the
 * convolution behind it ({@code Conv_2}) take is the sum of both. Other entries that our operators
 * are not keep the file's name as their key: they are shown but never looked up.
 */
final class OnceForAllTable {
  private final List<Part> pools = new ArrayList<>();
  private final List<Part> mixes = new ArrayList<>();
  private final Imported table;

  /** An entry that is part of an operator. */
  private record Part(Shape input, Shape output, YamlLatencies.Row row) {
    Part(OperatorName name, YamlLatencies.Row row) {
      this(name.input(), name.output(), row);
    }
  }

  private OnceForAllTable(Imported table) {
    this.table = table;
  }

  static LatencyTable read(Path file, String device) {
    Imported imported = new Imported(LatencyTable.builder(device, "Once-for-All"));
    OnceForAllTable table = new OnceForAllTable(imported);
    YamlLatencies.read(file).forEach(table::add);
    table.join();
    return imported.table().toolVersions(Map.of("imported", file.getFileName().toString())).build();
  }

  private void add(YamlLatencies.Row row) {
    OperatorName name = OperatorName.parse(row.where(), row.name());
    switch (name.kind()) {
      case "AvgPool2D" -> pools.add(new Part(name, row));
      case "Conv_2" -> mixes.add(new Part(name, row));
      default -> table.put(row.where(), key(name, row.name()), row.entry());
    }
  }

  private static String key(OperatorName name, String asItIs) {
    return switch (name.kind()) {
      case "Conv" -> YamlTable.operator(name, new SwishConv(3), false).key();
      case "Conv_1" -> YamlTable.operator(name, new SwishConv(1), false).key();
      case "Logits" -> YamlTable.logits(name).key();
      case "expanded_conv" -> expandedKey(name, asItIs);
      default ->
          throw new InvalidInputException(
              name.where()
                  + ": operator '"
                  + name.kind()
                  + "' is not known; known are Conv, Conv_1, Conv_2, AvgPool2D, Logits and"
                  + " expanded_conv.");
    };
  }

  private static String expandedKey(OperatorName name, String asItIs) {
    int channels = name.input().channels();
    int middle = name.number("expand");
    return middle % channels == 0
        ? YamlTable.expanded(name, () -> type(name, middle / channels)).key()
        : asItIs;
  }

  private static OperatorType type(OperatorName name, int expansion) {
    return of(name.number("kernel"), expansion, isSet(name, "se"), isSet(name, "hs"));
  }

  /**
   * Once-for-All's inverted bottleneck.
   *
   * @param squeezes whether it has squeeze and excitation
   * @param swishes whether it has h-swish in place of ReLU
   */
  static OperatorType of(int kernel, int expansion, boolean squeezes, boolean swishes) {
    if (squeezes) {
      return swishes
          ? new SwishSqueezeMBConv(kernel, expansion)
          : new SqueezeMBConv(kernel, expansion);
    }
    return swishes ? new SwishMBConv(kernel, expansion) : new ReluMBConv(kernel, expansion);
  }

  private static boolean isSet(OperatorName name, String flag) {
    int value = name.number(flag);
    if (value != 0 && value != 1) {
      throw name.wrong(flag, "0 or 1");
    }
    return value == 1;
  }

  /** Each pool with each convolution that takes what it gives; what is left keeps its name. */
  private void join() {
    for (Part mix : mixes) {
      for (Part pool : pools) {
        if (mix.input().equals(pool.output())) {
          Operator operator =
              new Operator(new SwishPooledConv(), pool.input(), mix.output().channels(), 1, false);
          table.put(mix.row().where(), operator.key(), sum(pool.row().entry(), mix.row().entry()));
        }
      }
    }
    pools.stream().filter(pool -> isAlone(pool.output(), mixes, true)).forEach(this::keep);
    mixes.stream().filter(mix -> isAlone(mix.input(), pools, false)).forEach(this::keep);
  }

  private static boolean isAlone(Shape between, List<Part> others, boolean takes) {
    return others.stream()
        .noneMatch(other -> between.equals(takes ? other.input() : other.output()));
  }

  private void keep(Part part) {
    table.put(part.row().where(), part.row().name(), part.row().entry());
  }

  /** Of two operators one after the other, whose times are independent. */
  private static LatencyEntry sum(LatencyEntry a, LatencyEntry b) {
    double millis = a.medianMillis() + b.medianMillis();
    boolean spread =
        a.standardDeviationMillis().isPresent() && b.standardDeviationMillis().isPresent();
    return new LatencyEntry(
        millis,
        OptionalDouble.of(millis),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        spread
            ? OptionalDouble.of(
                Math.hypot(
                    a.standardDeviationMillis().getAsDouble(),
                    b.standardDeviationMillis().getAsDouble()))
            : OptionalDouble.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalDouble.empty());
  }
}
