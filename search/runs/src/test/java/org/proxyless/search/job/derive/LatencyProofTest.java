package org.proxyless.search.job.derive;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleFunction;
import org.junit.jupiter.api.Test;
import org.proxyless.benchmarks.tables.WatchedMeasurement;
import org.proxyless.devices.DeviceProfiles;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.NetworkLatency;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.search.fixtures.Tiny;
import org.proxyless.search.job.prepare.PricedSpace;
import org.proxyless.search.job.result.LatencyTarget;
import org.proxyless.search.job.result.Verdict;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.space.SearchSpaces;
import org.proxyless.search.strategy.TargetProjection;
import org.proxyless.search.strategy.gradient.GradientStrategy;

class LatencyProofTest {
  private static final double TARGET_MILLIS = 2;
  private static final int MOST_REPEATS = 3;

  private final SearchSpace space = SearchSpaces.load(Tiny.space().toString(), 1, null, null);
  private final PricedSpace priced =
      new PricedSpace(space, DeviceProfiles.load("local-cpu"), table(space), true);
  private final List<WatchedMeasurement> looks = new ArrayList<>();
  private final List<Duration> waited = new ArrayList<>();
  private final List<Double> predictions = new ArrayList<>();
  private int mostLooks = Integer.MAX_VALUE;
  private LatencyTarget target = new LatencyTarget(TARGET_MILLIS, LatencyTarget.MEDIAN, 0, true);

  private static LatencyTable table(SearchSpace space) {
    LatencyTable.Builder table =
        LatencyTable.builder("test", space.name()).call(LatencyEntry.ofMillis(0.1));
    List<Operator> operators = space.distinctOperators();
    for (int i = 0; i < operators.size(); i++) {
      if (!operators.get(i).isZero()) {
        table.put(operators.get(i), LatencyEntry.ofMillis(0.2 + 0.07 * i));
      }
    }
    return table.build();
  }

  /** A proof with a stopwatch that shows something made of the prediction. */
  private LatencyProof.Proven proven(DoubleFunction<WatchedMeasurement> stopwatch) {
    GradientStrategy strategy =
        new GradientStrategy(
            space.candidateCounts(),
            priced.latency(),
            new TargetProjection(priced.latency(), target.boundMillis()),
            true,
            0.01,
            new SplittableRandom(1));
    ProofMeasuring measuring =
        new ProofMeasuring() {
          @Override
          public WatchedMeasurement time(Network network, int repeat) {
            return timing().look(() -> look(network, stopwatch));
          }

          @Override
          public LatencyTable learn(
              LatencyTable table, Network network, WatchedMeasurement look, int repeat) {
            return table; // which does not know how uncertain it is
          }
        };
    int[] first =
        strategy.choose(priced.latency(), 0.95 * TARGET_MILLIS, target.boundMillis()).orElseThrow();
    return new LatencyProof(
            priced,
            target,
            strategy::choose,
            line -> {},
            measuring,
            new Repetition(() -> looks.size() < mostLooks ? 1 : -1))
        .of(first);
  }

  private WatchedMeasurement look(Network network, DoubleFunction<WatchedMeasurement> stopwatch) {
    double predicted = NetworkLatency.of(network, priced.table()).latencyMillis();
    predictions.add(predicted);
    looks.add(stopwatch.apply(predicted));
    return looks.get(looks.size() - 1);
  }

  private CarefulTiming timing() {
    return new CarefulTiming(target, Repetition.endless(), waited::add);
  }

  private Verdict lastVerdict() {
    return target.verdict(looks.get(looks.size() - 1));
  }

