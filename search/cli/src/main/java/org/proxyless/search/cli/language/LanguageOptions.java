package org.proxyless.search.cli.language;

import java.nio.file.Path;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.search.cli.options.JsonOption;
import org.proxyless.search.cli.options.KeepingOptions;
import org.proxyless.search.recurrent.text.TextParts;
import org.proxyless.search.recurrent.text.TextUnit;
import org.proxyless.search.recurrent.train.Learning;
import org.proxyless.search.run.settings.Rules;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What searching and training a language model have in common. */
final class LanguageOptions {
  @Option(
      names = "--text",
      paramLabel = "TEXT",
      defaultValue = TextParts.TINY_SHAKESPEARE,
      description =
          "A text file, a folder with train.txt, valid.txt and test.txt (or ptb.train.txt and so"
              + " on), or ${DEFAULT-VALUE}, which ships and is the default.")
  String text;

  @Option(
      names = "--unit",
      paramLabel = "UNIT",
      defaultValue = "characters",
      description = "What tokens are: characters or words (default: ${DEFAULT-VALUE}).")
  String unit;

  @Option(
      names = "--vocabulary",
      paramLabel = "TOKENS",
      defaultValue = "10000",
      description =
          "The most tokens of the vocabulary; others are unknown (default: ${DEFAULT-VALUE}).")
  int vocabulary;

  @Option(
      names = "--train-steps",
      paramLabel = "STEPS",
      defaultValue = "2000",
      description = "Steps of training the model (default: ${DEFAULT-VALUE}).")
  int trainSteps;

  @Option(
      names = "--batch-size",
      paramLabel = "STREAMS",
      defaultValue = "32",
      description = "Streams of a batch (default: ${DEFAULT-VALUE}).")
  int batchSize;

  @Option(
      names = "--unroll",
      paramLabel = "TOKENS",
      defaultValue = "" + Learning.DEFAULT_STEPS,
      description = "Tokens of a window, how far gradients go back (default: ${DEFAULT-VALUE}).")
  int unroll;

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      defaultValue = "20",
      description = "Rate of learning (default: ${DEFAULT-VALUE}, as in the papers).")
  double rate;

  @Option(
      names = "--dropout",
      paramLabel = "KIND",
      defaultValue = "none",
      description =
          "none, light, darts-search, darts or enas-lm: the papers' are for hundreds of epochs"
              + " (default: ${DEFAULT-VALUE}).")
  String dropout;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      defaultValue = DeviceProfile.DEFAULT,
      description = "Where a token's latency is measured (default: ${DEFAULT-VALUE}).")
  String device;

  @Option(
      names = "--table",
      paramLabel = "FILE",
      description = "A latency.yaml of another run, instead of measuring parts anew.")
  Path table;

  @Option(
      names = "--threads",
      paramLabel = "THREADS",
      description = "For training (default: all processors).")
  Integer threads;

  @Option(
      names = "--seed",
      paramLabel = "SEED",
      defaultValue = "1",
      description = "Of every random choice (default: ${DEFAULT-VALUE}).")
  long seed;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run directory (default: a new one in runs/).")
  Path out;

  @Mixin JsonOption json;

  @Mixin KeepingOptions keeping;

  /** What the tokens are. */
  TextUnit textUnit() {
    return TextUnit.of(unit);
  }

  /** The table, which must be there. */
  Path tableFile() {
    Rules.file("--table", table);
    return table;
  }

  int trainingThreads() {
    return threads == null ? Runtime.getRuntime().availableProcessors() : threads;
  }
}
