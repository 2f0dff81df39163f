package org.proxyless.search.recurrent.latency;

import java.nio.file.Path;
import java.util.Arrays;
import org.proxyless.benchmarks.jmh.CallTimer;
import org.proxyless.benchmarks.process.MeasuringChild;
import org.proxyless.benchmarks.process.MeasuringProcess;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.benchmarks.sites.NetworkMeasurement;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.search.recurrent.export.LanguageModel;

/** Times an exported language model token by token, in a process of its own. */
public final class TokenMeasuring {
  private static final int BLOCKS = 20;
  private static final long BLOCK_NANOS = 40_000_000;
  private static final long WARM_UP_NANOS = 1_000_000_000;

  /** Blocks beyond these places are outside of the median's 95 % interval (binomial, 20 blocks). */
  private static final int LOW = 5;

  private TokenMeasuring() {}

  record Request(String model, int threads) {}

  /**
   * Times a model at batch 1, with the state carried from token to token.
   *
   * @param model the folder that an export wrote
   * @throws org.proxyless.benchmarks.process.MeasuringFailedException if the measuring process dies
   */
  public static NetworkMeasurement measure(
      Path model, DeviceProfile device, MeasuringProgress progress) {
    Request request = new Request(model.toAbsolutePath().toString(), device.threads());
    return MeasuringProcess.run(TokenMeasuring.class, request, NetworkMeasurement.class, progress);
  }

  /** Serves one request. */
  public static void main(String[] arguments) throws Exception {
    MeasuringChild.serve(Request.class, TokenMeasuring::measure);
  }

  private static NetworkMeasurement measure(Request request, MeasuringChild parent) {
    try (LanguageModel model = LanguageModel.open(Path.of(request.model()), request.threads());
        TokenCall call =
            model.withStep(
                (session, inputs, outputs) ->
                    new TokenCall(() -> {}, session, inputs, outputs, model.stateSize()))) {
      CallTimer.warmUp(call, WARM_UP_NANOS);
      long[] medians = new long[BLOCKS];
      long[] all = new long[1 << 16];
      int calls = 0;
      for (int block = 0; block < BLOCKS; block++) {
        parent.measuring(block, BLOCKS, "token by token");
        int from = calls;
        long end = System.nanoTime() + BLOCK_NANOS;
        while (calls == from || (System.nanoTime() < end && calls < all.length)) {
          all[calls++] = CallTimer.nanos(call);
        }
        medians[block] = Math.round(CallTimer.median(Arrays.copyOfRange(all, from, calls)));
      }
      long[] sorted = Arrays.copyOf(all, calls);
      Arrays.sort(sorted);
      Arrays.sort(medians);
      return new NetworkMeasurement(
          CallTimer.median(sorted) / 1e6,
          sorted[(int) Math.ceil(0.95 * calls) - 1] / 1e6,
          new NetworkMeasurement.Interval(medians[LOW] / 1e6, medians[BLOCKS - 1 - LOW] / 1e6),
          calls);
    }
  }
}
