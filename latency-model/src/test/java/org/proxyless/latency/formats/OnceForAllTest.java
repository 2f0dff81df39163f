package org.proxyless.latency.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.ReluMBConv;
import org.proxyless.network.operators.SqueezeMBConv;
import org.proxyless.network.operators.SwishConv;
import org.proxyless.network.operators.SwishMBConv;
import org.proxyless.network.operators.SwishPooledConv;
import org.proxyless.network.operators.SwishSqueezeMBConv;

/** Once-for-All's tables and networks. */
class OnceForAllTest {
  private static final String TABLE =
      """
      AvgPool2D-input:2x2x48-output:1x1x48:
        count: 9
        mean: 0.25
        std: 0.3
      Conv-input:16x16x3-output:8x8x8:
        mean: 4.5
      Conv_1-input:2x2x24-output:2x2x48:
        mean: 1.5
      Conv_2-input:1x1x48-output:1x1x56:
        count: 7
        mean: 0.5
        std: 0.4
      Logits-input:1x1x56-output:5:
        mean: 0.125
      expanded_conv-input:8x8x8-output:8x8x8-expand:8-kernel:3-stride:1-idskip:1-se:0-hs:0:
        mean: 1
      expanded_conv-input:8x8x8-output:4x4x16-expand:24-kernel:5-stride:2-idskip:0-se:1-hs:0:
        mean: 2
      expanded_conv-input:4x4x16-output:4x4x16-expand:64-kernel:7-stride:1-idskip:1-se:0-hs:1:
        mean: 3
      expanded_conv-input:4x4x16-output:2x2x24-expand:96-kernel:3-stride:2-idskip:0-se:1-hs:1:
        mean: 6
      """;
  private static final double SUM = 0.25 + 4.5 + 1.5 + 0.5 + 0.125 + 1 + 2 + 3 + 6;

  @TempDir Path folder;

  /** Middle channels, input, output, kernel, stride, activation, squeeze, shortcut. */
  private static String block(
      int in, int out, int kernel, int stride, int ratio, String activation, boolean squeezes) {
    boolean shortcut = stride == 1 && in == out;
    return """
        {"name": "ResidualBlock",
         "conv": {"name": "MBConvLayer", "in_channels": %d, "out_channels": %d, "kernel_size": %d,
           "stride": %d, "expand_ratio": %d, "mid_channels": %d, "act_func": "%s", "use_se": %b,
           "groups": null},
         "shortcut": %s}"""
        .formatted(
            in,
            out,
            kernel,
            stride,
            ratio,
            in * ratio,
            activation,
            squeezes,
            shortcut
                ? "{\"name\": \"IdentityLayer\", \"in_channels\": [8], \"out_channels\": [8]}"
                : "null");
  }

  private static String conv(int in, int out, int kernel, int stride, boolean normalized) {
    return """
        {"name": "ConvLayer", "kernel_size": %d, "stride": %d, "dilation": 1, "groups": 1,
         "bias": false, "has_shuffle": false, "use_se": false, "in_channels": %d,
         "out_channels": %d, "use_bn": %b, "act_func": "h_swish", "dropout_rate": 0,
         "ops_order": "weight_bn_act"}"""
        .formatted(kernel, stride, in, out, normalized);
  }

  private static String config(
      String first, String blocks, String expand, String mix, int features, int classes) {
    return """
        {"name": "MobileNetV3",
         "bn": {"momentum": 0.1, "eps": 1e-05, "ws_eps": null},
         "first_conv": %s,
         "blocks": [%s],
         "final_expand_layer": %s,
         "feature_mix_layer": %s,
         "classifier": {"name": "LinearLayer", "in_features": %d, "out_features": %d,
           "bias": true, "use_bn": false, "act_func": null, "dropout_rate": 0,
           "ops_order": "weight_bn_act"}}"""
        .formatted(first, blocks, expand, mix, features, classes);
  }

  private static String smallConfig() {
    return config(
        conv(3, 8, 3, 2, true),
        String.join(
            ",\n",
            block(8, 8, 3, 1, 1, "relu", false),
            block(8, 16, 5, 2, 3, "relu", true),
            block(16, 16, 7, 1, 4, "h_swish", false),
            block(16, 24, 3, 2, 6, "h_swish", true)),
        conv(24, 48, 1, 1, true),
        conv(48, 56, 1, 1, false),
        56,
        5);
  }

