package org.proxyless.search.recurrent.export;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.recurrent.text.TextUnit;
import org.proxyless.search.recurrent.text.Vocabulary;
import org.tensorflow.Result;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * Goes on with a text: each next token is drawn from what the model gives, and fed to it.
 *
 * @param temperature above 0; below 1 likely tokens become likelier, above it the others
 * @param random draws
 */
public record Generation(LanguageModel model, double temperature, RandomGenerator random) {
  /**
   * Goes on with a text.
   *
   * @param prompt the text so far
   * @param tokens how many to add
   * @param added hears what each adds, one by one
   * @throws InvalidInputException if the prompt has no tokens
   */
  public void goOn(String prompt, int tokens, Consumer<String> added) {
    Vocabulary vocabulary = model.vocabulary();
    int[] known = vocabulary.encode(prompt).tokens();
    if (vocabulary.unit() == TextUnit.WORDS && !prompt.endsWith("\n") && known.length > 0) {
      known = Arrays.copyOf(known, known.length - 1); // the line has not ended yet
    }
    if (known.length == 0) {
      throw new InvalidInputException(
          "the text to go on with is empty; give some, like \"To be\".");
    }
    String last = prompt;
    Result result = null;
    try (TFloat32 first = model.firstState(1)) {
      for (int t = 0; t < known.length + tokens - 1; t++) {
        int number = t < known.length ? known[t] : draw(result);
        if (t >= known.length) {
          last = said(last, number, added);
        }
        result = next(number, result, first);
      }
      if (tokens > 0) {
        said(last, draw(result), added);
      }
    } finally {
      if (result != null) {
        result.close();
      }
    }
  }

  private String said(String last, int number, Consumer<String> added) {
    String text = model.vocabulary().unit().joined(last, model.vocabulary().token(number));
    added.accept(text);
    return text;
  }

  private Result next(int number, Result before, TFloat32 first) {
    try (TInt32 token = TInt32.vectorOf(number)) {
      Result next = model.step(token, before == null ? first : before.get(1));
      if (before != null) {
        before.close();
      }
      return next;
    }
  }

  /** Never the unknown token, which says nothing. */
  private int draw(Result result) {
    TFloat32 tensor = (TFloat32) result.get(0);
    float[] probabilities = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(probabilities, false, false));
    double[] weights = new double[probabilities.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = i == Vocabulary.UNKNOWN ? 0 : Math.pow(probabilities[i], 1 / temperature);
      sum += weights[i];
    }
    double drawn = random.nextDouble() * sum;
    int number = 0;
    while (number < weights.length - 1 && (drawn -= weights[number]) >= 0) {
      number++;
    }
    return number;
  }
}
