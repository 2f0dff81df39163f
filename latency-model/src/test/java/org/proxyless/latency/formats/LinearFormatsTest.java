package org.proxyless.latency.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.latency.TableKind;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

class LinearFormatsTest {
  @TempDir Path folder;

  @Test
  void tunasPricesThePublishedMobileNetworkAsPublished() {
    Path file = ReferenceData.file("tables/tunas/proxylessnas_search_cost_model.json");
    LatencyTable table = TableFormat.TUNAS.read(file, "pixel1");
    assertThat(table.entries().keySet().stream().filter(key -> key.contains("("))).hasSize(144);
    assertThat(table.entries().values().stream().filter(term -> term.medianMillis() < 0))
        .hasSize(41);
    Path mobile = ReferenceData.file("tables/proxylessnas/proxyless_mobile.config");
    Network network = ProxylessNasConfig.read(mobile, 224);
    assertThat(NetworkLatency.of(network, table).latencyMillis()).isCloseTo(84.416, within(5e-4));
    Path again = folder.resolve("pixel1.json");
    LatencyTables.write(table, again);
    assertThat(LatencyTables.read(again)).isEqualTo(table);
  }

  @Test
  void singlePathNassModelPricesNetworksAsItsSumSays() {
    Path file = ReferenceData.file("tables/single-path-nas/pixel1_runtime_model.json");
    LatencyTable table = TableFormat.SINGLE_PATH_NAS.read(file, "pixel1");
    double least =
        19.5999
            + 4.4905
            + 1.9593
            + 1.232
            + 1.7339
            + 1.6163 // the first layers of stages 1 to 5
            + 15 * 0.7;
    Network cheapest = network(List.of(24, 40, 80, 96, 192, 320), new MBConv(3, 3), new Zero());
    assertThat(NetworkLatency.of(cheapest, table).latencyMillis()).isCloseTo(least, within(5e-4));
  }

  @Test
  void tunassTermsAreThoseOfTheirLayers() throws Exception {
    LatencyTable table = TableFormat.TUNAS.read(fixture("tunas.json"), "a phone");
    assertThat(table.kind()).isEqualTo(TableKind.LINEAR_MODEL);
    assertThat(table.device()).isEqualTo("a phone");
    assertThat(table.callMillis()).isEqualTo(50);
    Operator first = new Operator(new MBConv(5, 1), new Shape(112, 112, 8), 8, 1, true);
    assertThat(table.operatorMillis(1, first)).isEqualTo(0.25);
    Operator second = new Operator(new MBConv(7, 6), new Shape(112, 112, 8), 8, 2, false);
    assertThat(table.operatorMillis(2, second)).isEqualTo(2);
    Operator skip = new Operator(new Zero(), new Shape(56, 56, 8), 8, 1, true);
    assertThat(table.operatorMillis(3, skip)).isEqualTo(-1.5);
    Operator stem = new Operator(new Conv(3), new Shape(224, 224, 1), 8, 2, false);
    assertThat(table.operatorMillis(0, stem)).isZero();
    assertThatThrownBy(() -> table.operatorMillis(3, second))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("@3 MBConv");
  }

  @Test
  void singlePathNassTermsAreThoseOfTheirLayers() throws Exception {
    LatencyTable table =
        TableFormat.SINGLE_PATH_NAS.read(fixture("single-path-nas.json"), "a phone");
    Network network = network(List.of(24, 40, 80, 96, 192, 320), new MBConv(5, 6), new Zero());
    NetworkLatency priced = NetworkLatency.of(network, table);
    assertThat(priced.callMillis()).isEqualTo(19.5999);
    assertThat(priced.operatorMillis().subList(0, 5)).containsExactly(0.0, 0.0, 2.75, 0.7, 0.7);
    assertThat(priced.latencyMillis()).isCloseTo(19.5999 + 5 * 2.75 + 15 * 0.7, within(1e-9));
  }

