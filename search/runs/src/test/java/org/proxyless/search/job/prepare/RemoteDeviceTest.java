package org.proxyless.search.job.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.devices.MachineFingerprint;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.latency.choice.OperatorChoice;
import org.proxyless.latency.choice.PathSampler;
import org.proxyless.network.Shape;
import org.proxyless.search.run.progress.Progress;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.strategy.TargetProjection;

class RemoteDeviceTest {
  @TempDir Path folder;
  private final DeviceProfile pixel = DeviceProfiles.load("pixel1");
  private final TableSource tables =
      new TableSource(Progress.onStandardError(Progress.Verbosity.QUIET));

  @Test
  void thePhoneThatShipsPricesItsSpaceAsPredictedOnly() {
    SearchSpace space = SearchSpaces.load("proxyless-mobile", 1, null, null);
    PricedSpace priced = tables.ofRemote(space, pixel, DeviceProfiles.table("pixel1"));
    assertThat(priced.here()).isFalse();
    assertThat(priced.table().isVerified()).isFalse();
    assertThat(priced.latency().minMillis()).isCloseTo(30.9361, within(5e-5));
    assertThat(priced.latency().maxMillis()).isCloseTo(209.1116, within(5e-5));
  }

  @Test
  void aTargetIsMetAlthoughManyTermsAreNegative() {
    SearchSpace space = SearchSpaces.load("proxyless-mobile", 1, null, null);
    SpaceLatency latency = tables.ofRemote(space, pixel, DeviceProfiles.table("pixel1")).latency();
    SplittableRandom random = new SplittableRandom(3);
    double[][] alphas = latency.operatorMillis();
    for (double[] edge : alphas) {
      Arrays.setAll(edge, i -> random.nextGaussian());
    }
    assertThat(latency.expectedMillis(softmax(alphas))).isGreaterThan(60);
    new TargetProjection(latency, 60).project(alphas);
    assertThat(latency.expectedMillis(softmax(alphas))).isCloseTo(60, within(1e-6));
    assertThat(latency.latencyMillis(OperatorChoice.best(alphas, latency, 60)))
        .isBetween(latency.minMillis(), 60.0);
    PathSampler sampler = PathSampler.within(latency, 58, 60);
    for (int i = 0; i < 50; i++) {
      assertThat(latency.latencyMillis(sampler.draw(random))).isBetween(58.0, 60.0);
    }
  }

  @Test
  void otherDataThanImageNetIsPricedToo() {
    SearchSpace space = SearchSpaces.load("proxyless-mobile", 1, new Shape(224, 224, 1), 10);
    assertThat(tables.ofRemote(space, pixel, DeviceProfiles.table("pixel1")).latency().edges())
        .isEqualTo(21);
  }

  @Test
  void anotherSpaceOrInputSizeIsRefused() {
    SearchSpace narrow = SearchSpaces.load("proxyless-imagenet", 1, null, null);
    SearchSpace small = SearchSpaces.load("proxyless-mobile", 1, new Shape(32, 32, 3), 10);
    for (SearchSpace space : new SearchSpace[] {narrow, small}) {
      PricedSpace priced = tables.ofRemote(space, pixel, DeviceProfiles.table("pixel1"));
      assertThatThrownBy(priced::latency)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("no entry for operator '@");
    }
  }

  @Test
  void nothingIsMeasuredOnIt() {
    assertThatThrownBy(() -> MachineFingerprint.of(pixel))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'pixel1' is not here");
  }

  @Test
  void aUsersOwnPhoneHasItsTableBesideItsProfile() throws IOException {
    Path profile = folder.resolve("my phone.yaml");
    String text = "kind: remote\nruntime: tflite\nthreads: 1\nbatch: 1\nprecision: float32\n";
    Files.writeString(profile, "name: mine\ntable: a table.json\n" + text);
    var table = LatencyTables.read(DeviceProfiles.table("pixel1"));
    LatencyTables.write(table, folder.resolve("a table.json"));
    assertThat(LatencyTables.read(DeviceProfiles.table(profile.toString()))).isEqualTo(table);
    SearchSpace space = SearchSpaces.load("proxyless-mobile", 1, null, null);
    DeviceProfile mine = DeviceProfiles.load(profile.toString());
    assertThatThrownBy(() -> tables.read(folder.resolve("a table.json"), space, mine, false))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("is of device 'pixel1', not of 'mine'");
    Files.writeString(profile, "name: mine\n" + text);
    assertThatThrownBy(() -> DeviceProfiles.load(profile.toString()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("key 'table'");
  }

  private static double[][] softmax(double[][] alphas) {
    double[][] p = new double[alphas.length][];
    for (int edge = 0; edge < p.length; edge++) {
      double sum = Arrays.stream(alphas[edge]).map(Math::exp).sum();
      p[edge] = Arrays.stream(alphas[edge]).map(a -> Math.exp(a) / sum).toArray();
    }
    return p;
  }
}
