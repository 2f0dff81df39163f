package org.proxyless.search.recurrent.latency;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.proxyless.benchmarks.jmh.CallTimer;
import org.proxyless.benchmarks.process.MeasuringChild;
import org.proxyless.benchmarks.process.MeasuringProcess;
import org.proxyless.benchmarks.process.MeasuringProgress;
import org.proxyless.devices.DeviceProfile;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cell.Weight;
import org.proxyless.search.recurrent.cell.Cells;
import org.proxyless.search.recurrent.cell.WiredCell;
import org.proxyless.search.recurrent.export.DeployedLanguageModel;
import org.proxyless.search.recurrent.latency.Part.Kind;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SignatureDef;

/** Measures parts of models, in a process of its own. */
public final class PartMeasuring {
  private static final long SEED = 1;
  private static final int ROUNDS = 9;
  private static final long BLOCK_NANOS = 15_000_000;
  private static final long WARM_UP_NANOS = 200_000_000;

  private PartMeasuring() {}

  /**
   * What is asked of the process.
   *
   * @param widths of the parts, by place
   * @param wholes texts of cells of which whole models are measured as well, at each width
   */
  record Request(
      List<Kind> kinds,
      List<Integer> widths,
      List<Integer> ranks,
      List<String> wholes,
      int vocabulary,
      int threads) {
    Part part(int place) {
      return new Part(kinds.get(place), widths.get(place), ranks.get(place));
    }
  }

  /**
   * Median times.
   *
   * @param parts in the order of the request
   * @param wholes of each width, in the order of their first appearance, each cell
   */
  record Answer(List<Double> parts, List<Double> wholes) {}

  /**
   * Measures a table.
   *
   * @param parts all that are needed
   * @param wholes cells whose models tell how much longer a whole takes than its parts
   */
  public static PartTable measure(
      List<Part> parts,
      List<WiredCell> wholes,
      int vocabulary,
      DeviceProfile device,
      MeasuringProgress progress) {
    Request request =
        new Request(
            parts.stream().map(Part::kind).toList(),
            parts.stream().map(Part::width).toList(),
            parts.stream().map(Part::rank).toList(),
            wholes.stream().map(WiredCell::text).toList(),
            vocabulary,
            device.threads());
    Answer answer = MeasuringProcess.run(PartMeasuring.class, request, Answer.class, progress);
    return table(request, answer, device.name());
  }

  /** Serves one request. */
  public static void main(String[] arguments) throws Exception {
    MeasuringChild.serve(Request.class, PartMeasuring::measure);
  }

