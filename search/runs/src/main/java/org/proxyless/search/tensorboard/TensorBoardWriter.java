package org.proxyless.search.tensorboard;

import com.google.protobuf.ByteString;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.HistogramProto;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Writes what TensorBoard shows while a run goes on: {@code tensorboard --logdir RUN}. A tag is
 * {@code group/name}; what is written is in the file when a method returns.
 */
public final class TensorBoardWriter implements AutoCloseable {
  private final EventFile events;
  private final InstantSource clock;

  private TensorBoardWriter(EventFile events, InstantSource clock) {
    this.events = events;
    this.clock = clock;
  }

  /**
   * Starts a new event file; those that are in the folder stay, and TensorBoard reads them first.
   *
   * @param folder made if it is not there
   * @param clock tells when something was written
   */
  public static TensorBoardWriter open(Path folder, InstantSource clock) {
    return new TensorBoardWriter(EventFile.create(folder, clock.instant()), clock);
  }

  /**
   * Writes figures of one step.
   *
   * @param values by tag; TensorBoard keeps them as floats
   */
  public void scalars(long step, Map<String, Double> values) {
    Summary.Builder summary = Summary.newBuilder();
    values.forEach(
        (tag, value) -> summary.addValueBuilder().setTag(tag).setSimpleValue(value.floatValue()));
    write(step, summary);
  }

  /**
   * Writes a probability distribution over 0 … N − 1 as a histogram: bucket i, from i − ½ to i + ½,
   * holds probability i.
   *
   * @param probabilities one for each value, summing to 1
   */
  public void distribution(long step, String tag, double[] probabilities) {
    HistogramProto.Builder histogram =
        HistogramProto.newBuilder().setMin(-0.5).setMax(probabilities.length - 0.5).setNum(1);
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < probabilities.length; i++) {
      histogram.addBucketLimit(i + 0.5).addBucket(probabilities[i]);
      sum += i * probabilities[i];
      squares += (double) i * i * probabilities[i];
    }
    histogram.setSum(sum).setSumSquares(squares);
    Summary.Builder summary = Summary.newBuilder();
    summary.addValueBuilder().setTag(tag).setHisto(histogram);
    write(step, summary);
  }

  /** Writes a text in Markdown. */
  public void text(long step, String tag, String markdown) {
    SummaryMetadata.PluginData text =
        SummaryMetadata.PluginData.newBuilder().setPluginName("text").build();
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setDtype(DataType.DT_STRING)
            .setTensorShape(TensorShapeProto.getDefaultInstance())
            .addStringVal(ByteString.copyFromUtf8(markdown));
    Summary.Builder summary = Summary.newBuilder();
    summary
        .addValueBuilder()
        .setTag(tag)
        .setMetadata(SummaryMetadata.newBuilder().setPluginData(text))
        .setTensor(tensor);
    write(step, summary);
  }

  private void write(long step, Summary.Builder summary) {
    Instant now = clock.instant();
    events.append(
        Event.newBuilder()
            .setWallTime(EventFile.seconds(now))
            .setStep(step)
            .setSummary(summary)
            .build());
  }

  @Override
  public void close() {
    events.close();
  }
}
