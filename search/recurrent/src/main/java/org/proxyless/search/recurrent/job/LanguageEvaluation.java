package org.proxyless.search.recurrent.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.search.recurrent.export.LanguageModel;
import org.proxyless.search.recurrent.text.TextParts;
import org.proxyless.search.recurrent.text.TextUnit;
import org.proxyless.search.recurrent.text.Vocabulary;
import org.proxyless.search.recurrent.text.Vocabulary.Encoded;

/**
 * How an exported language model does on a text, token by token from a state of zeros.
 *
 * @param unit of its tokens
 * @param tokens of the text
 * @param unknown how many of them the model does not know
 * @param loss of a token but the first, in nats
 */
public record LanguageEvaluation(TextUnit unit, int tokens, int unknown, double loss) {
  private static final int FEWEST = 2;

  /**
   * Evaluates a model.
   *
   * @param model the folder of an export or a run
   * @param text a text file; null for the test part of the run's own text
   * @throws InvalidInputException if there is no model, or no text
   */
  public static LanguageEvaluation of(Path model, Path text) {
    Path file = locate(model);
    Vocabulary vocabulary;
    try (LanguageModel exported = LanguageModel.open(file, 1)) {
      vocabulary = exported.vocabulary();
    }
    Encoded encoded = vocabulary.encode(text == null ? testText(model) : TextParts.read(text));
    if (encoded.tokens().length < FEWEST) {
      throw new InvalidInputException(
          "text "
              + text
              + " has "
              + encoded.tokens().length
              + " "
              + vocabulary.unit()
              + "; it must have at least 2.");
    }
    return new LanguageEvaluation(
        vocabulary.unit(),
        encoded.tokens().length,
        encoded.unknown(),
        LanguageRun.loss(file, encoded.tokens()));
  }

  private static String testText(Path run) {
    Path settings = run.resolve(LanguageJob.SETTINGS);
    if (!Files.isRegularFile(settings)) {
      throw new InvalidInputException(
          "--text is missing; name the text file to evaluate " + run + " on, or give the run.");
    }
    try {
      return TextParts.of(
              StrictYaml.read(
                      settings.toString(), Files.readAllBytes(settings), LanguageSettings.class)
                  .text())
          .test();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + settings, e);
    }
  }

  /** Whether a folder is a run of a language model, an export of one, or holds one. */
  public static boolean applies(Path folder) {
    return Files.isRegularFile(folder.resolve(LanguageJob.SETTINGS))
        || places(folder).stream().anyMatch(LanguageModel::isOne);
  }

  /**
   * The exported model in a run, in its {@code export} folder, or the folder itself.
   *
   * @throws InvalidInputException if there is none
   */
  public static Path locate(Path folder) {
    return places(folder).stream()
        .filter(LanguageModel::isOne)
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    folder
                        + " holds no exported language model. Give the run or the export of"
                        + " 'proxyless language search' or 'train' once it has finished."));
  }

  private static List<Path> places(Path folder) {
    return List.of(
        folder,
        folder.resolve(LanguageRun.MODEL),
        folder.resolve(LanguageRun.EXPORT).resolve(LanguageRun.MODEL));
  }
}
