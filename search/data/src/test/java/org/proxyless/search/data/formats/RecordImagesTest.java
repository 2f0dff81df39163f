package org.proxyless.search.data.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.ImageFiles;
import org.proxyless.search.data.proto.Examples.BytesList;
import org.proxyless.search.data.proto.Examples.Example;
import org.proxyless.search.data.proto.Examples.Feature;
import org.proxyless.search.data.proto.Examples.Features;
import org.proxyless.search.data.proto.Examples.Int64List;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.RecordFeatures;

class RecordImagesTest {
  private static final int[] COLOURS = {0xc00000, 0x0000c0};

  @TempDir Path folder;

  private Dataset open(Path place, DatasetOptions options) {
    return Datasets.open("tfrecord", Optional.of(place), options);
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertRefused() {
    return assertThatThrownBy(() -> open(folder, DatasetOptions.NATURAL).close())
        .isInstanceOf(InvalidInputException.class)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }

  private static byte[] example(byte[] image, String imageName, long label, String labelName) {
    Feature encoded =
        Feature.newBuilder()
            .setBytesList(BytesList.newBuilder().addValue(ByteString.copyFrom(image)))
            .build();
    Feature number =
        Feature.newBuilder().setInt64List(Int64List.newBuilder().addValue(label)).build();
    Features features =
        Features.newBuilder().putFeature(imageName, encoded).putFeature(labelName, number).build();
    return Example.newBuilder().setFeatures(features).build().toByteArray();
  }

  private static byte[] record(byte[] data) {
    ByteBuffer length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length);
    return ByteBuffer.allocate(data.length + 16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(length.array())
        .putInt(RecordFile.masked(length.array(), 8))
        .put(data)
        .putInt(RecordFile.masked(data, data.length))
        .array();
  }

  /** As many examples, of labels {@code first} and {@code first + 1} in turn. */
  private static byte[] records(int count, long first) {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < count; i++) {
      byte[] image = ImageFiles.plain(i % 3 == 0 ? "jpg" : "png", 6, 5, COLOURS[i % 2]);
      file.writeBytes(record(example(image, "image/encoded", first + i % 2, "image/class/label")));
    }
    return file.toByteArray();
  }

  private void writeShards(boolean gzipped) {
    for (int shard = 0; shard < 3; shard++) {
      byte[] train = records(8, 1);
      ImageFiles.write(
          folder.resolve("train-0000%d-of-00003".formatted(shard)),
          gzipped ? ImageFiles.gzipped(train) : train);
    }
    ImageFiles.write(folder.resolve("validation-00000-of-00001"), records(6, 1));
  }

  @Test
  void theChecksumIsThatOfTheFormat() {
    // The header of a record of 16 bytes, as TensorFlow writes it.
    byte[] length = {16, 0, 0, 0, 0, 0, 0, 0};
    byte[] header = record(new byte[16]);
    assertThat(ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt(8))
        .isEqualTo(RecordFile.masked(length, 8));
    // CRC-32C of "123456789" is 0xe3069283.
    int crc = 0xe3069283;
    assertThat(RecordFile.masked("123456789".getBytes(), 9))
        .isEqualTo((crc >>> 15 | crc << 17) + 0xa282ead8);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shardsAreReadInTheirOrder(boolean gzipped) {
    writeShards(gzipped);
    try (Dataset data = open(folder, DatasetOptions.NATURAL)) {
      assertThat(data.shape()).isEqualTo(new Shape(6, 5, 3));
      assertThat(data.classNames()).containsExactly("1", "2");
      assertThat(data.trainAndValidation().classCounts()).containsExactly(12, 12);
      assertThat(data.test().classCounts()).containsExactly(3, 3);
      assertThat(data.found().get(0)).contains("6 for the test (the data's for validation");
      byte[] pixels = new byte[90];
      for (int position = 0; position < data.train().size(); position++) {
        data.train().read(position, pixels);
        int channel = data.train().label(position) == 0 ? 0 : 2;
        assertThat(Byte.toUnsignedInt(pixels[channel])).isBetween(0xb8, 0xc8);
      }
    }
  }

  @Test
  void otherNamesOfFeaturesCanBeGivenAndClassesNamed() {
    byte[] image = ImageFiles.plain("png", 6, 5, 0);
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    for (int i = 0; i < 20; i++) {
      file.writeBytes(record(example(image, "image", i % 2, "label")));
    }
    Path one = folder.resolve("all.tfrecord");
    ImageFiles.write(one, file.toByteArray());
    ImageFiles.write(folder.resolve("classes.txt"), "cat\ndog\n".getBytes());
    assertRefused()
        .hasMessageContaining("record 0 of " + one + " has no feature 'image/encoded'")
        .hasMessageContaining("it has [image, label]. Name the right one (--image-feature NAME)");
    DatasetOptions named =
        DatasetOptions.NATURAL.withFeatures(new RecordFeatures("image", "label"));
    try (Dataset data = open(one, named)) {
      assertThat(data.classNames()).containsExactly("cat", "dog");
      assertThat(data.test().size()).isEqualTo(4);
    }
  }

  @Test
  void aMissingShardIsNamed() {
    writeShards(false);
    folder.resolve("train-00001-of-00003").toFile().delete();
    assertRefused().hasMessageContaining("train-00001-of-00003 is missing");
  }

  @Test
  void aTruncatedFileIsRefused() {
    byte[] whole = records(8, 0);
    ImageFiles.write(folder.resolve("train.tfrecord"), Arrays.copyOf(whole, whole.length - 9));
    assertRefused().hasMessageContaining("train.tfrecord is truncated: record 7 needs");
  }

  @Test
  void wrongChecksumsAreRefused() {
    byte[] damaged = records(8, 0);
    damaged[damaged.length - 20]++;
    ImageFiles.write(folder.resolve("train.tfrecord"), damaged);
    assertRefused().hasMessageContaining("the checksum of record 7, at byte");
    ImageFiles.write(folder.resolve("train.tfrecord"), new byte[100]);
    assertRefused().hasMessageContaining("is no TFRecord file or is damaged: the checksum");
  }

  @Test
  void labelsOutOfRangeAreRefused() {
    writeShards(false);
    ImageFiles.write(folder.resolve("test.tfrecord"), records(2, 2));
    assertRefused()
        .hasMessageContaining("test.tfrecord: label 3 of image 1 is out of range")
        .hasMessageContaining("2 different labels from 1 to 2");
    ImageFiles.write(folder.resolve("classes.txt"), "cat\ndog\n".getBytes());
    assertRefused().hasMessageContaining("label 2 of image 1").hasMessageContaining("from 0 to 1");
  }

  @Test
  void whatIsNoExampleOrNoImageIsRefused() {
    ImageFiles.write(folder.resolve("train.tfrecord"), record(new byte[] {-1, -1, -1}));
    assertRefused().hasMessageContaining("record 0 of").hasMessageContaining("no tf.train.Example");
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(records(9, 0));
    file.writeBytes(record(example(new byte[5], "image/encoded", 0, "image/class/label")));
    ImageFiles.write(folder.resolve("train.tfrecord"), file.toByteArray());
    assertRefused().hasMessageContaining("record 9 of").hasMessageContaining("it is no JPEG");
    try (Dataset data = open(folder, DatasetOptions.NATURAL.withSkipUnreadable(true))) {
      assertThat(data.train().size() + data.validation().size() + data.test().size()).isEqualTo(9);
    }
  }

  @Test
  void aFolderWithoutFilesForTrainingIsRefused() {
    assertRefused().hasMessageContaining("has no TFRecord files for training");
  }
}
