package org.proxyless.search.job.derive;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.BlockGraph;
import org.proxyless.network.Layer;
import org.proxyless.network.Network;
import org.proxyless.network.NetworkFile;
import org.proxyless.network.NetworkWeights;
import org.proxyless.network.Operator;
import org.proxyless.search.job.keeping.SharedWeightsFile;
import org.proxyless.search.job.keeping.TrainedNetwork;
import org.proxyless.search.job.prepare.PriceList;
import org.proxyless.search.run.RunDirectory;
import org.proxyless.search.run.settings.TrainSettings;
import org.proxyless.search.space.SearchSpace;
import org.proxyless.search.supernet.SharedWeights;

/**
 * Trained weights of another run, to begin with: those of its supernet, and those of its network.
 * An operator takes them over if one with the same layers stands in the block of the same name,
 * whatever the size of the images or the number of classes; all others start afresh.
 */
public final class InitialWeights {
  private static final int MOST_NAMES = 8;

  private final Path run;
  private final Map<Place, Numbers> shared;
  private final Map<Place, Numbers> trained;

  /**
   * What decides whether numbers fit.
   *
   * @param block its name; its number where the run does not tell names
   * @param layers of the operator
   * @param inputChannels of the operator
   * @param parameters of the operator: with these three the extents are the same
   */
  private record Place(String block, List<Layer> layers, int inputChannels, long parameters) {
    static Place of(String block, Operator operator) {
      return new Place(
          block, operator.layers(), operator.input().channels(), operator.parameters());
    }
  }

  /** The numbers of an operator's layers. */
  private record Numbers(Map<Layered, float[]> parts) {}

  /** A part of a layer of an operator. */
  private record Layered(int layer, NetworkWeights.Part part) {
    static Layered of(NetworkWeights.Key key) {
      return new Layered(key.layer(), key.part());
    }
  }

  /**
   * What begins with trained weights.
   *
   * @param weights that were found
   * @param text one line that says what was taken and what was not
   */
  public record Taken<W>(W weights, String text) {}

  private InitialWeights(Path run, Map<Place, Numbers> shared, Map<Place, Numbers> trained) {
    this.run = run;
    this.shared = shared;
    this.trained = trained;
  }

  /**
   * Refuses, before any work is done, a run that has no weights.
   *
   * @param run null passes
   * @throws InvalidInputException if it is no run, or has none
   */
  public static void require(Path run) {
    if (run != null) {
      read(run);
    }
  }

  /**
   * Reads the weights of a run.
   *
   * @throws InvalidInputException if it is no run, has no weights, or they are damaged
   */
  public static InitialWeights read(Path run) {
    try (RunDirectory directory = RunDirectory.open(run)) {
      Map<Place, Numbers> shared = shared(directory);
      Map<Place, Numbers> trained = trained(directory);
      if (shared.isEmpty() && trained.isEmpty()) {
        throw new InvalidInputException(
            "--initial-weights is "
                + run
                + "; it has no weights: its search did not come so far. Give another run.");
      }
      return new InitialWeights(run, shared, trained);
    }
  }

  private static Map<Place, Numbers> shared(RunDirectory run) {
    Map<Place, Numbers> numbers = new LinkedHashMap<>();
    Path prices = run.file(PriceList.FILE);
    if (!SharedWeightsFile.isIn(run) || !Files.isRegularFile(prices)) {
      return numbers;
    }
    List<PriceList.PricedBlock> blocks = PriceList.read(prices).blocks();
    SharedWeightsFile.read(run)
        .all()
        .forEach(
            (key, values) -> {
              PriceList.PricedBlock block = blocks.get(key.place().operator());
              Operator operator = Operator.ofKey(block.candidates().get(key.candidate()).key());
              put(numbers, Place.of(block.name(), operator), key.place(), values);
            });
    return numbers;
  }

  private static Map<Place, Numbers> trained(RunDirectory run) {
    Map<Place, Numbers> numbers = new LinkedHashMap<>();
    if (!TrainedNetwork.isTrained(run)) {
      return numbers;
    }
    TrainedNetwork network = TrainedNetwork.read(run);
    List<String> names = names(run);
    network
        .weights()
        .all()
        .forEach(
            (key, values) -> {
              Operator operator = network.network().operators().get(key.operator());
              put(numbers, Place.of(names.get(key.operator()), operator), key, values);
            });
    return numbers;
  }

  private static void put(
      Map<Place, Numbers> numbers, Place place, NetworkWeights.Key key, float[] values) {
    numbers
        .computeIfAbsent(place, p -> new Numbers(new LinkedHashMap<>()))
        .parts()
        .put(Layered.of(key), values);
  }