  @Test
  void everyMistakeInTunassModelIsNamedByItsLine() throws Exception {
    String good = Files.readString(fixture("tunas.json"));
    TableFormat format = TableFormat.TUNAS;
    assertRefused(format, good, "\"ms, made up\"", "\"s\"", 3, "unit is 's'");
    assertRefused(format, good, "\"bias\": 50.0", "\"bias\": \"x\"", 1, "bias is \"x\"");
    assertRefused(format, good, "\"bias\": 50.0", "\"bias\": 50000.0", 6, "microseconds");
    assertRefused(format, good, "\"sep_k3\"", "\"sep_k4\"", 8, "odd");
    assertRefused(format, good, "\"sep_k3\"", "\"k3e3\"", 8, "no operator");
    assertRefused(format, good, "\"sep_k5\"", "\"sep_k3\"", 8, "Duplicate");
    assertRefused(format, good, "\"layer\": 3", "\"layer\": 4", 11, "in order");
    assertRefused(
        format,
        good,
        "\"layer\": 0, \"kind\": \"sepconv\"",
        "\"layer\": 0, \"kind\": \"mbconv\"",
        8,
        "'sepconv'");
    assertRefused(format, good, "\"skippable\": true", "\"skippable\": false", 10, "zero");
    assertRefused(format, good, "\"k3e3\": -1.0", "\"k3e3\": NaN", 9, "not JSON");
    assertRefused(format, good, "\"k3e3\": -1.0", "\"k3e3\": 1e999", 9, "Infinity");
    assertRefused(format, good, "[8, 8, 8,", "[8, 8,", 4, "9 numbers");
    assertRefused(format, good, "\"dtype\"", "\"extra\"", 1, "unknown key 'extra'");
    assertRefused(format, good, "\"layers\": [", "\"layers\": [], \"more\": [", 7, "22");
  }

  @Test
  void everyMistakeInSinglePathNassModelIsNamedByItsLine() throws Exception {
    String good = Files.readString(fixture("single-path-nas.json"));
    TableFormat format = TableFormat.SINGLE_PATH_NAS;
    assertRefused(format, good, "\"2\": 1.75", "\"2\": -1.75", 2, "must be positive");
    String first = "\"1\": {\"0\": 1.5, \"1\": 2.5, \"2\": 1.75, ";
    assertRefused(format, good, first + "\"3\"", first + "\"4\"", 3, "'3' is missing");
    assertRefused(format, good, "\"20\": ", "\"30\": ", 1, "'20' is missing");
    assertRefused(format, good, "\"1\": {\"0\": 1.5", "\"1\": {\"0\": 150000", 3, "microseconds");
  }

  @Test
  void secondsAreRefused() throws Exception {
    String seconds =
        Files.readString(fixture("tunas.json")).replaceAll("([: ])(-?\\d+)\\.(\\d+)", "$10.000001");
    Path file = Files.writeString(folder.resolve("model"), seconds);
    assertThatThrownBy(() -> TableFormat.TUNAS.read(file, "d"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model, line 6")
        .hasMessageContaining("may be seconds");
  }

  private void assertRefused(
      TableFormat format, String content, String good, String bad, int line, String reason)
      throws IOException {
    assertThat(content).contains(good);
    String changed = content.replaceFirst(Pattern.quote(good), bad);
    Path file = Files.writeString(folder.resolve("model"), changed);
    assertThatThrownBy(() -> format.read(file, "d"))
        .as(bad)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("model, line " + line)
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private static Path fixture(String name) throws URISyntaxException {
    return Path.of(LinearFormatsTest.class.getResource(name).toURI());
  }

  /** One operator in the first block of each of five stages, another in the rest. */
  private static Network network(List<Integer> channels, OperatorType first, OperatorType rest) {
    List<Operator> operators = new ArrayList<>();
    operators.add(new Operator(new Conv(3), new Shape(224, 224, 3), 32, 2, false));
    operators.add(new Operator(new MBConv(3, 1), new Shape(112, 112, 32), 16, 1, false));
    int[] strides = {2, 2, 2, 1, 2};
    for (int stage = 0; stage < strides.length; stage++) {
      Shape input = operators.get(operators.size() - 1).output();
      operators.add(new Operator(first, input, channels.get(stage), strides[stage], false));
      for (int cell = 1; cell < 4; cell++) {
        Shape shape = operators.get(operators.size() - 1).output();
        operators.add(new Operator(rest, shape, channels.get(stage), 1, true));
      }
    }
    operators.add(new Operator(new MBConv(3, 6), new Shape(7, 7, 192), 320, 1, false));
    operators.add(new Operator(new Conv(1), new Shape(7, 7, 320), 1280, 1, false));
    operators.add(new Operator(new Classifier(), new Shape(7, 7, 1280), 1000, 1, false));
    return new Network("by hand", operators);
  }
}
