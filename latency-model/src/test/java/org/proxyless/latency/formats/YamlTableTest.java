package org.proxyless.latency.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.Correction;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.ReluMBConv;
import org.proxyless.network.operators.Zero;

class YamlTableTest {
  private static final String PROXYLESS =
      """
      Conv-input:32x32x3-output:16x16x8:
        count: 982
        mean: 4.5
        var: 0.25
      Logits-input:8x8x8-output:10:
        mean: 0.5
      expanded_conv-input:16x16x8-output:8x8x8-expand:6-kernel:5-stride:2-idskip:0:
        count: 7
        mean: 2.5
        var: 0.01
      expanded_conv-input:8x8x8-output:8x8x8-expand:3-kernel:3-stride:1-idskip:1:
        count: 7
        mean: 1.5
        var: 0.01
      """;

  @TempDir Path folder;

  @Test
  void thePublishedTablePricesItsSpaceAsPublished() {
    Path file = ReferenceData.file("tables/proxylessnas/mobile_trim.yaml");
    LatencyTable table = YamlTable.readProxylessNas(file, "pixel1");
    assertThat(table.entries()).hasSize(72);
    SpaceLatency space = SpaceLatency.of(table, imageNetSpace());
    assertThat(space.edges()).isEqualTo(21);
    assertThat(space.fixedMillis()).isCloseTo(11.364, within(0.0005));
    assertThat(space.minMillis()).isCloseTo(29.609, within(0.0005));
    assertThat(space.maxMillis()).isCloseTo(191.030, within(0.0005));
    double[][] equal = space.operatorMillis();
    Arrays.stream(equal).forEach(edge -> Arrays.fill(edge, 1.0 / edge.length));
    assertThat(space.expectedMillis(equal)).isCloseTo(113.988, within(0.0005));
  }

  @Test
  void thePublishedTableOfOnceForAllIsReadWhole() {
    Path file = ReferenceData.file("tables/ofa_note10/224_lookup_table.yaml");
    LatencyTable table = YamlTable.readOnceForAll(file, "note10");
    assertThat(table.entries()).hasSize(95); // two of the file's are one operator
    Operator operator = new Operator(new ReluMBConv(5, 3), new Shape(112, 112, 24), 32, 2, false);
    assertThat(table.latencyMillis(operator)).isCloseTo(3.499981, within(5e-7));
    Path again = folder.resolve("note10.table");
    LatencyTables.write(table, again);
    assertThat(LatencyTables.read(again)).isEqualTo(table);
  }

  @Test
  void everyEntryBecomesItsOperator() throws IOException {
    LatencyTable table = YamlTable.readProxylessNas(write(PROXYLESS), "a phone");
    assertThat(table.device()).isEqualTo("a phone");
    Shape shape = new Shape(8, 8, 8);
    assertThat(
            List.of(
                new Operator(new Conv(3), new Shape(32, 32, 3), 8, 2, false),
                new Operator(new Classifier(), shape, 10, 1, false),
                new Operator(new MBConv(5, 6), new Shape(16, 16, 8), 8, 2, false),
                new Operator(new MBConv(3, 3), shape, 8, 1, true)))
        .extracting(table::latencyMillis)
        .containsExactly(4.5, 0.5, 2.5, 1.5);
    var stem = Objects.requireNonNull(table.entries().get("Conv(kernel=3) 32x32x3->16x16x8 s2"));
    assertThat(stem.samples()).hasValue(982);
    assertThat(stem.standardDeviationMillis()).hasValue(0.5);
    assertThat(stem.low95Millis()).isEmpty();
  }

  @Test
  void onceForAllsExpandMeansChannelsAndWhatIsNotOursKeepsItsName() throws IOException {
    String shapes = "expanded_conv-input:8x8x8-output:8x8x8-expand:";
    Path file =
        write(
            shapes
                + "24-kernel:3-stride:1-idskip:1-se:0-hs:0:\n  mean: 1.5\n  std: 0.1\n"
                + shapes
                + "20-kernel:3-stride:1-idskip:1-se:0-hs:0:\n  mean: 1.25\n"
                + "AvgPool2D-input:8x8x8-output:1x1x8:\n  mean: 0.5\n");
    assertThat(YamlTable.readOnceForAll(file, "a phone").entries().keySet())
        .containsExactly(
            "AvgPool2D-input:8x8x8-output:1x1x8",
            "ReluMBConv(kernel=3,expansion=3) 8x8x8->8x8x8 s1 shortcut",
            shapes + "20-kernel:3-stride:1-idskip:1-se:0-hs:0");
  }

  @Test
  void everyMistakeIsNamedByItsLine() throws IOException {
    assertRefused("mean: 0.5", "mean: -0.5", 5, "-0.5 ms");
    assertRefused("mean: 0.5", "mean: .nan", 6, "'.nan' is not a number");
    assertRefused("mean: 0.5", "mean: NaN", 5, "NaN ms");
    assertRefused("mean: 0.5", "mean: 0", 5, "0.0 ms");
    assertRefused("mean: 0.5", "count: 3", 5, "'mean' is missing");
    assertRefused("mean: 0.5", "mean: 6.03findstr046", 6, "6.03findstr046");
    assertRefused("mean: 0.5", "median: 0.5", 6, "unknown key 'median'");
    assertRefused("mean: 0.5", "mean: [0.5]", 6, "not a number");
    assertRefused("mean: 0.5", "mean: 0.5\n  mean: 0.6", 7, "twice");
    assertRefused("var: 0.25", "var: -1", 1, "standard deviation");
    assertRefused("count: 982", "count: 0", 1, "samples");
    assertRefused("Logits", "Pool", 5, "'Pool'");
    assertRefused("kernel:5", "kernel:4", 7, "odd");
    assertRefused("kernel:5", "kernel:x", 7, "kernel is 'x'");
    assertRefused("kernel:5", "kernel:5-kernel:5", 7, "'kernel:5'");
    assertRefused("stride:2", "stride:1", 7, "stride is '1'");
    assertRefused("idskip:0", "idskip:0-", 7, "must be one NAME:VALUE");
    assertRefused("idskip:0", "idskip:2", 7, "idskip is '2'");
    assertRefused("idskip:0", "idskip:1", 7, "shortcut");
    assertRefused("output:16x16x8", "output:16x16", 1, "output is '16x16'");
    assertRefused("output:16x16x8", "output:16x15x8", 1, "output is '16x15x8'");
    assertRefused(
        "input:16x16x8-output:8x8x8-expand:6-kernel:5-stride:2-idskip:0",
        "input:8x8x8-output:8x8x8-expand:3-kernel:3-stride:1-idskip:1",
        11,
        "twice");
    assertRefused("mean: 0.5", "mean: 0.5: 1", 6, "not YAML");
    assertRefused("count: 982", "count: 9.5", 1, "count is 9.5");
  }