  /** The block of each operator of a run's network: in a chain they are in the blocks' order. */
  public static List<String> names(RunDirectory run) {
    NetworkFile.Placed placed = TrainedNetwork.readPlaced(run);
    if (!placed.blocks().isEmpty()) {
      return placed.blocks();
    }
    Optional<Path> search = run.training().map(TrainSettings::run).filter(RunDirectory::isOne);
    if (search.isPresent()) {
      try (RunDirectory origin = RunDirectory.open(search.get())) {
        return names(origin);
      }
    }
    Path prices = run.file(PriceList.FILE);
    List<String> names = new ArrayList<>();
    if (Files.isRegularFile(prices)) {
      PriceList.read(prices).blocks().forEach(block -> names.add(block.name()));
    } else {
      for (int i = 0; i < placed.network().operators().size(); i++) {
        names.add("operator " + (i + 1));
      }
    }
    return names;
  }

  /** What candidates of a space find: the supernet's, or its network's where there are none. */
  public Taken<SharedWeights> of(SearchSpace space) {
    Map<Place, Numbers> from = shared.isEmpty() ? trained : shared;
    SharedWeights found = new SharedWeights();
    Set<String> missing = new LinkedHashSet<>();
    int all = 0;
    int taken = 0;
    List<BlockGraph.Block> blocks = space.graph().blocks();
    for (int b = 0; b < blocks.size(); b++) {
      String name = space.blockNames().get(b);
      List<Operator> candidates = blocks.get(b).candidates();
      for (int c = 0; c < candidates.size(); c++) {
        Numbers numbers = from.get(Place.of(name, candidates.get(c)));
        if (hasNoWeights(candidates.get(c))) {
          continue;
        }
        all++;
        if (numbers == null) {
          missing.add(name);
          continue;
        }
        taken++;
        for (Map.Entry<Layered, float[]> part : numbers.parts().entrySet()) {
          Layered layered = part.getKey();
          if (!NetworkWeights.Part.STATISTICS.contains(layered.part())) {
            found.put(
                c, new NetworkWeights.Key(b, layered.layer(), layered.part()), part.getValue());
          }
        }
      }
    }
    return new Taken<>(found, text(taken, all, missing));
  }

  /**
   * What a network finds: of the run's network and of its supernet the one that has more of it.
   *
   * @param blocks the name of each operator's block
   * @param fresh the numbers of what is not found; gets those that are
   */
  public Taken<NetworkWeights> of(Network network, List<String> blocks, NetworkWeights fresh) {
    Map<Place, Numbers> from =
        count(network, blocks, shared) > count(network, blocks, trained) ? shared : trained;
    Set<String> missing = new LinkedHashSet<>();
    int all = 0;
    int taken = 0;
    for (int o = 0; o < network.operators().size(); o++) {
      Operator operator = network.operators().get(o);
      if (hasNoWeights(operator)) {
        continue;
      }
      all++;
      Numbers numbers = from.get(Place.of(blocks.get(o), operator));
      if (numbers == null) {
        missing.add(blocks.get(o));
        continue;
      }
      taken++;
      for (Map.Entry<Layered, float[]> part : numbers.parts().entrySet()) {
        NetworkWeights.Key key =
            new NetworkWeights.Key(o, part.getKey().layer(), part.getKey().part());
        if (!NetworkWeights.Part.STATISTICS.contains(key.part())) {
          fresh.put(key, part.getValue());
        }
      }
    }
    return new Taken<>(fresh, text(taken, all, missing));
  }

  private static long count(Network network, List<String> blocks, Map<Place, Numbers> from) {
    long count = 0;
    for (int o = 0; o < network.operators().size(); o++) {
      count += from.containsKey(Place.of(blocks.get(o), network.operators().get(o))) ? 1 : 0;
    }
    return count;
  }

  private static boolean hasNoWeights(Operator operator) {
    return operator.parameters() == 0;
  }

  /**
   * @throws InvalidInputException if nothing fits
   */
  private String text(int taken, int all, Set<String> missing) {
    if (taken == 0) {
      throw new InvalidInputException(
          "--initial-weights is "
              + run
              + "; none of its operators fits here: blocks of the same name must have the same"
              + " operators and channels (--space, --width). Give a run of such a space, or none.");
    }
    List<String> names = missing.stream().limit(MOST_NAMES).toList();
    return "Weights of "
        + run
        + ": "
        + taken
        + " of "
        + all
        + " operators begin with them"
        + (missing.isEmpty()
            ? ""
            : "; afresh begin those of "
                + String.join(", ", names)
                + (missing.size() > names.size()
                    ? " and " + (missing.size() - names.size()) + " more blocks"
                    : ""));
  }
}
