package org.proxyless.latency.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

class ProxylessNasConfigTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "proxyless_mobile.config, 320.4, 4.08",
    "proxyless_cpu.config, 439.2, 4.36",
    "proxyless_gpu.config, 465.3, 7.12",
    "proxyless_mobile_14.config, 580.9, 6.86",
  })
  void thePublishedNetworksHaveThePublishedSizes(String file, double macs, double parameters) {
    Path config = ReferenceData.file("tables/proxylessnas/" + file);
    Network network = ProxylessNasConfig.read(config, 224);
    assertThat(network.macs() / 1e6).isCloseTo(macs, within(0.05));
    assertThat(network.parameters() / 1e6).isCloseTo(parameters, within(0.005));
    assertThat(network.classes()).isEqualTo(1000);
  }

  @Test
  void everyKindOfBlockIsRead() throws Exception {
    assertThat(ProxylessNasConfig.read(fixture(), 16).operators())
        .containsExactly(
            new Operator(new Conv(3), new Shape(16, 16, 3), 8, 2, false),
            new Operator(new MBConv(3, 1), new Shape(8, 8, 8), 4, 1, false),
            new Operator(new MBConv(5, 6), new Shape(8, 8, 4), 12, 2, false),
            new Operator(new MBConv(7, 3), new Shape(4, 4, 12), 12, 1, true),
            new Operator(new Zero(), new Shape(4, 4, 12), 12, 1, true),
            new Operator(new Conv(1), new Shape(4, 4, 12), 20, 1, false),
            new Operator(new Classifier(), new Shape(4, 4, 20), 5, 1, false));
  }

  @Test
  void aNetworkThatIsWrittenReadsBackTheSame() throws Exception {
    Network network = ProxylessNasConfig.read(fixture(), 16);
    Path file = folder.resolve("net.config");
    ProxylessNasConfig.write(network, file);
    assertThat(ProxylessNasConfig.read(file, 16).operators()).isEqualTo(network.operators());
  }

  @ParameterizedTest
  @ValueSource(strings = {"mobile", "cpu", "gpu", "mobile_14"})
  void aPublishedNetworkIsWrittenAsItWasPublished(String name) throws IOException {
    Path published = ReferenceData.file("tables/proxylessnas/proxyless_" + name + ".config");
    Path file = folder.resolve("net.config");
    ProxylessNasConfig.write(ProxylessNasConfig.read(published, 224), file);
    ObjectMapper json = new ObjectMapper();
    assertThat(json.readTree(file.toFile())).isEqualTo(json.readTree(published.toFile()));
  }

  @Test
  void aNetworkThatTheirCodeHasNoFormForIsRefused() {
    Operator stem = new Operator(new Conv(3), new Shape(8, 8, 3), 4, 1, false);
    Operator head = new Operator(new Classifier(), new Shape(8, 8, 4), 5, 1, false);
    Operator plain = new Operator(new Conv(3), new Shape(8, 8, 4), 4, 1, false);
    Path file = folder.resolve("net.config");
    for (Network network :
        List.of(
            new Network("short", List.of(stem, plain, head)),
            new Network("plain", List.of(stem, plain, plain, head)),
            new Network("headless", List.of(stem, plain, plain, plain)))) {
      assertThatThrownBy(() -> ProxylessNasConfig.write(network, file))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("'" + network.name() + "' has no ProxylessNAS form");
    }
    assertThat(file).doesNotExist();
  }

  @Test
  void whatOurOperatorsAreNotIsRefusedByItsPlace() throws Exception {
    assertRefused("\"kernel_size\": 5", "\"kernel_size\": 4", "blocks[1]", "odd");
    assertRefused("MBInvertedConvLayer", "SEConvLayer", "blocks[0]", "SEConvLayer");
    assertRefused("\"in_channels\": 4,", "\"in_channels\": 6,", "blocks[1]", "6");
    assertRefused("\"relu6\"", "\"h_swish\"", "first_conv", "h_swish");
    assertRefused("\"in_features\": 20", "\"in_features\": 21", "classifier", "21");
    assertRefused("ProxylessNASNets", "MobileNetV3", "name", "MobileNetV3");
    assertRefused("\"first_conv\"", "\"second_conv\"", "first_conv", "missing");
    assertRefused("\"expand_ratio\": 6", "\"expand_ratio\": \"6\"", "expand_ratio", "whole");
  }

  private void assertRefused(String good, String bad, String place, String reason)
      throws IOException, URISyntaxException {
    String content = Files.readString(fixture());
    assertThat(content).contains(good);
    Path file = Files.writeString(folder.resolve("bad.config"), content.replace(good, bad));
    assertThatThrownBy(() -> ProxylessNasConfig.read(file, 16))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("bad.config")
        .hasMessageContaining(place)
        .hasMessageContaining(reason);
  }

  private static Path fixture() throws URISyntaxException {
    return Path.of(ProxylessNasConfigTest.class.getResource("proxylessnas.config").toURI());
  }
}
