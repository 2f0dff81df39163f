package org.proxyless.devices.lite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.proxyless.devices.DeviceProfile.Precision;
import org.proxyless.devices.format.Footprint;
import org.proxyless.devices.format.FootprintModel;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;

class LiteFootprintsTest {
  @ParameterizedTest
  @EnumSource(Precision.class)
  void aFileIsAsLargeAsItIsToldToBe(Precision precision) {
    LiteFiles files = new LiteFiles(precision);
    FootprintModel model = files.format().footprints().orElseThrow();
    for (Network network : List.of(Samples.network(), Samples.severed())) {
      List<String> classNames =
          IntStream.range(0, network.classes()).mapToObj(i -> "class " + i).toList();
      Footprint footprint = model.of(network, classNames);
      assertThat(footprint.fileBytes())
          .isEqualTo(files.network(network, new SplittableRandom(1)).length);
    }
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void operatorsBoundWhatNetworksTake(Precision precision) {
    FootprintModel model = new LiteFiles(precision).format().footprints().orElseThrow();
    Network network = Samples.network();
    Footprint footprint = model.of(network, Samples.CLASSES);
    for (Operator operator : network.operators()) {
      assertThat(model.leastMemoryBytes(operator)).isLessThanOrEqualTo(footprint.peakMemoryBytes());
    }
    assertThat(network.operators().stream().mapToLong(model::fileBytes).sum())
        .isBetween(footprint.fileBytes() / 2, footprint.fileBytes());
  }

  @ParameterizedTest
  @EnumSource(Precision.class)
  void float16WeightsAreUnpackedInMemory(Precision precision) {
    FootprintModel model = new LiteFiles(precision).format().footprints().orElseThrow();
    FootprintModel floats = new Float32Format().footprints().orElseThrow();
    long bytes = model.of(Samples.network(), Samples.CLASSES).peakMemoryBytes();
    long floatBytes = floats.of(Samples.network(), Samples.CLASSES).peakMemoryBytes();
    switch (precision) {
      case FLOAT32 -> assertThat(bytes).isEqualTo(floatBytes);
      case FLOAT16 -> assertThat(bytes).isGreaterThan(floatBytes);
      case INT8 -> assertThat(bytes).isBetween(floatBytes / 4, floatBytes / 2);
    }
  }
}
