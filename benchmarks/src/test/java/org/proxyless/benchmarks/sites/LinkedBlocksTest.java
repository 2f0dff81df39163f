package org.proxyless.benchmarks.sites;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.LinkedCall;

class LinkedBlocksTest {
  private static final MeasuringProgress NOBODY = (done, total, current) -> {};

  /** Gives these times, one after the other. */
  private record Scripted(Deque<Times> times) implements LinkedCall {
    static Scripted of(Times... times) {
      return new Scripted(new ArrayDeque<>(List.of(times)));
    }

    @Override
    public Times times(long millis, Consumer<String> notes) {
      return times.pop();
    }

    @Override
    public void run() {}

    @Override
    public void close() {}
  }

  private static LinkedCall.Times steady(double nanos) {
    return new LinkedCall.Times(nanos, nanos, 10, true);
  }

  private static LinkedCall.Times unsteady(double nanos) {
    return new LinkedCall.Times(nanos, nanos, 10, false);
  }

  @Test
  void aBlockOfTheReferenceCountsForWhatIsBeforeAndBehindIt() {
    LinkedBlocks blocks =
        new LinkedBlocks(Scripted.of(steady(100), steady(120), steady(140)), NOBODY);
    Scripted call = Scripted.of(steady(500), steady(600));
    assertThat(blocks.next(call).referenceNanos()).isEqualTo(110);
    LinkedBlocks.Block second = blocks.next(call);
    assertThat(second.referenceNanos()).isEqualTo(130);
    assertThat(second.times().typicalNanos()).isEqualTo(600);
    assertThat(blocks.wasDisturbed()).isFalse();
  }

  @Test
  void aBlockWhoseCallsDifferIsRepeatedTwice() {
    LinkedBlocks blocks = new LinkedBlocks(null, NOBODY);
    Scripted call = Scripted.of(unsteady(900), steady(500), unsteady(1), unsteady(2), unsteady(3));
    assertThat(blocks.next(call).times().typicalNanos()).isEqualTo(500);
    assertThat(blocks.wasDisturbed()).isFalse();
    assertThat(blocks.next(call).times().typicalNanos()).isEqualTo(3);
    assertThat(blocks.wasDisturbed()).isTrue();
    assertThat(blocks.wasDisturbed()).as("since then").isFalse();
  }
}