  @Test
  void everyEntryBecomesItsOperator() throws IOException {
    LatencyTable table = YamlTable.readOnceForAll(write(TABLE), "a phone");
    Shape middle = new Shape(4, 4, 16);
    assertThat(table.entries()).hasSize(8);
    assertThat(millis(table, new Operator(new SwishConv(3), new Shape(16, 16, 3), 8, 2, false)))
        .isEqualTo(4.5);
    assertThat(millis(table, new Operator(new ReluMBConv(3, 1), new Shape(8, 8, 8), 8, 1, true)))
        .isEqualTo(1);
    assertThat(
            millis(table, new Operator(new SqueezeMBConv(5, 3), new Shape(8, 8, 8), 16, 2, false)))
        .isEqualTo(2);
    assertThat(millis(table, new Operator(new SwishMBConv(7, 4), middle, 16, 1, true)))
        .isEqualTo(3);
    assertThat(millis(table, new Operator(new SwishSqueezeMBConv(3, 6), middle, 24, 2, false)))
        .isEqualTo(6);
    assertThat(millis(table, new Operator(new SwishConv(1), new Shape(2, 2, 24), 48, 1, false)))
        .isEqualTo(1.5);
    assertThat(millis(table, new Operator(new Classifier(), new Shape(1, 1, 56), 5, 1, false)))
        .isEqualTo(0.125);
  }

  private static double millis(LatencyTable table, Operator operator) {
    return table.latencyMillis(operator);
  }

