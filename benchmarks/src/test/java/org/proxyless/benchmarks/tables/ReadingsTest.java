package org.proxyless.benchmarks.tables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.NullNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.sites.Visit;
import org.proxyless.benchmarks.sites.Visit.Block;

class ReadingsTest {
  private final List<Visit> visits = new ArrayList<>();

  @Test
  void whatSlowsTheMachineSlowsTheReferenceAndIsTakenOut() {
    sentinel(0, 1);
    add(0, false, "a", List.of(new Block(2e6, 1e6), new Block(2e6, 1e6), new Block(6e6, 3e6)));
    add(0, false, "b", List.of(new Block(8e6, 2e6), new Block(4e6, 1e6), new Block(20e6, 5e6)));
    Readings readings = new Readings(visits);

    assertThat(readings.reference().besideOperatorsNanos()).isEqualTo(1e6);
    assertThat(readings.entry("a").medianMillis()).isEqualTo(2);
    assertThat(readings.entry("b").medianMillis()).isEqualTo(4);
    assertThat(readings.at(readings.reference().times(2)).entry("b").medianMillis()).isEqualTo(8);
    assertThat(readings.at(readings.reference().times(0.5)).drift()).isEqualTo(2);
  }

  @Test
  void networksHaveAReferenceOfTheirOwn() {
    sentinel(0, 1);
    visit(0, "a", 1e6);
    add(0, false, "network 0", List.of(new Block(9e6, 1.5e6), new Block(6e6, 1.2e6)));
    Readings readings = new Readings(visits);

    assertThat(readings.reference().besideNetworksNanos()).isCloseTo(1.35e6, within(1e-3));
    assertThat(readings.blocks("network 0").medianMillis()).isCloseTo(5.5 * 1.35, within(1e-9));
  }

  @Test
  void whatWasMeasuredWhileTheSentinelWasSlowDoesNotCount() {
    sentinel(0, 1);
    visit(0, "a", 1e6);
    sentinel(0, 1.2);
    visit(0, "a", 5e6);
    sentinel(0, 1.01);
    visit(0, "a", 2e6);
    sentinel(0, 1);
    Readings readings = new Readings(visits);

    assertThat(readings.movedVisits()).isEqualTo(3);
    assertThat(readings.entry("a").medianMillis()).isEqualTo(2);
    assertThat(readings.isUnsettled("a")).isFalse();
    assertThat(readings.unsatisfying(Set.of("a"), 3)).as("one of three is calm").contains("a");
    assertThat(readings.unsatisfying(Set.of("a"), 2)).isEmpty();
  }

  @Test
  void withoutACalmVisitAllCountAndItIsSaid() {
    sentinel(0, 1);
    sentinel(0, 1);
    sentinel(0, 1.2);
    visit(0, "a", 1e6);
    sentinel(0, 1);
    Readings readings = new Readings(visits);

    assertThat(readings.entry("a").medianMillis()).isEqualTo(1);
    assertThat(readings.isUnsettled("a")).isTrue();
  }

  @Test
  void everyProcessCountsAlikeEvenIfOneIsQuicker() {
    sentinel(0, 1);
    visit(0, "a", 1e6);
    sentinel(0, 1);
    sentinel(1, 1);
    visit(1, "a", 1.1e6);
    sentinel(1, 1);
    Readings readings = new Readings(visits);

    assertThat(readings.entry("a").medianMillis()).isCloseTo(1.05, within(1e-9));
    assertThat(readings.entry("a").forks()).hasValue(2);
  }

  @Test
  void whatOtherProgramsDisturbedDoesNotCount() {
    sentinel(0, 1);
    visit(0, "a", 1e6);
    disturbed(0, false, "a", 4e6);
    disturbed(0, false, "b", 3e6);
    sentinel(0, 1);
    Readings readings = new Readings(visits);

    assertThat(readings.movedVisits()).isEqualTo(2);
    assertThat(readings.entry("a").medianMillis()).isEqualTo(1);
    assertThat(readings.isUnsettled("a")).isFalse();
    assertThat(readings.entry("b").medianMillis()).as("there is no other").isEqualTo(3);
    assertThat(readings.isUnsettled("b")).isTrue();
  }

  @Test
  void aDisturbedSentinelSaysNothingOfWhatWasMeasuredNextToIt() {
    sentinel(0, 1);
    visit(0, "a", 1e6);
    disturbed(0, true, "s", 3e6);
    visit(0, "b", 2e6);
    disturbed(0, true, "s", 3e6);
    visit(0, "c", 2e6);
    sentinel(0, 1.2);
    sentinel(0, 1);
    sentinel(0, 1);
    Readings readings = new Readings(visits);

    assertThat(readings.movedVisits())
        .as("the disturbed, the unusual sentinel, and all that lies behind the last usual one")
        .isEqualTo(6);
    visits.remove(6);
    assertThat(new Readings(visits).movedVisits()).as("the disturbed themselves").isEqualTo(2);
  }

  /** Ten seconds of work, twenty of rest, over visits of 1.5 s with a sentinel after every ten. */
  @Test
  void besideAProgramThatRestsMostOfTheTimeMostVisitsCount() {
    for (int i = 0; i < 200; i++) {
      boolean sentinel = i % 11 == 0;
      if (i * 1.5 % 30 < 10) {
        disturbed(0, sentinel, sentinel ? "s" : "a", 3e6);
      } else {
        add(0, sentinel, sentinel ? "s" : "a", List.of(new Block(1e6, 1e6)));
      }
    }
    Readings readings = new Readings(visits);

    assertThat(readings.movedShare()).isCloseTo(1 / 3.0, within(0.05));
    assertThat(readings.entry("a").medianMillis()).isEqualTo(1);
  }

  private void disturbed(int process, boolean sentinel, String key, double nanos) {
    List<Block> blocks = Collections.nCopies(8, new Block(nanos, 1e6));
    visits.add(
        new Visit(
            process, 0, sentinel, new Visit.Measured(key, blocks, NullNode.getInstance(), 0.97)));
  }

  private void sentinel(int process, double ratio) {
    add(process, true, "s", Collections.nCopies(8, new Block(ratio * 1e6, 1e6)));
  }

  private void visit(int process, String key, double nanos) {
    add(process, false, key, Collections.nCopies(8, new Block(nanos, 1e6)));
  }

  private void add(int process, boolean sentinel, String key, List<Block> blocks) {
    visits.add(
        new Visit(process, 0, sentinel, new Visit.Measured(key, blocks, NullNode.getInstance())));
  }
}
