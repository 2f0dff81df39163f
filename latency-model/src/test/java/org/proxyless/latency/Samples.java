package org.proxyless.latency;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import org.proxyless.network.Network;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorType;
import org.proxyless.network.Shape;
import org.proxyless.network.operators.Classifier;
import org.proxyless.network.operators.Conv;
import org.proxyless.network.operators.MBConv;
import org.proxyless.network.operators.Zero;

/** Networks and tables for tests. */
public final class Samples {
  public static final Operator STEM = new Operator(new Conv(3), new Shape(8, 8, 1), 16, 2, false);
  public static final Operator SMALL = block(new MBConv(3, 3));
  public static final Operator LARGE = block(new MBConv(5, 6));
  public static final Operator SKIP = block(new Zero());
  public static final Operator HEAD =
      new Operator(new Classifier(), new Shape(4, 4, 16), 10, 1, false);

  private Samples() {}

  private static Operator block(OperatorType type) {
    return new Operator(type, new Shape(4, 4, 16), 16, 1, true);
  }

  public static Network network(Operator... blocks) {
    List<Operator> operators = new ArrayList<>(List.of(STEM));
    operators.addAll(List.of(blocks));
    operators.add(HEAD);
    return new Network("sample", operators);
  }

  static LatencyTable.Builder table() {
    return LatencyTable.builder("local-cpu", "small")
        .fingerprint(Fingerprint.of(Map.of("cores", "2", "processor", "a processor")))
        .settings(Map.of("threads", "1"))
        .toolVersions(Map.of("tensorflow", "2.18.0"))
        .created(Instant.parse("2026-01-02T03:04:05.678901234Z"))
        .call(LatencyEntry.ofMillis(0.125))
        .put(STEM, LatencyEntry.ofMillis(1))
        .put(SMALL, LatencyEntry.measured(2, 2.1, 1.9, 2.2, 0.3, 20, 2))
        .put(LARGE, LatencyEntry.ofMillis(4))
        .put(HEAD, LatencyEntry.ofMillis(0.5));
  }

  static final Verification VERIFICATION =
      new Verification(
          Instant.parse("2026-02-03T04:05:06Z"),
          40,
          2,
          11,
          List.of(-0.01, 0.02, 0.05),
          0.03,
          0.9,
          1,
          0.99);

  /** A bias, signed terms at places 1 and 2, and a verification. */
  static LatencyTable.Builder linearModel() {
    return LatencyTable.linearModel("a phone", "small")
        .bias(9)
        .put(TableKeys.anyAt(0), LatencyEntry.ofMillis(0))
        .put(TableKeys.at(1, SMALL), LatencyEntry.ofMillis(-1.5))
        .put(TableKeys.at(1, LARGE), LatencyEntry.ofMillis(3))
        .put(TableKeys.at(2, SMALL), LatencyEntry.ofMillis(-1))
        .put(TableKeys.at(2, LARGE), LatencyEntry.ofMillis(2))
        .put(TableKeys.at(2, SKIP), LatencyEntry.ofMillis(-2))
        .put(TableKeys.anyAt(3), LatencyEntry.ofMillis(0))
        .correction(Correction.of(0.25, Map.of(TableKeys.anyAt(2), 0.125, SMALL.key(), -0.0625)))
        .verification(VERIFICATION);
  }

  /** Chains of a stem, up to five blocks of any type, and a classifier. */
  public static Arbitrary<Network> networks() {
    Arbitrary<OperatorType> types =
        Combinators.combine(Arbitraries.of(3, 5, 7), Arbitraries.integers().between(1, 6))
            .as(MBConv::new);
    Arbitrary<List<OperatorType>> blocks =
        Arbitraries.oneOf(types, Arbitraries.create(Zero::new)).list().ofMaxSize(5);
    Arbitrary<Integer> channels = Arbitraries.integers().between(1, 9);
    return Combinators.combine(
            Arbitraries.strings().ofMaxLength(8),
            Arbitraries.integers().between(1, 40),
            channels,
            blocks,
            channels.list().ofSize(5))
        .as(Samples::network);
  }

