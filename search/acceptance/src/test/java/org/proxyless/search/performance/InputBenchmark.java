package org.proxyless.search.performance;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.proxyless.search.data.Batch;
import org.proxyless.search.data.BatchStream;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.supernet.Supernet;

/**
 * Weight steps fed from JPEG files, decoded, cropped and flipped as they are read: the benchmark's
 * score is wait and step together, {@link Parts} says how much of it was waiting for the batch.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
@Warmup(iterations = 4)
@Measurement(iterations = 40)
public class InputBenchmark {
  private static final int IMAGES_A_CLASS = 100;

  private Path folder;
  private Dataset dataset;
  private BatchStream batches;
  private Supernet supernet;
  private RecordedPaths paths;
  private int turn;

  /** The parts of a step. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.EVENTS)
  public static class Parts {
    /** Waiting for the batch. */
    public double waitMillis;

    /** The step itself, with a batch in hand. */
    public double stepMillis;
  }

  @Setup
  public void open(Workload workload) throws IOException {
    folder = Files.createTempDirectory("images");
    writeImages(folder.resolve("train"), workload.resolution);
    dataset =
        Datasets.open(
            "image-folder",
            Optional.of(folder),
            DatasetOptions.NATURAL.withSize(workload.resolution));
    batches = dataset.shuffled(dataset.train()).batchSize(workload.batch).open();
    supernet = workload.supernet();
    paths = workload.recordedPaths();
  }

  private static void writeImages(Path folder, int resolution) throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    for (int label = 0; label < Workload.CLASSES; label++) {
      Path ofClass = Files.createDirectories(folder.resolve("class" + label));
      for (int i = 0; i < IMAGES_A_CLASS; i++) {
        BufferedImage image = new BufferedImage(resolution, resolution, BufferedImage.TYPE_INT_RGB);
        for (int pixel = 0; pixel < resolution * resolution; pixel++) {
          image.setRGB(pixel % resolution, pixel / resolution, random.nextInt(1 << 24));
        }
        ImageIO.write(image, "jpg", ofClass.resolve(i + ".jpg").toFile());
      }
    }
  }

  @TearDown
  public void close() throws IOException {
    supernet.close();
    batches.close();
    dataset.close();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  public void waitAndStep(Parts parts) {
    turn++;
    int[] path = paths.active(turn);
    long start = System.nanoTime();
    Batch batch = batches.next();
    long ready = System.nanoTime();
    supernet.trainWeights(path, batch, Workload.LEARNING_RATE);
    parts.waitMillis = (ready - start) / 1e6;
    parts.stepMillis = (System.nanoTime() - ready) / 1e6;
  }
}
