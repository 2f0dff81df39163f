package org.proxyless.search.recurrent.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.proxyless.base.FileTree;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cell.Weight;
import org.proxyless.search.recurrent.export.LanguageModel;
import org.proxyless.search.recurrent.latency.TokenMeasuring;
import org.proxyless.search.recurrent.text.TextUnit;
import org.proxyless.search.recurrent.text.Vocabulary;

/** The latency of models that nobody has trained: random weights hardly change it. */
public final class UntrainedModel {
  private static final long SEED = 1;

  private UntrainedModel() {}

  /** Times a model as a file, token by token. */
  public static NetworkMeasurement measure(
      Architecture architecture, int vocabulary, DeviceProfile device, MeasuringProgress progress) {
    SplittableRandom random = new SplittableRandom(SEED);
    Map<String, float[]> weights = new HashMap<>();
    for (Weight weight : architecture.weights(vocabulary)) {
      float[] values = new float[(int) weight.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() / Math.sqrt(weight.rows()));
      }
      weights.put(weight.name(), values);
    }
    try {
      Path folder = Files.createTempDirectory("proxyless-language");
      try {
        Path file = folder.resolve("model");
        LanguageModel.write(file, architecture, numbered(vocabulary), weights);
        return TokenMeasuring.measure(file, device, progress);
      } finally {
        FileTree.delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a model to measure", e);
    }
  }

  private static Vocabulary numbered(int size) {
    List<String> tokens = new ArrayList<>(List.of(TextUnit.WORDS.unknown()));
    for (int i = 1; i < size; i++) {
      tokens.add("w" + i);
    }
    return new Vocabulary(TextUnit.WORDS, tokens);
  }
}