  private static Answer measure(Request request, MeasuringChild parent) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<TokenCall> calls = new ArrayList<>();
    try {
      for (int i = 0; i < request.kinds().size(); i++) {
        Part part = request.part(i);
        parent.measuring(0, ROUNDS, part.key());
        GraphDef graph = new PartGraph(part, request.vocabulary(), random).build();
        calls.add(
            TokenCall.of(
                graph,
                PartGraph.TOKEN,
                PartGraph.STATE,
                PartGraph.PROBABILITIES,
                PartGraph.NEXT,
                PartGraph.stateSize(part),
                request.threads()));
      }
      for (Architecture whole : wholes(request)) {
        calls.add(whole(whole, request, random));
      }
      double[][] medians = new double[calls.size()][ROUNDS];
      calls.forEach(call -> CallTimer.warmUp(call, WARM_UP_NANOS));
      for (int round = 0; round < ROUNDS; round++) {
        parent.measuring(round, ROUNDS, "parts of a token");
        for (int i = 0; i < calls.size(); i++) {
          medians[i][round] = calls.get(i).blockNanos(BLOCK_NANOS);
        }
      }
      List<Double> millis =
          IntStream.range(0, medians.length).mapToObj(i -> millis(medians[i])).toList();
      int parts = request.kinds().size();
      return new Answer(millis.subList(0, parts), millis.subList(parts, millis.size()));
    } finally {
      calls.forEach(TokenCall::close);
    }
  }

  private static double millis(double[] nanos) {
    long[] whole = new long[nanos.length];
    for (int i = 0; i < nanos.length; i++) {
      whole[i] = Math.round(nanos[i]);
    }
    return CallTimer.median(whole) / 1e6;
  }

  private static List<Architecture> wholes(Request request) {
    List<Architecture> wholes = new ArrayList<>();
    for (int d : new LinkedHashSet<>(request.widths())) {
      int rank =
          IntStream.range(0, request.kinds().size())
              .filter(
                  i -> request.kinds().get(i) == Kind.VOCABULARY && request.widths().get(i) == d)
              .map(i -> request.ranks().get(i))
              .findFirst()
              .orElseThrow();
      for (String cell : request.wholes()) {
        wholes.add(new Architecture(Cells.of(cell), d, rank, true));
      }
    }
    return wholes;
  }

  private static TokenCall whole(
      Architecture architecture, Request request, SplittableRandom random) {
    Map<String, float[]> weights = new LinkedHashMap<>();
    for (Weight weight : architecture.weights(request.vocabulary())) {
      float[] values = new float[(int) weight.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (random.nextGaussian() / Math.sqrt(weight.rows()));
      }
      weights.put(weight.name(), values);
    }
    GraphDef graph = DeployedLanguageModel.graph(architecture, request.vocabulary(), weights);
    SignatureDef step =
        DeployedLanguageModel.signatures(architecture, request.vocabulary())
            .get(DeployedLanguageModel.STEP);
    return TokenCall.of(
        graph,
        step.getInputsOrThrow(DeployedLanguageModel.TOKEN).getName(),
        step.getInputsOrThrow(DeployedLanguageModel.STATE).getName(),
        step.getOutputsOrThrow(DeployedLanguageModel.PROBABILITIES).getName(),
        step.getOutputsOrThrow(DeployedLanguageModel.STATE).getName(),
        architecture.stateSize(),
        request.threads());
  }

  /** The parts' own times out of those of the calls, see {@link PartGraph}. */
  static PartTable table(Request request, Answer answer, String device) {
    Map<Integer, Map<Kind, Double>> timed = new LinkedHashMap<>();
    Map<String, Double> own = new LinkedHashMap<>();
    for (int i = 0; i < request.kinds().size(); i++) {
      timed
          .computeIfAbsent(request.widths().get(i), d -> new EnumMap<>(Kind.class))
          .put(request.kinds().get(i), answer.parts().get(i));
    }
    for (int i = 0; i < request.kinds().size(); i++) {
      Part part = request.part(i);
      own.put(part.key(), own(part.kind(), answer.parts().get(i), timed.get(part.width())));
    }
    PartTable sums = new PartTable(device, request.threads(), request.vocabulary(), 1, own);
    List<Architecture> wholes = wholes(request);
    double correction =
        IntStream.range(0, wholes.size())
            .mapToDouble(i -> answer.wholes().get(i) / sums.predict(wholes.get(i)))
            .average()
            .orElse(1);
    return new PartTable(device, request.threads(), request.vocabulary(), correction, own);
  }

  private static double own(Kind kind, double millis, Map<Kind, Double> timed) {
    double call = timed.get(Kind.CALL);
    return switch (kind) {
      case CALL -> call;
      case VOCABULARY, LSTM, GRU -> Math.max(0, millis - call);
      case FIRST -> first(timed);
      case TANH, RELU, SIGMOID, IDENTITY ->
          Math.max(0, millis - call - first(timed)) / PartGraph.NODES;
    };
  }

  /** One node is a seventh of what eight nodes take longer than one. */
  private static double first(Map<Kind, Double> timed) {
    double node = (timed.get(Kind.IDENTITY) - timed.get(Kind.FIRST)) / (PartGraph.NODES - 1);
    return Math.max(0, timed.get(Kind.FIRST) - timed.get(Kind.CALL) - Math.max(0, node));
  }
}