  private static Network network(
      String name, int size, int inputChannels, List<OperatorType> types, List<Integer> channels) {
    List<Operator> operators = new ArrayList<>();
    Shape shape = new Shape(size, size + 1, inputChannels);
    operators.add(new Operator(new Conv(3), shape, 4, 2, false));
    for (OperatorType type : types) {
      Shape input = operators.get(operators.size() - 1).output();
      boolean same = type instanceof Zero;
      int outputChannels = same ? input.channels() : channels.get(operators.size() - 1);
      boolean shortcut = outputChannels == input.channels();
      operators.add(new Operator(type, input, outputChannels, shortcut ? 1 : 2, shortcut));
    }
    Shape input = operators.get(operators.size() - 1).output();
    operators.add(new Operator(new Classifier(), input, 3, 1, false));
    return new Network(name, operators);
  }

  /** Tables of both kinds with any texts and any sound parts, some of which are absent. */
  static Arbitrary<LatencyTable> tables() {
    Arbitrary<String> text = Arbitraries.strings().withChars("aZ é\n\"\\{0").ofMaxLength(6);
    Arbitrary<Map<String, String>> facts = Arbitraries.maps(text, text).ofMaxSize(3);
    Arbitrary<Map<String, Double>> terms =
        Arbitraries.maps(text, Arbitraries.doubles().between(-1e6, 1e6).ofScale(9)).ofMaxSize(4);
    Arbitrary<Map<String, LatencyEntry>> entries =
        Arbitraries.maps(text.map(key -> key + "!"), entries()).ofMaxSize(8);
    Arbitrary<LatencyTable> lookups =
        Combinators.combine(text, facts, facts, times(), entries)
            .as(
                (name, fingerprint, settings, time, all) -> {
                  LatencyTable.Builder table =
                      LatencyTable.builder(name, name + "-space")
                          .fingerprint(Fingerprint.of(fingerprint))
                          .settings(settings)
                          .toolVersions(new HashMap<>(fingerprint))
                          .created(time);
                  all.forEach(table::put);
                  return table.build();
                });
    Arbitrary<LatencyTable> linear =
        Combinators.combine(text, Arbitraries.doubles().between(-1e6, 1e6), terms)
            .as(
                (name, bias, all) -> {
                  LatencyTable.Builder table = LatencyTable.linearModel(name, name).bias(bias);
                  all.forEach((key, term) -> table.put(key, LatencyEntry.ofMillis(term)));
                  return table.build();
                });
    Arbitrary<Correction> corrections =
        Combinators.combine(Arbitraries.doubles().between(-9, 9), terms).as(Correction::of);
    return Combinators.combine(
            Arbitraries.oneOf(lookups, linear),
            corrections.injectNull(0.5),
            verifications().injectNull(0.5))
        .as(
            (table, correction, verification) -> {
              LatencyTable.Builder more = table.toBuilder();
              if (correction != null) {
                more.correction(correction);
              }
              return (verification == null ? more : more.verification(verification)).build();
            });
  }

  private static Arbitrary<Instant> times() {
    return Combinators.combine(
            Arbitraries.longs().between(0, 4_000_000_000L),
            Arbitraries.longs().between(0, 999_999_999))
        .as(Instant::ofEpochSecond);
  }

  private static Arbitrary<Verification> verifications() {
    Arbitrary<Double> share = Arbitraries.doubles().between(0, 1).ofScale(9);
    return Combinators.combine(
            times(),
            Arbitraries.integers().between(1, 1000),
            Arbitraries.doubles().between(1e-3, 1e3).ofScale(9),
            share,
            Arbitraries.doubles().between(-0.9, 9).list().ofSize(3),
            share,
            share)
        .as(
            (time, networks, low, width, residuals, some, other) ->
                new Verification(
                    time, networks, low, low + width, residuals, some, some, other, other));
  }

  private static Arbitrary<LatencyEntry> entries() {
    Arbitrary<Double> millis = Arbitraries.doubles().between(1e-6, 1e6).ofScale(9);
    Arbitrary<Integer> counts = Arbitraries.integers().between(1, 1000);
    Arbitrary<OptionalDouble> some =
        millis
            .map(OptionalDouble::of)
            .injectNull(0.3)
            .map(v -> v == null ? OptionalDouble.empty() : v);
    Arbitrary<OptionalInt> number =
        counts.map(OptionalInt::of).injectNull(0.3).map(v -> v == null ? OptionalInt.empty() : v);
    return Combinators.combine(millis, some, some, some, number, number, some)
        .as(
            (median, mean, low, deviation, samples, forks, error) ->
                new LatencyEntry(
                    median,
                    mean,
                    low,
                    low.isPresent() ? OptionalDouble.of(low.getAsDouble() + 1) : low,
                    deviation,
                    samples,
                    forks,
                    error));
  }
}
