package org.proxyless.samples;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkFile;
import org.proxyless.search.data.Dataset;
import org.proxyless.search.data.Datasets;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.job.revisit.ImageClassifier;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.RunSummary;

/** Lesson 7: what is in the directory of a finished run. docs/runs.md tells of all files. */
public final class Sample07ReadAResult {
  private Sample07ReadAResult() {}

  /** Searches as lesson 3 does, in the folder of the first argument, and reads the outcome. */
  public static void main(String[] args) throws IOException {
    Path folder = Lesson.folder(args);
    read(Sample03Search.search(folder).runDirectory(), folder.resolve("image.png"));
  }

  static String read(Path run, Path image) throws IOException {
    // Figures, as `runs list` has them; what there is none of is null. provenance.json has more.
    RunSummary summary = RunSummary.of(run);
    System.out.printf("%s, target %.3f ms%n", summary.state(), summary.targetMillis());
    System.out.printf("accuracy %.1f %%%n", 100 * summary.testAccuracy());

    // The network, and the table that it was searched by: enough to price it again.
    Network network = NetworkFile.read(run.resolve("network.json"));
    var table = LatencyTables.read(run.resolve(RunDirectory.TABLE));
    double millis = NetworkLatency.of(network, table).latencyMillis();
    System.out.printf("%d operators, %.3f ms%n", network.operators().size(), millis);

    // An image file of any size: the model knows the size and the colours that it takes.
    try (Dataset data =
        Datasets.open("fashion-mnist-10k", Optional.empty(), DatasetOptions.NATURAL)) {
      byte[] pixels = new byte[28 * 28];
      data.test().read(0, pixels);
      BufferedImage picture = new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY);
      picture.getRaster().setDataElements(0, 0, 28, 28, pixels);
      ImageIO.write(picture, "png", image.toFile());
    }
    try (ImageClassifier model = ImageClassifier.open(run.resolve("export").resolve("lesson"))) {
      float[] p = model.probabilities(image);
      int best = IntStream.range(0, p.length).reduce(0, (a, b) -> p[b] > p[a] ? b : a);
      System.out.printf("%s with probability %.2f%n", model.classNames().get(best), p[best]);
      return model.classNames().get(best);
    }
  }
}
