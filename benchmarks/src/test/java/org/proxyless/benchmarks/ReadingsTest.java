package org.proxyless.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.Visit.Block;

class ReadingsTest {
  private final List<Visit> visits = new ArrayList<>();

  @Test
  void disturbedBlocksDoNotCount() {
    List<Block> blocks =
        List.of(
            new Block(900, -70), // disturbed without the operator
            new Block(101, 10),
            new Block(100, 11),
            new Block(102, 9),
            new Block(800, 200)); // disturbed with it
    assertThat(Visit.quieterHalf(blocks)).containsExactly(11.0, 10.0, 9.0);
  }

  @Test
  void whatWasMeasuredWhileTheSentinelWasSlowDoesNotCount() {
    sentinel(0, 100);
    visit(0, "a", 1e6);
    sentinel(0, 120);
    visit(0, "a", 5e6);
    sentinel(0, 101);
    visit(0, "a", 2e6);
    sentinel(0, 100);
    Readings readings = new Readings(visits);

    assertThat(readings.movedVisits()).isEqualTo(3);
    assertThat(readings.entry("a").medianMillis()).isEqualTo(2);
    assertThat(readings.isUnsettled("a")).isFalse();
    assertThat(readings.unsatisfying(Set.of("a"), 3)).as("one of three is calm").contains("a");
    assertThat(readings.unsatisfying(Set.of("a"), 2)).isEmpty();
  }

  @Test
  void withoutACalmVisitAllCountAndItIsSaid() {
    sentinel(0, 100);
    sentinel(0, 100);
    sentinel(0, 120);
    visit(0, "a", 1e6);
    sentinel(0, 100);
    Readings readings = new Readings(visits);

    assertThat(readings.entry("a").medianMillis()).isEqualTo(1);
    assertThat(readings.isUnsettled("a")).isTrue();
  }

  @Test
  void everyProcessCountsAlikeEvenIfOneIsQuicker() {
    sentinel(0, 100);
    visit(0, "a", 1e6);
    sentinel(0, 100);
    sentinel(1, 100);
    visit(1, "a", 1.1e6);
    sentinel(1, 100);
    Readings readings = new Readings(visits);

    assertThat(readings.entry("a").medianMillis()).isCloseTo(1.05, within(1e-9));
    assertThat(readings.entry("a").forks()).hasValue(2);
  }

  private void sentinel(int process, double callNanos) {
    add(process, true, "s", Collections.nCopies(8, new Block(callNanos, 1e6)));
  }

  private void visit(int process, String key, double nanos) {
    add(process, false, key, Collections.nCopies(8, new Block(nanos, nanos)));
  }

  private void add(int process, boolean sentinel, String key, List<Block> blocks) {
    visits.add(
        new Visit(process, 0, sentinel, new Visit.Measured(key, blocks, NullNode.getInstance())));
  }
}
