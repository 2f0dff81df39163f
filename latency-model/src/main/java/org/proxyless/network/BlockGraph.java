package org.proxyless.network;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * What networks are chosen from: blocks in topological order, each with one operator or with
 * several among which a decision chooses. Several blocks may follow one decision, as the instances
 * of a repeated cell do. A chain is the case in which each block takes what the one before it
 * gives, and has a decision of its own.
 *
 * <p>A decision may choose an input instead of an operator: a block whose candidates select ({@link
 * OperatorType#selects}) has as many inputs, of which it takes the chosen one; the blocks before it
 * that others would have taken are no part of the network. A block of a type that takes loose ends
 * ({@link OperatorType#takesLooseEnds}) takes those of its inputs that nothing else took.
 *
 * @param blocks in topological order; the last gives the class logits
 * @param couplings of decisions, in order; what no coupling names is chosen freely
 */
public record BlockGraph(List<Block> blocks, List<Coupling> couplings) {
  /** As the decision of a block: it has one operator. */
  public static final int FIXED = -1;

  /** As the value of a block in a network: nothing comes from it. */
  private static final int NOTHING = -2;

  /**
   * A place in the graph.
   *
   * @param candidates one operator, or the options of the decision, in their order
   * @param inputs indices of earlier blocks, or {@link Network#IMAGE}. A sum may name more than its
   *     operator takes: those whose blocks connect nothing drop out of a network
   * @param decision that chooses, or {@link #FIXED}
   */
  public record Block(List<Operator> candidates, List<Integer> inputs, int decision) {
    public Block {
      candidates = List.copyOf(candidates);
      inputs = List.copyOf(inputs);
      if (candidates.isEmpty() || (candidates.size() == 1) != (decision == FIXED)) {
        throw new IllegalArgumentException(
            "a block with " + candidates.size() + " operators cannot have decision " + decision);
      }
    }

    /** Whether a decision chooses its operator. */
    public boolean isChoice() {
      return decision != FIXED;
    }
  }

  /**
   * A network of the graph, and where it comes from.
   *
   * @param network what was derived
   * @param origins the block of each of its operators
   */
  public record Derived(Network network, List<Integer> origins) {
    public Derived {
      origins = List.copyOf(origins);
    }
  }

  /**
   * Figures that add up over a network's operators.
   *
   * @param fixed of the blocks without a choice
   * @param options [decision][option], summed over the blocks that follow the decision
   */
  public record Sums(double fixed, double[][] options) {}

  public BlockGraph {
    blocks = List.copyOf(blocks);
    couplings = List.copyOf(couplings);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a graph needs blocks");
    }
    new Groups(sizes(blocks).length, couplings); // checks that they fit
  }

  /**
   * A chain: each block takes what the one before it gives; those with several operators choose.
   */
  public static BlockGraph chain(List<List<Operator>> candidates) {
    return chain(candidates, List.of());
  }

  /** The same with couplings of its decisions. */
  public static BlockGraph chain(List<List<Operator>> candidates, List<Coupling> couplings) {
    List<Block> blocks = new ArrayList<>();
    int decisions = 0;
    for (List<Operator> each : candidates) {
      int decision = each.size() == 1 ? FIXED : decisions++;
      blocks.add(new Block(each, List.of(blocks.size() - 1), decision));
    }
    return new BlockGraph(blocks, couplings);
  }

  /** A network: nothing is chosen. */
  public static BlockGraph of(Network network) {
    return new BlockGraph(
        IntStream.range(0, network.operators().size())
            .mapToObj(
                i -> new Block(List.of(network.operators().get(i)), network.inputs().get(i), FIXED))
            .toList(),
        List.of());
  }

  /** How many options each decision has. */
  public int[] sizes() {
    return sizes(blocks);
  }

  private static int[] sizes(List<Block> blocks) {
    List<Integer> sizes = new ArrayList<>();
    for (Block block : blocks) {
      if (!block.isChoice()) {
        continue;
      }
      if (block.decision() == sizes.size()) {
        sizes.add(block.candidates().size());
      }
      if (block.decision() > sizes.size()
          || sizes.get(block.decision()) != block.candidates().size()) {
        throw new IllegalArgumentException(
            "decision "
                + block.decision()
                + " is out of order or has blocks that differ in options");
      }
    }
    return sizes.stream().mapToInt(Integer::intValue).toArray();
  }

  /**
   * Whether each block takes what the one before it gives, and has a decision of its own, free or
   * coupled.
   */
  public boolean isChain() {
    return blocks.equals(chain(blocks.stream().map(Block::candidates).toList()).blocks());
  }

  /** The number of choices that make a network. */
  public BigInteger networks() {
    return Arrays.stream(groups().sizes(sizes()))
        .mapToObj(BigInteger::valueOf)
        .reduce(BigInteger.ONE, BigInteger::multiply);
  }

  /** Draws a choice, each that makes a network as likely as any other. */
  public int[] draw(RandomGenerator random) {
    Groups groups = groups();
    return groups.decisions(Arrays.stream(groups.sizes(sizes())).map(random::nextInt).toArray());
  }

  private Groups groups() {
    return new Groups(sizes().length, couplings);
  }

  /** The shape of one image. */
  public Shape input() {
    return blocks.get(0).candidates().get(0).input();
  }

  /** The number of classes. */
  public int classes() {
    return blocks.get(blocks.size() - 1).candidates().get(0).outputChannels();
  }

  /** The candidate of every block, 0 where there is no choice. */
  public int[] candidates(int[] choice) {
    return blocks.stream()
        .mapToInt(block -> block.isChoice() ? choice[block.decision()] : 0)
        .toArray();
  }

  /** Whether decisions choose inputs. */
  public boolean choosesInputs() {
    return inputChoices().areAny();
  }

  /** Whether figures are sums over decisions: what an operator is depends on one alone. */
  public boolean isAdditive() {
    return inputChoices().isAdditive();
  }

  /**
   * By block the operators that it can be: its candidates, or where the number of its inputs varies
   * those of each number.
   */
  public List<List<Operator>> offered() {
    InputChoices choices = inputChoices();
    return IntStream.range(0, blocks.size()).mapToObj(choices::offered).toList();
  }

  public InputChoices inputChoices() {
    return new InputChoices(this);
  }

  /**
   * Where a block stands among those that a selecting block chooses from, with the decision that
   * does; nothing if nobody selects it.
   *
   * @param decision that chooses the input
   * @param option which of its options the block is
   */
  public record Selection(int decision, int option) {}

  /** By block: what selects it. */
  public List<Optional<Selection>> selections() {
    InputChoices choices = inputChoices();
    return IntStream.range(0, blocks.size())
        .mapToObj(
            b ->
                Optional.of(choices.selector(b))
                    .filter(selector -> selector >= 0)
                    .map(s -> new Selection(blocks.get(s).decision(), choices.option(b))))
        .toList();
  }

  /**
   * By block: the places among its inputs of those that it takes as loose ends; empty for others.
   *
   * @param choice the option of each decision
   */
  public List<List<Integer>> looseEnds(int[] choice) {
    InputChoices choices = inputChoices();
    return IntStream.range(0, blocks.size())
        .mapToObj(
            b -> choices.takesLooseEnds(b) ? choices.looseEnds(b, choice) : List.<Integer>of())
        .toList();
  }

  /** By block: for each of its inputs whether it may be a loose end or not; empty for others. */
  public List<List<Boolean>> mayBeTaken() {
    InputChoices choices = inputChoices();
    return IntStream.range(0, blocks.size())
        .mapToObj(
            b ->
                choices.takesLooseEnds(b)
                    ? blocks.get(b).inputs().stream().map(choices::mayBeTaken).toList()
                    : List.<Boolean>of())
        .toList();
  }

  /** All operators that can occur, equal ones once, in the order of the blocks. */
  public List<Operator> distinctOperators() {
    InputChoices choices = inputChoices();
    Set<Operator> distinct = new LinkedHashSet<>();
    for (int b = 0; b < blocks.size(); b++) {
      if (!choices.selects(b)) {
        distinct.addAll(choices.offered(b));
      }
    }
    distinct.removeIf(operator -> !operator.type().connects());
    return List.copyOf(distinct);
  }

  /**
   * Adds something up by decision and option, beginning with what every network has. Where that is
   * no sum ({@link #isAdditive}) it is what is certain: no network has less.
   */
  public Sums sums(double first, ToDoubleBiFunction<Integer, Operator> figure) {
    if (!isAdditive()) {
      return inputChoices().new Costs(first, figure).bounds();
    }
    int[] sizes = sizes();
    double fixed = first;
    double[][] options = new double[sizes.length][];
    for (int b = 0; b < blocks.size(); b++) {
      Block block = blocks.get(b);
      int place = b;
      double[] own =
          block.candidates().stream()
              .mapToDouble(operator -> figure.applyAsDouble(place, operator))
              .toArray();
      if (!block.isChoice()) {
        fixed += own[0];
      } else if (options[block.decision()] == null) {
        options[block.decision()] = own;
      } else {
        for (int option = 0; option < own.length; option++) {
          options[block.decision()][option] += own[option];
        }
      }
    }
    return new Sums(fixed, options);
  }

  /**
   * The network of a choice. A sum adds what connects; one of a single feature map is none. What
   * takes nothing gives nothing; what nothing takes is left out.
   *
   * @param choice the option of each decision
   * @throws IllegalArgumentException if it makes no network, naming the first block that takes
   *     nothing
   */
  public Derived derive(String name, int[] choice) {
    int[] candidates = candidates(choice);
    InputChoices choices = inputChoices();
    List<Operator> operators = new ArrayList<>();
    List<List<Integer>> inputs = new ArrayList<>();
    List<Integer> origins = new ArrayList<>();
    int[] values = new int[blocks.size()];
    int takesNothing = NOTHING;
    for (int b = 0; b < values.length; b++) {
      Block block = blocks.get(b);
      Operator operator = block.candidates().get(candidates[b]);
      if (choices.selects(b)) {
        values[b] = values[choices.selected(b, choice)];
        continue;
      }
      List<Integer> given =
          choices.takesLooseEnds(b)
              ? choices.looseEnds(b, choice).stream().map(block.inputs()::get).toList()
              : block.inputs();
      List<Integer> taken =
          given.stream()
              .map(input -> input == Network.IMAGE ? Network.IMAGE : values[input])
              .filter(value -> value != NOTHING)
              .toList();
      if (!operator.type().connects()) {
        values[b] = NOTHING;
      } else if (taken.isEmpty()) {
        values[b] = NOTHING;
        takesNothing = takesNothing == NOTHING ? b : takesNothing;
      } else if (taken.size() == 1 && isSum(operator)) {
        values[b] = taken.get(0);
      } else {
        values[b] = operators.size();
        operators.add(operator.taking(taken.size()));
        inputs.add(taken);
        origins.add(b);
      }
    }
    if (values[values.length - 1] == NOTHING) {
      String key = blocks.get(takesNothing).candidates().get(candidates[takesNothing]).key();
      throw new IllegalArgumentException(
          "network " + name + ": block " + takesNothing + ", " + key + ", takes nothing");
    }
    return alive(name, operators, inputs, origins);
  }

  private static boolean isSum(Operator operator) {
    return operator.type().inputs() > 1 && operator.layers().get(0) instanceof Layer.Sum;
  }

  /** Without operators that nothing takes. */
  private static Derived alive(
      String name, List<Operator> operators, List<List<Integer>> inputs, List<Integer> origins) {
    boolean[] used = new boolean[operators.size()];
    used[used.length - 1] = true;
    for (int i = used.length - 1; i >= 0; i--) {
      if (used[i]) {
        inputs.get(i).stream().filter(input -> input >= 0).forEach(input -> used[input] = true);
      }
    }
    int[] places = new int[used.length];
    List<Operator> kept = new ArrayList<>();
    List<List<Integer>> keptInputs = new ArrayList<>();
    List<Integer> keptOrigins = new ArrayList<>();
    for (int i = 0; i < used.length; i++) {
      if (used[i]) {
        places[i] = kept.size();
        kept.add(operators.get(i));
        keptInputs.add(
            inputs.get(i).stream().map(in -> in == Network.IMAGE ? in : places[in]).toList());
        keptOrigins.add(origins.get(i));
      }
    }
    return new Derived(new Network(name, kept, keptInputs), keptOrigins);
  }
}
