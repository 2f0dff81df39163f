package org.proxyless.search.recurrent.job;

import java.util.Locale;
import org.proxyless.search.recurrent.text.TextUnit;

/** A loss as people say it: perplexity of words, bits per character. */
public final class TextFigures {
  private TextFigures() {}

  /**
   * The figure of a loss.
   *
   * @param nats mean loss of a token
   */
  public static double of(TextUnit unit, double nats) {
    return unit == TextUnit.WORDS ? Math.exp(nats) : nats / Math.log(2);
  }

  /** The same with its name. */
  public static String text(TextUnit unit, double nats) {
    return unit == TextUnit.WORDS
        ? String.format(Locale.ROOT, "perplexity %.2f", of(unit, nats))
        : String.format(Locale.ROOT, "%.3f bits per character", of(unit, nats));
  }
}
