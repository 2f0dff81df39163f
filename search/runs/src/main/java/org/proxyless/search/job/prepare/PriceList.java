package org.proxyless.search.job.prepare;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictYaml;
import org.proxyless.latency.LatencyEntry;
import org.proxyless.latency.LatencyTable;
import org.proxyless.latency.LatencyTables;
import org.proxyless.latency.SpaceLatency;
import org.proxyless.network.Operator;
import org.proxyless.network.OperatorTypes;
import org.proxyless.search.space.Block;
import org.proxyless.search.space.SearchSpace;

/**
 * What a search could choose from and at which prices, kept in the run directory: it gives the
 * numbers in {@code alphas.csv} their names, and stays true when space or table change later.
 *
 * @param space its name
 * @param device its name
 * @param tableHash of the latency table
 * @param targetMillis the target in force
 * @param callMillis what every network costs besides its operators
 * @param blocks in order
 * @param edgePrices where the search chooses, with what each candidate adds in all its blocks; null
 *     in a chain, where these are the blocks with several candidates
 * @param minMillis the latency of the cheapest network; null in files of older programs
 * @param maxMillis of the dearest
 */
public record PriceList(
    @JsonProperty(required = true) String space,
    @JsonProperty(required = true) String device,
    @JsonProperty(required = true) String tableHash,
    @JsonProperty(required = true) double targetMillis,
    @JsonProperty(required = true) double callMillis,
    @JsonProperty(required = true) List<PricedBlock> blocks,
    List<PricedBlock> edgePrices,
    Double minMillis,
    Double maxMillis) {
  /** What its file is called. */
  public static final String FILE = "prices.yaml";

  /**
   * A place in the chain.
   *
   * @param name unique in the space
   * @param candidates one, or several to choose from
   */
  public record PricedBlock(
      @JsonProperty(required = true) String name,
      @JsonProperty(required = true) List<Candidate> candidates) {}

  /**
   * An operator that can stand at a place.
   *
   * @param label for people
   * @param key of the operator, see {@link Operator#key}
   * @param type kind and hyper-parameters, as in {@code network.json}
   * @param millis what it adds to a network
   * @param low95Millis lower end of its 95 % confidence interval; null if the table has none
   * @param high95Millis its upper end
   */
  public record Candidate(
      @JsonProperty(required = true) String label,
      @JsonProperty(required = true) String key,
      @JsonProperty(required = true) Map<String, Object> type,
      @JsonProperty(required = true) double millis,
      Double low95Millis,
      Double high95Millis) {

    static Candidate of(int place, Operator operator, LatencyTable table) {
      double millis = table.operatorMillis(place, operator);
      LatencyEntry entry = table.entries().get(operator.key());
      // A correction moves the interval with the value.
      double shift = entry == null ? 0 : millis - entry.medianMillis();
      return new Candidate(
          label(operator),
          operator.key(),
          Map.copyOf(OperatorTypes.toKeys(operator.type())),
          millis,
          entry == null ? null : shifted(entry.low95Millis(), shift),
          entry == null ? null : shifted(entry.high95Millis(), shift));
    }

    /** One that stands in several blocks, with what it adds in all of them. */
    static Candidate of(Operator operator, double millis) {
      return new Candidate(
          label(operator),
          operator.key(),
          Map.copyOf(OperatorTypes.toKeys(operator.type())),
          millis,
          null,
          null);
    }

    private static String label(Operator operator) {
      boolean skips = operator.isZero() && operator.type().connects();
      return skips ? "skip" : operator.type().label();
    }

    private static Double shifted(OptionalDouble millis, double shift) {
      return millis.isPresent() ? millis.getAsDouble() + shift : null;
    }
  }

  /** The list of a space. */
  public static PriceList of(PricedSpace priced, double targetMillis) {
    List<PricedBlock> blocks = new ArrayList<>();
    for (Block block : priced.space().offeredBlocks()) {
      int place = blocks.size();
      blocks.add(
          new PricedBlock(
              block.name(),
              block.candidates().stream()
                  .map(operator -> Candidate.of(place, operator, priced.table()))
                  .toList()));
    }
    SpaceLatency latency = priced.latency();
    return new PriceList(
        priced.space().name(),
        priced.table().device(),
        LatencyTables.hash(priced.table()),
        targetMillis,
        priced.table().callMillis(),
        blocks,
        priced.graph().isChain() ? null : edges(priced.space(), latency),
        latency.minMillis(),
        latency.maxMillis());
  }

  private static List<PricedBlock> edges(SearchSpace space, SpaceLatency latency) {
    double[][] millis = latency.operatorMillis();
    List<PricedBlock> edges = new ArrayList<>();
    for (Block edge : space.edges()) {
      double[] own = millis[edges.size()];
      edges.add(
          new PricedBlock(
              edge.name(),
              IntStream.range(0, own.length)
                  .mapToObj(c -> Candidate.of(edge.candidates().get(c), own[c]))
                  .toList()));
    }
    return edges;
  }

  /** Those with a choice, in order. */
  public List<PricedBlock> edges() {
    return edgePrices == null
        ? blocks.stream().filter(block -> block.candidates().size() > 1).toList()
        : edgePrices;
  }

  public void write(Path file) {
    AtomicFile.write(file, StrictYaml.write(this));
  }

  /**
   * Reads the list of a run.
   *
   * @throws InvalidInputException if the file cannot be read or is damaged
   */
  public static PriceList read(Path file) {
    try {
      return StrictYaml.read(file.toString(), Files.readAllBytes(file), PriceList.class);
    } catch (IOException e) {
      throw new InvalidInputException(
          file + " cannot be read (" + e + "). Give the directory of a search.", e);
    }
  }
}
