package org.proxyless.search.performance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.image.DecodedImage;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.ImageCache;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.image.DecodeJpeg;
import org.tensorflow.types.TString;

/**
 * Images a second out of JPEG files of 500×375 pixels: {@code stream} and {@code cachedStream}
 * decode (or read what was decoded), scale to 224×224, move, flip and normalise; {@code tensorFlow}
 * is a plain loop of TensorFlow's DecodeJpeg on the same files, {@code oneThread} one of our
 * decoder: both decode only.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 6, time = 4)
public class DecodeBenchmark {
  private static final int BATCH = 32;

  /** More than a split keeps in memory. */
  private static final int IMAGES = 1_500;

  private static final int SIDE = 224;

  /** The files, in turn. */
  @State(Scope.Benchmark)
  public static class Photos {
    private Path folder;
    private List<Path> files;
    private int next;

    @Setup
    public void write() throws IOException {
      folder = Files.createTempDirectory("images");
      Photographs.write(folder.resolve("all"), IMAGES);
      try (Stream<Path> all = Files.walk(folder)) {
        files = all.filter(Files::isRegularFile).sorted().toList();
      }
    }

    Dataset open(DatasetOptions options) {
      return Datasets.open("image-folder", Optional.of(folder.resolve("all")), options);
    }

    Path next() {
      next = (next + 1) % files.size();
      return files.get(next);
    }

    @TearDown
    public void delete() throws IOException {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  /** Batches that are decoded. */
  @State(Scope.Benchmark)
  public static class Decoded {
    private Dataset dataset;
    private BatchStream batches;

    @Setup
    public void open(Photos photos) {
      dataset = photos.open(DatasetOptions.NATURAL.withSize(SIDE));
      batches = dataset.shuffled(dataset.train()).batchSize(BATCH).open();
    }

    @TearDown
    public void close() {
      batches.close();
      dataset.close();
    }
  }

  /** Batches that were decoded before. */
  @State(Scope.Benchmark)
  public static class Cached {
    private Dataset dataset;
    private BatchStream batches;

    @Setup
    public void open(Photos photos) {
      ImageCache cache = new ImageCache(photos.folder.resolve("cache"), 1L << 30);
      dataset = photos.open(DatasetOptions.NATURAL.withSize(SIDE).withCache(cache));
      batches = dataset.shuffled(dataset.train()).batchSize(BATCH).open();
      for (int image = 0; image < dataset.train().size(); image += BATCH) {
        batches.next();
      }
    }

    @TearDown
    public void close() {
      batches.close();
      dataset.close();
    }
  }

  /** A graph of one decoder. */
  @State(Scope.Benchmark)
  public static class Decoder {
    private Graph graph;
    private Session session;
    private Placeholder<TString> encoded;
    private DecodeJpeg decoded;

    @Setup
    public void build() {
      graph = new Graph();
      Ops ops = Ops.create(graph);
      encoded = ops.placeholder(TString.class);
      decoded = ops.image.decodeJpeg(encoded, DecodeJpeg.channels(3L));
      session = new Session(graph);
    }

    @TearDown
    public void close() {
      session.close();
      graph.close();
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Batch stream(Decoded data) {
    return data.batches.next();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Batch cachedStream(Cached data) {
    return data.batches.next();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void oneThread(Photos photos, Blackhole hole) {
    for (int i = 0; i < BATCH; i++) {
      hole.consume(DecodedImage.read(photos.next()));
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void tensorFlow(Photos photos, Decoder decoder, Blackhole hole) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      byte[] file = Files.readAllBytes(photos.next());
      try (TString text = TString.tensorOfBytes(NdArrays.scalarOfObject(file));
          Result image =
              decoder.session.runner().feed(decoder.encoded, text).fetch(decoder.decoded).run()) {
        hole.consume(image.get(0).numBytes());
      }
    }
  }
}
