package org.proxyless.network;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.proxyless.base.AtomicFile;
import org.proxyless.base.InvalidInputException;
import org.proxyless.base.StrictFields;

/**
 * A network as {@code network.json}: its name, its input, its classes, and every operator, with the
 * indices of those that it takes its input {@code from} where that is not the one before it (−1 for
 * the image), and the {@code block} of a search space that it stands in, where that is known.
 */
public final class NetworkFile {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String FROM = "from";
  private static final String BLOCK = "block";

  /**
   * A network, and where it stands in a search space.
   *
   * @param network what was read
   * @param blocks the name of each operator's block; empty where the file names none
   */
  public record Placed(Network network, List<String> blocks) {
    public Placed {
      blocks = List.copyOf(blocks);
    }
  }

  private NetworkFile() {}

  /**
   * Writes a network, whole or not at all.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Network network, Path file) {
    write(new Placed(network, List.of()), file);
  }

  /**
   * Writes a network with the names of its blocks, whole or not at all.
   *
   * @throws java.io.UncheckedIOException if the file cannot be written
   */
  public static void write(Placed placed, Path file) {
    Network network = placed.network();
    Map<String, Object> keys = new LinkedHashMap<>();
    keys.put("name", network.name());
    keys.put("input", extents(network.input()));
    keys.put("classes", network.classes());
    List<Map<String, Object>> operators = new ArrayList<>();
    for (int i = 0; i < network.operators().size(); i++) {
      Map<String, Object> operator = toKeys(network.operators().get(i));
      if (!network.inputs().get(i).equals(List.of(i - 1))) {
        operator.put(FROM, network.inputs().get(i));
      }
      if (!placed.blocks().isEmpty()) {
        operator.put(BLOCK, placed.blocks().get(i));
      }
      operators.add(operator);
    }
    keys.put("operators", operators);
    try {
      AtomicFile.write(
          file, (JSON.writeValueAsString(keys) + "\n").getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("network " + network.name() + " has no JSON form", e);
    }
  }

  private static Map<String, Object> toKeys(Operator operator) {
    Map<String, Object> keys = OperatorTypes.toKeys(operator.type());
    keys.put("input", extents(operator.input()));
    keys.put("outputChannels", operator.outputChannels());
    keys.put("stride", operator.stride());
    keys.put("shortcut", operator.shortcut());
    return keys;
  }

  private static List<Integer> extents(Shape shape) {
    return List.of(shape.height(), shape.width(), shape.channels());
  }

  /**
   * Reads a network.
   *
   * @throws InvalidInputException if the file is not there or not JSON, a key is unknown, missing
   *     or out of its range, or an operator does not take what its inputs give
   */
  public static Network read(Path file) {
    return readPlaced(file).network();
  }

  /**
   * Reads a network with the names of its blocks.
   *
   * @throws InvalidInputException as {@link #read}
   */
  public static Placed readPlaced(Path file) {
    StrictFields keys = StrictFields.readJson(file);
    String name = keys.text("name");
    Shape input = shape(keys, "input");
    int classes = keys.wholeNumber("classes");
    List<Operator> operators = new ArrayList<>();
    List<List<Integer>> inputs = new ArrayList<>();
    List<String> blocks = new ArrayList<>();
    for (StrictFields operator : keys.objects("operators")) {
      if (operator.has(BLOCK)) {
        blocks.add(operator.text(BLOCK));
      }
      inputs.add(operator.has(FROM) ? operator.wholeNumbers(FROM) : List.of(operators.size() - 1));
      operators.add(toOperator(operator));
    }
    keys.requireNoOthers();
    Network network;
    try {
      network = new Network(name, operators, inputs);
    } catch (IllegalArgumentException e) {
      throw new InvalidInputException(file + ": " + e.getMessage() + ".", e);
    }
    require(network.input().equals(input), file, "input", input, network.input());
    require(network.classes() == classes, file, "classes", classes, network.classes());
    if (!blocks.isEmpty() && blocks.size() != operators.size()) {
      throw new InvalidInputException(
          file + ": " + blocks.size() + " of " + operators.size() + " operators name their block.");
    }
    return new Placed(network, blocks);
  }

  private static void require(boolean equal, Path file, String key, Object stated, Object built) {
    if (!equal) {
      throw new InvalidInputException(
          file + ": " + key + " is " + stated + " but the operators make it " + built + ".");
    }
  }

  private static Shape shape(StrictFields keys, String key) {
    int[] extents = keys.extents(key, 3, "[height, width, channels]");
    return new Shape(extents[0], extents[1], extents[2]);
  }

  private static Operator toOperator(StrictFields keys) {
    Shape input = shape(keys, "input");
    int outputChannels = keys.wholeNumber("outputChannels");
    int stride = keys.wholeNumber("stride");
    boolean shortcut = keys.flag("shortcut");
    try {
      return new Operator(
          OperatorTypes.fromKeys(keys.rest()), input, outputChannels, stride, shortcut);
    } catch (IllegalArgumentException | InvalidInputException e) {
      throw new InvalidInputException(keys.where() + ": " + e.getMessage(), e);
    }
  }
}
