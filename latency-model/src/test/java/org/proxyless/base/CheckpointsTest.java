package org.proxyless.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointsTest {
  @TempDir Path folder;

  private final List<String> warnings = new ArrayList<>();
  private Checkpoints checkpoints;

  @BeforeEach
  void open() {
    checkpoints = new Checkpoints(folder.resolve("checkpoints"));
  }

  private static State state(long step) {
    return new State()
        .put("step", step)
        .put("label", "schön, × and 日本")
        .put("numbers", 1 / 3.0, Double.NaN, -0.0, Double.MIN_VALUE)
        .put("nothing", new double[0])
        .put("weights", new float[] {0.1f * step, -0f, Float.MIN_VALUE, Float.MAX_VALUE});
  }

  private long newestStep() {
    return checkpoints.newest(warnings::add).orElseThrow().number("step");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("checkpoints"))) {
      return files.sorted().toList();
    }
  }

  @Test
  void aStateComesBackToTheLastBit() {
    checkpoints.write(state(7));
    State read = checkpoints.newest(warnings::add).orElseThrow();
    State expected = state(7);
    assertThat(read.texts()).isEqualTo(expected.texts());
    assertThat(read.numbers().keySet()).isEqualTo(expected.numbers().keySet());
    expected.numbers().forEach((name, values) -> assertSameBits(read.numbers(name), values));
    assertThat(read.tensorsBelow("weights").get(""))
        .containsExactly(state(7).tensors().get("weights"));
    assertThat(warnings).isEmpty();
  }

  private static void assertSameBits(double[] values, double[] expected) {
    assertThat(Arrays.stream(values).mapToLong(Double::doubleToRawLongBits).toArray())
        .isEqualTo(Arrays.stream(expected).mapToLong(Double::doubleToRawLongBits).toArray());
  }

  @Test
  void theLastThreeAreKept() throws IOException {
    assertThat(checkpoints.newest(warnings::add)).isEmpty();
    assertThat(checkpoints.areThere()).isFalse();
    for (int step = 1; step <= 5; step++) {
      checkpoints.write(state(step));
      assertThat(newestStep()).isEqualTo(step);
    }
    assertThat(files().stream().map(file -> file.getFileName().toString()))
        .containsExactly("00000003.checkpoint", "00000004.checkpoint", "00000005.checkpoint");
    checkpoints.clear();
    assertThat(folder.resolve("checkpoints")).doesNotExist();
  }

  @Test
  void whateverBitIsFlippedTheOneBeforeTakesItsPlace() throws IOException {
    checkpoints.write(state(1));
    checkpoints.write(state(2));
    Path newest = files().get(1);
    byte[] whole = Files.readAllBytes(newest);
    for (int bit = 0; bit < 8 * whole.length; bit += 5) { // 5 and 8 have no common factor
      byte[] flipped = whole.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(newest, flipped);
      warnings.clear();
      assertThat(newestStep()).as("bit " + bit).isEqualTo(1);
      assertThat(warnings).hasSize(1);
      assertThat(warnings.get(0)).contains(newest + " is damaged", "the one before");
    }
  }

  @Test
  void whereverItIsCutOffTheOneBeforeTakesItsPlace() throws IOException {
    checkpoints.write(state(1));
    checkpoints.write(state(2));
    Path newest = files().get(1);
    byte[] whole = Files.readAllBytes(newest);
    for (int length = 0; length < whole.length; length++) {
      Files.write(newest, Arrays.copyOf(whole, length));
      assertThat(newestStep()).as("%d bytes", length).isEqualTo(1);
    }
    Files.write(newest, Arrays.copyOf(whole, whole.length + 1));
    assertThat(newestStep()).isEqualTo(1);
    Files.write(newest, whole);
    assertThat(newestStep()).isEqualTo(2);
  }

  @Test
  void whereAllAreDamagedThereIsNothingToGoOnFrom() throws IOException {
    checkpoints.write(state(1));
    checkpoints.write(state(2));
    for (Path file : files()) {
      Files.write(file, new byte[100]);
    }
    assertThatThrownBy(() -> checkpoints.newest(warnings::add))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("all 2 checkpoints");
  }

  @Test
  void aLaterVersionIsRefusedAndNotTakenForDamage() throws Exception {
    checkpoints.write(state(1));
    Path file = files().get(0);
    byte[] content = Files.readAllBytes(file);
    ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN).putInt(8, 2);
    var digest = CheckpointFile.sha256();
    digest.update(content, 0, content.length - 32);
    System.arraycopy(digest.digest(), 0, content, content.length - 32, 32);
    Files.write(file, content);
    assertThatThrownBy(() -> checkpoints.newest(warnings::add))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("version 2");
  }

  @Test
  void aStateThatIsNotFiniteIsNeverWrittenAndThoseBeforeStay() throws IOException {
    checkpoints.write(state(1));
    for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
      State diverged = state(2).put("more", new float[] {1, bad});
      assertThatThrownBy(() -> checkpoints.write(diverged)).hasMessageContaining("more");
    }
    assertThat(files()).hasSize(1);
    assertThat(newestStep()).isEqualTo(1);
  }

  @Test
  void aGeneratorGoesOnFromItsState() {
    SavedRandom random = SavedRandom.of(5, 1);
    random.nextGaussian();
    SavedRandom other = SavedRandom.of(6, 0);
    other.restore(random.state());
    for (int i = 0; i < 100; i++) {
      assertThat(other.nextDouble()).isEqualTo(random.nextDouble());
    }
    assertThat(SavedRandom.of(5, 1).nextLong()).isNotEqualTo(SavedRandom.of(5, 2).nextLong());
  }
}