  @Test
  void whatCannotBeMillisecondsIsRefused() throws IOException {
    assertRefused("mean: 0.5", "mean: 50000", 5, "microseconds or nanoseconds");
    Path seconds =
        write(
            PROXYLESS.replaceAll("mean: (\\d)", "mean: 0.000$1").replaceAll("(0.000\\d)\\.", "$1"));
    assertThatThrownBy(() -> YamlTable.readProxylessNas(seconds, "d"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("table.yaml, line 1:")
        .hasMessageContaining("may be seconds");
  }

  @Test
  void aTableThatIsWrittenReadsBackTheSame() throws IOException {
    LatencyTable table = YamlTable.readProxylessNas(write(PROXYLESS), "a phone");
    Path file = folder.resolve("again.yaml");
    YamlTable.writeProxylessNas(table, file);
    assertThat(YamlTable.readProxylessNas(file, "a phone").entries()).isEqualTo(table.entries());
  }

  @Test
  void whatTheFormCannotSayIsNotWritten() {
    Path file = folder.resolve("out.yaml");
    LatencyTable.Builder odd =
        LatencyTable.builder("d", "s").put("AvgPool2D", LatencyEntry.ofMillis(1));
    LatencyTable.Builder linear = LatencyTable.linearModel("d", "s").bias(1);
    LatencyTable.Builder corrected =
        LatencyTable.builder("d", "s").correction(Correction.of(1, Map.of()));
    for (LatencyTable.Builder table : List.of(odd, linear, corrected)) {
      assertThatThrownBy(() -> YamlTable.writeProxylessNas(table.build(), file))
          .isInstanceOf(InvalidInputException.class);
    }
    assertThat(file).doesNotExist();
  }

  /** Row 53 of kairos03/latency.csv has a word in the middle of its number. */
  @Test
  void anotherKindOfTableIsRefused() {
    Path file = ReferenceData.file("tables/kairos03/latency.csv");
    assertThatThrownBy(() -> YamlTable.readProxylessNas(file, "d"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("latency.csv, line 1");
  }

  @Test
  void whatIsNoTableIsRefused() throws IOException {
    for (String content : new String[] {"", "[]", "{}", "text"}) {
      Path file = write(content);
      assertThatThrownBy(() -> YamlTable.readProxylessNas(file, "d"))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("table.yaml");
    }
    assertThatThrownBy(() -> YamlTable.readProxylessNas(folder.resolve("none.yaml"), "d"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("none.yaml cannot be read");
  }

  private void assertRefused(String good, String bad, int line, String reason) throws IOException {
    assertThat(PROXYLESS).contains(good);
    Path file = write(PROXYLESS.replaceFirst(good, bad));
    assertThatThrownBy(() -> YamlTable.readProxylessNas(file, "d"))
        .as(bad)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("table.yaml, line " + line + ":")
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("table.yaml"), content);
  }

  /** The space of the paper, 24 wide in its first stage, at 224×224. */
  private static List<List<Operator>> imageNetSpace() {
    List<List<Operator>> blocks = new ArrayList<>();
    blocks.add(List.of(new Operator(new Conv(3), new Shape(224, 224, 3), 32, 2, false)));
    blocks.add(List.of(new Operator(new MBConv(3, 1), new Shape(112, 112, 32), 16, 1, false)));
    int[] channels = {24, 40, 80, 96, 192, 320};
    int[] strides = {2, 2, 2, 1, 2, 1};
    Shape shape = new Shape(112, 112, 16);
    for (int stage = 0; stage < channels.length; stage++) {
      for (int cell = 0; cell < (stage == 5 ? 1 : 4); cell++) {
        blocks.add(candidates(shape, channels[stage], cell == 0 ? strides[stage] : 1));
        shape = blocks.get(blocks.size() - 1).get(0).output();
      }
    }
    blocks.add(List.of(new Operator(new Conv(1), shape, 1280, 1, false)));
    blocks.add(List.of(new Operator(new Classifier(), new Shape(7, 7, 1280), 1000, 1, false)));
    return blocks;
  }

  private static List<Operator> candidates(Shape input, int channels, int stride) {
    boolean shortcut = stride == 1 && input.channels() == channels;
    List<OperatorType> types = new ArrayList<>();
    for (int kernel : new int[] {3, 5, 7}) {
      types.add(new MBConv(kernel, 3));
      types.add(new MBConv(kernel, 6));
    }
    if (shortcut) {
      types.add(new Zero());
    }
    return types.stream()
        .map(type -> new Operator(type, input, channels, stride, shortcut))
        .toList();
  }
}
