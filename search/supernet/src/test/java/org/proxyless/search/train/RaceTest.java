package org.proxyless.search.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.proxyless.base.State;
import org.proxyless.search.strategy.PathScore;

class RaceTest {
  /** Runs to the end; an entrant's accuracy is its number's part of 1. */
  private static List<Race.Heat> run(Race race) {
    List<Race.Heat> heats = new ArrayList<>();
    while (race.next().isPresent()) {
      Race.Heat heat = race.next().get();
      heats.add(heat);
      race.add(new PathScore(1, heat.entrant() / 100.0));
    }
    return heats;
  }

  @Test
  void theWorseHalfDropsOutOfEachHeatUntilTwoAreLeft() {
    Race race = new Race(8);
    List<Race.Heat> heats = run(race);
    assertThat(heats.stream().filter(heat -> heat.number() == 0)).hasSize(8);
    assertThat(heats.stream().filter(heat -> heat.number() == 1).map(Race.Heat::entrant))
        .containsExactly(4, 5, 6, 7);
    assertThat(heats.stream().filter(Race.Heat::isFinal).map(Race.Heat::entrant))
        .containsExactly(6, 7);
    assertThat(race.ranking()).containsExactly(7, 6, 5, 4, 3, 2, 1, 0);
  }

  @Test
  void whoDroppedOutStaysBehindHoweverWellItHadDone() {
    Race race = new Race(3);
    for (double accuracy : new double[] {0.9, 0.8, 0.7, 0.5, 0.6}) {
      race.add(new PathScore(1, accuracy));
    }
    assertThat(race.next()).isEmpty();
    assertThat(race.ranking()).containsExactly(1, 0, 2);
    assertThat(race.bestAccuracy()).isEqualTo(0.6);
  }

  @Test
  void ofEqualAccuraciesTheLesserLossIsBetter() {
    Race race = new Race(2);
    race.add(new PathScore(0.5, 0.8));
    race.add(new PathScore(0.4, 0.8));
    assertThat(race.ranking()).containsExactly(1, 0);
  }

  @Property
  void aRaceTakesAsManyScoresAsItSaysAndTheBestWinsIt(@ForAll @IntRange(max = 40) int entrants) {
    Race race = new Race(entrants);
    assertThat(run(race)).hasSize(Race.scores(entrants));
    assertThat(race.ranking()).hasSize(entrants);
    if (entrants > 0) {
      assertThat(race.ranking().get(0)).isEqualTo(entrants - 1);
    }
  }

  @Property
  void aRaceThatWasSavedGoesOnWhereItWas(@ForAll @IntRange(max = 14) int done) {
    Race race = new Race(8);
    for (int i = 0; i < done && race.next().isPresent(); i++) {
      race.add(new PathScore(1, race.next().get().entrant() / 100.0));
    }
    State state = new State();
    race.save(state, "finalist.");
    Race again = new Race(8);
    again.restore(state, "finalist.");
    assertThat(again.next()).isEqualTo(race.next());
    assertThat(run(again)).isEqualTo(run(race));
    assertThat(again.ranking()).isEqualTo(race.ranking());
  }
}