  @Test
  void thePoolAndTheConvolutionBehindItAreOneOperator() throws IOException {
    LatencyTable table = YamlTable.readOnceForAll(write(TABLE), "a phone");
    Operator both = new Operator(new SwishPooledConv(), new Shape(2, 2, 48), 56, 1, false);
    LatencyEntry entry = Objects.requireNonNull(table.entries().get(both.key()));
    assertThat(entry.medianMillis()).isEqualTo(0.75);
    assertThat(entry.standardDeviationMillis().orElseThrow()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void aPoolWithoutWhatFollowsItKeepsItsName() throws IOException {
    Path file = write(TABLE.replace("Conv_2-input:1x1x48", "Conv_2-input:1x1x40"));
    assertThat(YamlTable.readOnceForAll(file, "d").entries().keySet())
        .hasSize(9)
        .contains("AvgPool2D-input:2x2x48-output:1x1x48", "Conv_2-input:1x1x40-output:1x1x56");
  }

  @Test
  void mistakesInATableAreNamedByTheirLine() throws IOException {
    assertTableRefused("se:1-hs:0", "se:2-hs:0", 17, "se is '2'; it must be 0 or 1");
    assertTableRefused("se:0-hs:1", "se:0-hs:x", 19, "hs is 'x'");
    assertTableRefused("kernel:7", "kernel:6", 19, "must be odd");
    assertTableRefused("Logits", "Dense", 13, "operator 'Dense' is not known");
    assertTableRefused("output:1x1x56", "output:1x56", 9, "output is '1x56'");
    assertTableRefused("AvgPool2D-input:2x2x48", "AvgPool2D-input:48", 1, "input is '48'");
    assertTableRefused("Logits-input:1x1x56", "Logits-input:56", 13, "input is '56'");
  }

  private void assertTableRefused(String good, String bad, int line, String reason)
      throws IOException {
    assertThat(TABLE).contains(good);
    Path file = write(TABLE.replaceFirst(good, bad));
    assertThatThrownBy(() -> YamlTable.readOnceForAll(file, "d"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("ofa.yaml, line " + line + ":")
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  @Test
  void aNetworkIsWhatItsConfigSays() throws IOException {
    Network network = OnceForAllConfig.read(writeConfig(smallConfig()), 16);
    Shape middle = new Shape(4, 4, 16);
    assertThat(network.name()).isEqualTo("net.config");
    assertThat(network.operators())
        .containsExactly(
            new Operator(new SwishConv(3), new Shape(16, 16, 3), 8, 2, false),
            new Operator(new ReluMBConv(3, 1), new Shape(8, 8, 8), 8, 1, true),
            new Operator(new SqueezeMBConv(5, 3), new Shape(8, 8, 8), 16, 2, false),
            new Operator(new SwishMBConv(7, 4), middle, 16, 1, true),
            new Operator(new SwishSqueezeMBConv(3, 6), middle, 24, 2, false),
            new Operator(new SwishConv(1), new Shape(2, 2, 24), 48, 1, false),
            new Operator(new SwishPooledConv(), new Shape(2, 2, 48), 56, 1, false),
            new Operator(new Classifier(), new Shape(1, 1, 56), 5, 1, false));
  }

  /** As in the files of the published networks. */
  @Test
  void theOlderSpellingAndUnstatedMiddleChannelsAreTheSame() throws IOException {
    String older =
        smallConfig()
            .replace("ResidualBlock", "MobileInvertedResidualBlock")
            .replace("\"conv\"", "\"mobile_inverted_conv\"")
            .replace("MBConvLayer", "MBInvertedConvLayer")
            .replaceAll("\"mid_channels\": \\d+", "\"mid_channels\": null")
            .replace(", \n         \"groups\": null", "");
    assertThat(OnceForAllConfig.read(writeConfig(older), 16).operators())
        .isEqualTo(OnceForAllConfig.read(writeConfig(smallConfig()), 16).operators());
  }

  @Test
  void aNetworkCostsTheSumOfItsEntries() throws IOException {
    LatencyTable table = YamlTable.readOnceForAll(write(TABLE), "a phone");
    Network network = OnceForAllConfig.read(writeConfig(smallConfig()), 16);
    assertThat(NetworkLatency.of(network, table).latencyMillis()).isCloseTo(SUM, within(1e-12));
    assertThat(estimate(TABLE, smallConfig(), 16)).isCloseTo(SUM, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"MobileNetV3\"|\"ProxylessNASNets\"|name is 'ProxylessNASNets'; it must be 'MobileNetV3'",
        "\"kernel_size\": 5|\"kernel_size\": 4|blocks[1], conv: kernel 4 must be odd",
        "\"in_channels\": 16|\"in_channels\": 12|blocks[2], conv: in_channels is '12'; it must be '16'",
        "\"mid_channels\": 24|\"mid_channels\": 20|blocks[1], conv: 20 middle channels",
        "\"expand_ratio\": 1,|\"expand_ratio\": 2,|blocks[0], conv: 8 middle channels",
        "\"act_func\": \"relu\"|\"act_func\": \"relu6\"|blocks[0], conv: act_func is 'relu6'",
        "\"use_bn\": true|\"use_bn\": false|first_conv: use_bn is 'false'; it must be 'true'",
        "\"groups\": 1,|\"groups\": 2,|first_conv: groups is '2'",
        "\"groups\": null|\"groups\": 4|blocks[0], conv: groups is '4'; it must be '8'",
        "\"use_se\": true|\"use_se\": 1|blocks[1], conv: use_se is 1",
        "\"in_features\": 56|\"in_features\": 57|classifier: in_features is '57'",
        "\"final_expand_layer\"|\"last_layer\"|key 'final_expand_layer' is missing",
        "IdentityLayer|ConvLayer|shortcut: name is 'ConvLayer'",
      })
  void whatOurOperatorsAreNotIsRefusedByItsPlace(String good, String bad, String reason)
      throws IOException {
    assertThat(smallConfig()).contains(good);
    Path file = writeConfig(smallConfig().replaceFirst(good, bad));
    assertThatThrownBy(() -> OnceForAllConfig.read(file, 16))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("net.config, line ")
        .hasMessageContaining(reason)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  /** Random networks of the space at width 1.2, priced by the published table. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void aNetworkOfOnceForAllCostsWhatItsAuthorsEstimate(long seed) throws IOException {
    Path published = ReferenceData.file("tables/ofa_note10/224_lookup_table.yaml");
    LatencyTable table = YamlTable.readOnceForAll(published, "note10");
    assertThat(table.entries()).hasSize(95);
    assertThat(table.entries().keySet()).noneMatch(key -> key.contains("-input:"));
    String config = drawn(new SplittableRandom(seed));
    Network network = OnceForAllConfig.read(writeConfig(config), 224);
    double estimate = estimate(Files.readString(published), config, 224);
    assertThat(estimate).isBetween(20.0, 90.0);
    assertThat(NetworkLatency.of(network, table).latencyMillis()).isCloseTo(estimate, within(1e-9));
  }

  private static String drawn(SplittableRandom random) {
    int[] widths = {32, 48, 96, 136, 192};
    int[] strides = {2, 2, 2, 1, 2};
    StringBuilder blocks = new StringBuilder(block(24, 24, 3, 1, 1, "relu", false));
    int channels = 24;
    for (int stage = 0; stage < widths.length; stage++) {
      int depth = random.nextInt(2, 5);
      for (int cell = 0; cell < depth; cell++) {
        int ratio = new int[] {3, 4, 6}[random.nextInt(3)];
        blocks
            .append(",\n")
            .append(
                block(
                    channels,
                    widths[stage],
                    3 + 2 * random.nextInt(3),
                    cell == 0 ? strides[stage] : 1,
                    ratio,
                    stage < 2 ? "relu" : "h_swish",
                    stage == 1 || stage > 2));
        channels = widths[stage];
      }
    }
    return config(
        conv(3, 24, 3, 2, true),
        blocks.toString(),
        conv(192, 1152, 1, 1, true),
        conv(1152, 1536, 1, 1, false),
        1536,
        1000);
  }

  /** The sum that Once-for-All's code takes: a name by layer, looked up in the file as it is. */
  private static double estimate(String table, String config, int imageSize) throws IOException {
    JsonNode rows = new YAMLMapper().readTree(table);
    ObjectMapper json = new JsonMapper();
    JsonNode net = json.readTree(config);
    int side = (imageSize + 1) / 2;
    double sum =
        mean(
            rows,
            "Conv-input:%s-output:%s"
                .formatted(
                    shape(imageSize, 3),
                    shape(side, net.at("/first_conv/out_channels").intValue())));
    for (JsonNode block : net.get("blocks")) {
      JsonNode conv = block.get("conv");
      int behind = (side - 1) / conv.get("stride").intValue() + 1;
      sum +=
          mean(
              rows,
              "expanded_conv-input:%s-output:%s-expand:%d-kernel:%d-stride:%d-idskip:%d-se:%d-hs:%d"
                  .formatted(
                      shape(side, conv.get("in_channels").intValue()),
                      shape(behind, conv.get("out_channels").intValue()),
                      conv.get("mid_channels").intValue(),
                      conv.get("kernel_size").intValue(),
                      conv.get("stride").intValue(),
                      block.get("shortcut").isNull() ? 0 : 1,
                      conv.get("use_se").booleanValue() ? 1 : 0,
                      conv.get("act_func").textValue().equals("h_swish") ? 1 : 0));
      side = behind;
    }
    int in = net.at("/final_expand_layer/in_channels").intValue();
    int wide = net.at("/final_expand_layer/out_channels").intValue();
    int mixed = net.at("/feature_mix_layer/out_channels").intValue();
    int classes = net.at("/classifier/out_features").intValue();
    return sum
        + mean(rows, "Conv_1-input:%s-output:%s".formatted(shape(side, in), shape(side, wide)))
        + mean(rows, "AvgPool2D-input:%s-output:%s".formatted(shape(side, wide), shape(1, wide)))
        + mean(rows, "Conv_2-input:%s-output:%s".formatted(shape(1, wide), shape(1, mixed)))
        + mean(rows, "Logits-input:%s-output:%d".formatted(shape(1, mixed), classes));
  }

  private static String shape(int side, int channels) {
    return side + "x" + side + "x" + channels;
  }

  private static double mean(JsonNode rows, String name) {
    assertThat(rows.has(name)).as(name).isTrue();
    return rows.get(name).get("mean").doubleValue();
  }

  private Path write(String content) throws IOException {
    return Files.writeString(folder.resolve("ofa.yaml"), content);
  }

  private Path writeConfig(String content) throws IOException {
    return Files.writeString(folder.resolve("net.config"), content);
  }
}