  @Test
  void aNetworkWithinTheTargetIsTakenAtOnce() {
    assertThat(proven(Looks::calm).repeats()).isZero();
    assertThat(looks).hasSize(1);
    assertThat(lastVerdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void aDisturbanceThatIsGoneAtASecondLookChangesNothing() {
    LatencyProof.Proven proven =
        proven(predicted -> looks.isEmpty() ? Looks.calm(9) : Looks.calm(predicted));
    assertThat(proven.repeats()).isZero();
    assertThat(looks).hasSize(2);
  }

  @Test
  void whereTheTablePredictsTooLittleAnotherNetworkIsDerivedUntilOneMeetsTheTarget() {
    LatencyProof.Proven proven = proven(predicted -> Looks.calm(1.3 * predicted));
    assertThat(proven.repeats()).isPositive();
    assertThat(target.verdict(looks.get(0))).isEqualTo(Verdict.MISSED);
    assertThat(lastVerdict()).isEqualTo(Verdict.MET);
    // No more is given away than was missed.
    assertThat(predictions.get(predictions.size() - 1)).isLessThanOrEqualTo(TARGET_MILLIS / 1.3);
    assertThat(priced.latency().latencyMillis(proven.path()))
        .isEqualTo(predictions.get(predictions.size() - 1));
  }

  /** The first network uses three quarters of the target, and the space has slower ones. */
  @Test
  void whereTheTablePredictsTooMuchASlowerNetworkIsDerived() {
    LatencyProof.Proven proven = proven(predicted -> Looks.calm(0.75 * predicted));
    assertThat(proven.repeats()).isPositive();
    double measured = 0.75 * priced.latency().latencyMillis(proven.path());
    assertThat(measured)
        .isLessThanOrEqualTo(TARGET_MILLIS)
        .isGreaterThan(looks.get(0).network().medianMillis());
  }

  /** Of those that were measured within the target the slowest counts, whichever came last. */
  @Test
  void ofSeveralWithinTheTargetTheSlowestIsTaken() {
    LatencyProof.Proven proven =
        proven(predicted -> Looks.calm(looks.isEmpty() ? 0.9 * TARGET_MILLIS : 0.5 * predicted));
    assertThat(proven.repeats()).isPositive();
    assertThat(priced.latency().latencyMillis(proven.path())).isEqualTo(predictions.get(0));
  }

  @Test
  void whereNoneMeetsTheTargetTheNearestIsTakenAfterABoundedNumberOfTimes() {
    LatencyProof.Proven proven = proven(predicted -> Looks.calm(50 + predicted));
    assertThat(proven.repeats()).isLessThanOrEqualTo(MOST_REPEATS);
    assertThat(looks).hasSize(2 * (proven.repeats() + 1));
    assertThat(priced.latency().latencyMillis(proven.path()))
        .isEqualTo(predictions.stream().min(Double::compare).orElseThrow());
  }

  /** Another one would meet the target, as the test before shows. */
  @Test
  void whereTimeIsShortNoOtherNetworkIsDerived() {
    mostLooks = 1;
    LatencyProof.Proven proven = proven(predicted -> Looks.calm(1.3 * predicted));
    assertThat(proven.repeats()).isZero();
    assertThat(looks).hasSize(2);
  }

  @Test
  void aMachineThatIsSlowForAMinuteCostsNoBudget() {
    LatencyProof.Proven proven =
        proven(predicted -> Looks.of(1.3 * predicted, 1.5 * predicted, 1.3));
    assertThat(proven.repeats()).isZero();
    assertThat(looks).hasSize(1 + CarefulTiming.PAUSES.size());
    assertThat(waited).isEqualTo(CarefulTiming.PAUSES);
    assertThat(lastVerdict()).isEqualTo(Verdict.DRIFTED);
  }

  @Test
  void aSlowMachineDoesNotExcuseATableThatPredictsTooLittle() {
    LatencyProof.Proven proven =
        proven(predicted -> Looks.of(1.3 * 1.3 * predicted, 2 * predicted, 1.3));
    assertThat(proven.repeats()).isPositive();
    assertThat(looks.get(looks.size() - 1).network().medianMillis() / 1.3)
        .isLessThanOrEqualTo(TARGET_MILLIS);
  }

  @Test
  void aQuickMachineDoesNotExcuseATableThatPredictsTooLittle() {
    LatencyProof.Proven proven =
        proven(predicted -> Looks.of(0.8 * 1.2 * predicted, predicted, 0.8));
    assertThat(proven.repeats()).isPositive();
    assertThat(target.verdict(looks.get(0))).isEqualTo(Verdict.DRIFTED);
    assertThat(looks.get(looks.size() - 1).network().medianMillis() / 0.8)
        .isLessThanOrEqualTo(TARGET_MILLIS);
  }

  @Test
  void onAMachineThatDriftedANetworkThatMeetsTheTargetAtBothSpeedsNeedsNoMinute() {
    LatencyProof.Proven proven =
        proven(predicted -> Looks.of(0.8 * predicted, 0.9 * predicted, 0.8));
    assertThat(proven.repeats()).isZero();
    assertThat(looks).hasSize(2);
    assertThat(lastVerdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void aMachineThatIsCalmAtTheSecondLookGivesTheVerdict() {
    LatencyProof.Proven proven =
        proven(
            predicted ->
                looks.isEmpty()
                    ? Looks.of(0.5 * predicted, predicted, 0.5)
                    : Looks.calm(predicted));
    assertThat(proven.repeats()).isZero();
    assertThat(lastVerdict()).isEqualTo(Verdict.MET);
  }

  @Test
  void theTailOfTheCallsIsJudgedWhereItIsAskedFor() {
    target = new LatencyTarget(TARGET_MILLIS, LatencyTarget.TAIL, 0, true);
    LatencyProof.Proven proven = proven(predicted -> Looks.of(predicted, 1.3 * predicted, 1));
    assertThat(proven.repeats()).isPositive();
    assertThat(looks.get(looks.size() - 1).network().p95Millis())
        .isLessThanOrEqualTo(TARGET_MILLIS);
  }

  @Test
  void aTableWithoutASentinelIsProvedAllTheSame() {
    assertThat(proven(Looks::unwatched).repeats()).isZero();
    assertThat(looks).hasSize(1);
  }
}
