package org.proxyless.network;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;

/**
 * A graph of operators, the last of which gives the class logits.
 *
 * @param name what it is called in files and summaries
 * @param operators in topological order
 * @param inputs of each operator: the indices of earlier ones, or {@link #IMAGE}; as many as its
 *     type takes, each giving the shape that it takes. Whatever an operator gives is taken by a
 *     later one, except for the last
 */
public record Network(String name, List<Operator> operators, List<List<Integer>> inputs) {
  /** As the index of an input: the image, in the shape that the first operator takes. */
  public static final int IMAGE = -1;

  private static final String FROM = " from ";

  /**
   * Checks the graph.
   *
   * @throws IllegalArgumentException if it is none, saying which operator is wrong
   */
  public Network {
    operators = List.copyOf(operators);
    inputs = inputs.stream().map(List::copyOf).toList();
    if (operators.isEmpty()) {
      throw new IllegalArgumentException("network " + name + " has no operators");
    }
    if (inputs.size() != operators.size()) {
      throw new IllegalArgumentException(
          "network "
              + name
              + " has "
              + operators.size()
              + " operators but inputs of "
              + inputs.size());
    }
    if (!inputs.get(0).equals(List.of(IMAGE))) {
      throw new IllegalArgumentException(
          "network " + name + ": operator 0 must take the image, not " + inputs.get(0));
    }
    for (int i = 0; i < operators.size(); i++) {
      requireInputs(name, operators, inputs.get(i), i);
    }
    requireAllUsed(name, inputs);
  }

  /**
   * A chain: each operator takes what the one before it gives.
   *
   * @throws IllegalArgumentException if the shapes do not meet
   */
  public Network(String name, List<Operator> operators) {
    this(name, operators, chain(operators.size()));
  }

  private static List<List<Integer>> chain(int operators) {
    return IntStream.range(0, operators).mapToObj(i -> List.of(i - 1)).toList();
  }

  private static void requireInputs(
      String name, List<Operator> operators, List<Integer> inputs, int i) {
    Operator operator = operators.get(i);
    if (inputs.size() != operator.type().inputs()) {
      throw wrong(name, i, "takes " + operator.type().inputs() + " inputs but has " + inputs);
    }
    for (int input : inputs) {
      if (input < IMAGE || input >= i) {
        throw wrong(name, i, "takes what operator " + input + " gives, which is not before it");
      }
      Shape given = input == IMAGE ? operators.get(0).input() : operators.get(input).output();
      if (!given.equals(operator.input())) {
        throw wrong(name, i, "takes " + operator.input() + " but " + giver(input, i) + " " + given);
      }
    }
  }

  private static String giver(int input, int i) {
    if (input == IMAGE) {
      return "the image has";
    }
    return (input == i - 1 ? "the one before it" : "operator " + input) + " gives";
  }

  private static IllegalArgumentException wrong(String name, int operator, String what) {
    return new IllegalArgumentException("network " + name + ": operator " + operator + " " + what);
  }

  private static void requireAllUsed(String name, List<List<Integer>> inputs) {
    Set<Integer> used = inputs.stream().flatMap(List::stream).collect(Collectors.toSet());
    for (int i = 0; i < inputs.size() - 1; i++) {
      if (!used.contains(i)) {
        throw new IllegalArgumentException(
            "network " + name + ": nothing takes what operator " + i + " gives");
      }
    }
  }

  /**
   * What an operator takes, of what the operators before it gave.
   *
   * @param operator its index
   * @param image stands for the image
   * @param given by the operators before it, by index
   */
  public <V> List<V> taken(int operator, V image, List<V> given) {
    return inputs.get(operator).stream()
        .map(input -> input == IMAGE ? image : given.get(input))
        .toList();
  }

  /** Whether each operator takes what the one before it gives. */
  public boolean isChain() {
    return inputs.equals(chain(operators.size()));
  }

  /** The shape of one input image. */
  public Shape input() {
    return operators.get(0).input();
  }

  /** The number of classes: the channels behind the last operator. */
  public int classes() {
    return operators.get(operators.size() - 1).outputChannels();
  }

  /** Trained numbers, the scale and shift of batch normalisation included. */
  public long parameters() {
    return operators.stream().mapToLong(Operator::parameters).sum();
  }

  /** Multiply-accumulates for one image. */
  public long macs() {
    return operators.stream().mapToLong(Operator::macs).sum();
  }

  /**
   * Names the graph whatever the network is called: each operator's key, with its inputs ({@code
   * Add(inputs=2) 4x4x8->4x4x8 s1 from 0,2}) where these are not just the one before it.
   */
  public List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < operators.size(); i++) {
      boolean chained = inputs.get(i).equals(List.of(i - 1));
      keys.add(operators.get(i).key() + (chained ? "" : FROM + text(inputs.get(i))));
    }
    return keys;
  }

  private static String text(List<Integer> inputs) {
    return inputs.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  /**
   * The network with these {@link #keys}.
   *
   * @throws InvalidInputException if one of them is no key of an operator
   * @throws IllegalArgumentException if they make no graph
   */
  public static Network ofKeys(String name, List<String> keys) {
    List<Operator> operators = new ArrayList<>();
    List<List<Integer>> inputs = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String[] parts = keys.get(i).split(FROM, 2);
      operators.add(Operator.ofKey(parts[0]));
      inputs.add(parts.length == 1 ? List.of(i - 1) : inputs(keys.get(i), parts[1]));
    }
    return new Network(name, operators, inputs);
  }

  private static List<Integer> inputs(String key, String text) {
    try {
      return Arrays.stream(text.split(",", -1)).map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "'"
              + key
              + "' names inputs that are no whole numbers; expected something like"
              + " 'from 0,2'.",
          e);
    }
  }
}
