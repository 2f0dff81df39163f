package org.proxyless.search.recurrent.latency;

import java.util.Arrays;
import org.proxyless.benchmarks.jmh.CallTimer;
import org.proxyless.search.recurrent.export.LanguageModel;
import org.tensorflow.Graph;
import org.tensorflow.Result;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/** Calls with one token after the other at batch 1, each with the state that the last one gave. */
final class TokenCall implements Runnable, AutoCloseable {
  /** A run that is too short says nothing of a median. */
  private static final int FEWEST = 5;

  private final Runnable owner;
  private final Session session;
  private final String[] inputs;
  private final String[] outputs;
  private final TInt32 token = TInt32.vectorOf(1);
  private final TFloat32 first;
  private Result last;

  /**
   * @param owner closes the session
   * @param inputs token and state
   * @param outputs probabilities and state
   */
  TokenCall(Runnable owner, Session session, String[] inputs, String[] outputs, int stateSize) {
    this.owner = owner;
    this.session = session;
    this.inputs = inputs;
    this.outputs = outputs;
    first =
        TFloat32.tensorOf(
            Shape.of(1, stateSize), DataBuffers.of(new float[stateSize], true, false));
  }

  static TokenCall of(
      GraphDef definition,
      String token,
      String state,
      String probabilities,
      String next,
      int stateSize,
      int threads) {
    Graph graph = new Graph();
    graph.importGraphDef(definition);
    Session session = new Session(graph, LanguageModel.configuration(threads));
    return new TokenCall(
        () -> {
          session.close();
          graph.close();
        },
        session,
        new String[] {token, state},
        new String[] {probabilities, next},
        stateSize);
  }

  /** One token. */
  @Override
  public void run() {
    Tensor state = last == null ? first : last.get(1);
    Result next =
        session
            .runner()
            .feed(inputs[0], token)
            .feed(inputs[1], state)
            .fetch(outputs[0])
            .fetch(outputs[1])
            .run();
    if (last != null) {
      last.close();
    }
    last = next;
  }

  /** The median time of calls for about so long. */
  double blockNanos(long nanos) {
    long[] times = new long[1024];
    int calls = 0;
    long end = System.nanoTime() + nanos;
    while (calls < FEWEST || (System.nanoTime() < end && calls < times.length)) {
      times[calls++] = CallTimer.nanos(this);
    }
    return CallTimer.median(Arrays.copyOf(times, calls));
  }

  @Override
  public void close() {
    if (last != null) {
      last.close();
    }
    token.close();
    first.close();
    owner.run();
  }
}
