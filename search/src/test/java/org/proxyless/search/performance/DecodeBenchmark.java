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
import org.proxyless.search.data.DatasetOptions;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.DecodedImage;
import org.proxyless.search.data.ImageCache;
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
 * decode, scale to 224×224, move, flip and normalise; {@code tensorFlow} is a plain loop of
 * TensorFlow's DecodeJpeg on the same files, {@code oneThread} one of our decoder: both decode
 * only.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 4)
@Measurement(iterations = 8, time = 4)
public class DecodeBenchmark {
  private static final int BATCH = 32;

  /** More than a split keeps in memory. */
  private static final int IMAGES = 4_000;

  private static final int SIDE = 224;

  private Path folder;
  private List<Path> files;
  private Dataset dataset;
  private Dataset cached;
  private BatchStream batches;
  private BatchStream cachedBatches;
  private Graph graph;
  private Session session;
  private Placeholder<TString> encoded;
  private DecodeJpeg decoded;
  private int next;

  @Setup
  public void open() throws IOException {
    folder = Files.createTempDirectory("images");
    Photographs.write(folder.resolve("all"), IMAGES);
    try (Stream<Path> all = Files.walk(folder)) {
      files = all.filter(Files::isRegularFile).sorted().toList();
    }
    DatasetOptions options = DatasetOptions.NATURAL.withSize(SIDE);
    dataset = open(options);
    batches = dataset.shuffled(dataset.train()).batchSize(BATCH).open();
    cached = open(options.withCache(new ImageCache(folder.resolve("cache"), 1L << 30)));
    cachedBatches = cached.shuffled(cached.train()).batchSize(BATCH).open();
    graph = new Graph();
    Ops ops = Ops.create(graph);
    encoded = ops.placeholder(TString.class);
    decoded = ops.image.decodeJpeg(encoded, DecodeJpeg.channels(3L));
    session = new Session(graph);
  }

  private Dataset open(DatasetOptions options) {
    return Datasets.open("image-folder", Optional.of(folder.resolve("all")), options);
  }

  @TearDown
  public void close() throws IOException {
    session.close();
    graph.close();
    batches.close();
    cachedBatches.close();
    dataset.close();
    cached.close();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  private Path nextFile() {
    next = (next + 1) % files.size();
    return files.get(next);
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Batch stream() {
    return batches.next();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public Batch cachedStream() {
    return cachedBatches.next();
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void oneThread(Blackhole hole) {
    for (int i = 0; i < BATCH; i++) {
      hole.consume(DecodedImage.read(nextFile()));
    }
  }

  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void tensorFlow(Blackhole hole) throws IOException {
    for (int i = 0; i < BATCH; i++) {
      byte[] file = Files.readAllBytes(nextFile());
      try (TString text = TString.tensorOfBytes(NdArrays.scalarOfObject(file));
          Result image = session.runner().feed(encoded, text).fetch(decoded).run()) {
        hole.consume(image.get(0).numBytes());
      }
    }
  }
}
