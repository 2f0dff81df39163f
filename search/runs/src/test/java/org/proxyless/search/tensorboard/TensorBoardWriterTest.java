package org.proxyless.search.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.proxyless.search.fixtures.RecordReader;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.data.Iterator;
import org.tensorflow.op.data.MakeIterator;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;
import org.tensorflow.types.TString;
import org.tensorflow.types.family.TType;

class TensorBoardWriterTest {
  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-03-04T12:00:00.25Z"));

  @TempDir Path folder;

  @Test
  void theReadersChecksumIsTheOneOfTheStandard() {
    // RFC 3720, B.4: 32 zeros; and the customary "123456789".
    assertThat(RecordReader.crc32c(new byte[32])).isEqualTo(0x8a9136aaL);
    assertThat(RecordReader.crc32c("123456789".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo(0xe3069283L);
  }

  @Test
  void anIndependentReaderFindsEveryFigure() throws IOException {
    write();
    List<Event> events = events(RecordReader.read(file()));
    assertThat(events).hasSize(4);
    assertThat(events.get(0).getFileVersion()).isEqualTo("brain.Event:2");
    assertThat(events.get(1).getStep()).isEqualTo(7);
    assertThat(events.get(1).getWallTime()).isEqualTo(1772625600.25);
    Summary.Value loss = events.get(1).getSummary().getValue(0);
    assertThat(loss.getTag()).isEqualTo("search/loss");
    assertThat(loss.getSimpleValue()).isEqualTo(1.25f);
    HistogramProto edge = events.get(2).getSummary().getValue(0).getHisto();
    assertThat(edge.getBucketList()).containsExactly(0.25, 0.5, 0.25);
    assertThat(edge.getBucketLimitList()).containsExactly(0.5, 1.5, 2.5);
    assertThat(edge.getSum()).isCloseTo(1, within(1e-12));
    assertThat(edge.getSumSquares()).isCloseTo(1.5, within(1e-12));
    Summary.Value text = events.get(3).getSummary().getValue(0);
    assertThat(text.getMetadata().getPluginData().getPluginName()).isEqualTo("text");
    assertThat(text.getTensor().getStringVal(0).toStringUtf8()).isEqualTo("| Kernel 3×3 |");
  }

  @Test
  void tensorFlowsOwnReaderFindsTheSameRecords() throws IOException {
    write();
    assertThat(readByTensorFlow(file())).containsExactlyElementsOf(RecordReader.read(file()));
  }

  @Test
  void aFlippedBitIsNoticedByBothReaders() throws IOException {
    write();
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length / 2] ^= 4;
    Files.write(file(), bytes);
    assertThatThrownBy(() -> RecordReader.read(file())).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> readByTensorFlow(file())).hasMessageContaining("corrupted record");
  }

  @Test
  void whatWasWrittenIsInTheFileBeforeItIsClosed() throws IOException {
    try (TensorBoardWriter writer = TensorBoardWriter.open(folder, NOON)) {
      for (int step = 0; step < 5; step++) {
        writer.scalars(step, Map.of("search/loss", 1.0));
        assertThat(RecordReader.read(file())).hasSize(step + 2);
      }
    }
  }

  @Test
  void aRunThatGoesOnInTheSameSecondGetsAFileOfItsOwn() throws IOException {
    write();
    write();
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files)
          .hasSize(2)
          .allMatch(
              file -> file.getFileName().toString().startsWith("events.out.tfevents.1772625600."));
    }
  }

  private void write() {
    try (TensorBoardWriter writer = TensorBoardWriter.open(folder, NOON)) {
      writer.scalars(7, Map.of("search/loss", 1.25));
      writer.distribution(8, "probabilities/stage1.1", new double[] {0.25, 0.5, 0.25});
      writer.text(0, "candidates", "| Kernel 3×3 |");
    }
  }

  private Path file() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.findFirst().orElseThrow();
    }
  }

  private static List<Event> events(List<byte[]> records) throws IOException {
    List<Event> events = new ArrayList<>();
    for (byte[] record : records) {
      events.add(Event.parseFrom(record));
    }
    return events;
  }

  private static List<byte[]> readByTensorFlow(Path file) {
    List<byte[]> records = new ArrayList<>();
    try (Graph graph = new Graph()) {
      Ops tf = Ops.create(graph);
      // Not tf.data.tfRecordDataset: TensorFlow 2.18 forgets the last input of its second version.
      Operation dataset =
          tf.scope()
              .opBuilder("TFRecordDataset", "records")
              .addInput(tf.constant(file.toString()).asOutput())
              .addInput(tf.constant("").asOutput())
              .addInput(tf.constant(0L).asOutput())
              .build();
      Iterator iterator = tf.data.iterator("", "", List.of(TString.class), List.of(Shape.scalar()));
      MakeIterator make = tf.data.makeIterator(dataset.<TType>output(0), iterator);
      var next = tf.data.iteratorGetNext(iterator, List.of(TString.class), List.of(Shape.scalar()));
      // After the first tensor: a session that comes before makes TensorFlow hand out empty tensors
      // without memory where TF_CPU_ALLOCATOR_USE_BFC is set, which its Java part cannot read.
      try (Session session = new Session(graph)) {
        session.runner().addTarget(make.op()).run().close();
        while (true) {
          try (Result result = session.runner().fetch(next.op().output(0)).run()) {
            records.add(((TString) result.get(0)).asBytes().getObject());
          } catch (TFOutOfRangeException e) {
            return records; // the end of the data set
          }
        }
      }
    }
  }
}
