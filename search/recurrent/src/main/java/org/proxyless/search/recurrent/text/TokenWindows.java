package org.proxyless.search.recurrent.text;

import java.util.function.LongToIntFunction;
import org.proxyless.base.InvalidInputException;

/**
 * Windows of a text for truncated back-propagation through time: the text is cut into as many
 * streams as a batch has rows, and each step takes the next tokens of every stream, so that the
 * state goes on from the step before. What a step takes follows from its number.
 */
public final class TokenWindows {
  private final int[] tokens;
  private final int streams;
  private final int steps;
  private final LongToIntFunction offsets;
  private final int streamLength;
  private final int windows;

  /**
   * A window.
   *
   * @param inputs [steps, streams], row by row
   * @param targets the tokens after them, in the same form
   * @param first whether it is the first of an epoch, so that states begin anew
   */
  public record Window(int[] inputs, int[] targets, boolean first) {}

  /**
   * @param tokens the text
   * @param streams rows of a batch
   * @param steps tokens of a window
   * @param offsets where each epoch begins, from 0 to {@code steps} − 1: other windows each time
   * @throws InvalidInputException if the text is too short for a window
   */
  public TokenWindows(int[] tokens, int streams, int steps, LongToIntFunction offsets) {
    this.tokens = tokens;
    this.streams = streams;
    this.steps = steps;
    this.offsets = offsets;
    streamLength = tokens.length / streams;
    windows = (streamLength - steps) / steps; // one token more for the last target
    if (windows < 1) {
      throw new InvalidInputException(
          "a text of "
              + tokens.length
              + " tokens is too short for "
              + streams
              + " streams with windows of "
              + steps
              + ": it takes "
              + 2L * streams * steps
              + ". Lower --batch-size or --unroll.");
    }
  }

  /** Windows that begin with the text. */
  public TokenWindows(int[] tokens, int streams, int steps) {
    this(tokens, streams, steps, epoch -> 0);
  }

  /** How many windows an epoch has. */
  public int perEpoch() {
    return windows;
  }

  /** The window of a step. */
  public Window window(long step) {
    long epoch = step / windows;
    int index = (int) (step % windows);
    int start = offsets.applyAsInt(epoch);
    int[] inputs = new int[steps * streams];
    int[] targets = new int[steps * streams];
    for (int t = 0; t < steps; t++) {
      for (int s = 0; s < streams; s++) {
        int place = s * streamLength + start + index * steps + t;
        inputs[t * streams + s] = tokens[place];
        targets[t * streams + s] = tokens[place + 1];
      }
    }
    return new Window(inputs, targets, index == 0);
  }
}
