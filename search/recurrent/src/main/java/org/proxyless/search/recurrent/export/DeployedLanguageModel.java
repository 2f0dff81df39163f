package org.proxyless.search.recurrent.export;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.proxyless.devices.tensorflow.GraphWriter;
import org.proxyless.devices.tensorflow.SavedModelWriter;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.cell.Cell.Weight;
import org.proxyless.search.recurrent.train.CellNodes;
import org.proxyless.search.recurrent.train.Tape;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;

/**
 * A language model as it is used, with its weights as constants: one token at a time, and over
 * whole texts. Both are written by the same lines as the model in training.
 *
 * <ul>
 *   <li>{@code step}: token int32 [batch], state float [batch, state size] → probabilities float
 *       [batch, vocabulary] of the token after it, state. A state of zeros begins a text.
 *   <li>{@code score}: tokens int32 [batch, length] → log-probabilities float [batch, length − 1]
 *       of all but the first, each after those before it.
 *   <li>{@code continue}: the same from a given state, and with the state after all but the last
 *       token, so that a long text can be scored in pieces that overlap by one token.
 * </ul>
 */
public final class DeployedLanguageModel {
  /** The signature that takes one token. */
  public static final String STEP = "step";

  /** The signature that takes whole texts. */
  public static final String SCORE = "score";

  /** The signature that takes pieces of texts. */
  public static final String CONTINUE = "continue";

  /** Input of {@link #STEP}: int32 [batch]. */
  public static final String TOKEN = "token";

  /** Input and output: float [batch, state size]. */
  public static final String STATE = "state";

  /** Output of {@link #STEP}: float [batch, vocabulary]. */
  public static final String PROBABILITIES = "probabilities";

  /** Input of {@link #SCORE}: int32 [batch, length]. */
  public static final String TOKENS = "tokens";

  /** Output of {@link #SCORE}: float [batch, length − 1], in nats. */
  public static final String LOG_PROBABILITIES = "log_probabilities";

  private static final String STEP_STATE = "step_state";
  private static final String NEXT_STATE = "next_state";
  private static final String FIRST_STATE = "first_state";
  private static final String LAST_STATE = "last_state";

  private final Architecture architecture;
  private final int vocabulary;
  private final GraphWriter graph = new GraphWriter();
  private final Map<String, String> constants = new HashMap<>();

  private DeployedLanguageModel(
      Architecture architecture, int vocabulary, Map<String, float[]> weights) {
    this.architecture = architecture;
    this.vocabulary = vocabulary;
    for (Weight weight : architecture.weights(vocabulary)) {
      long[] shape =
          weight.rows() == 1
              ? new long[] {weight.columns()}
              : new long[] {weight.rows(), weight.columns()};
      float[] values = weights.get(weight.name());
      constants.put(weight.name(), graph.constant("weights/" + weight.name(), values, shape));
    }
  }

  /**
   * Writes the graph.
   *
   * @param vocabulary how many tokens there are
   * @param weights by name, see {@link Architecture#weights}
   */
  public static GraphDef graph(
      Architecture architecture, int vocabulary, Map<String, float[]> weights) {
    DeployedLanguageModel model = new DeployedLanguageModel(architecture, vocabulary, weights);
    model.writeStep();
    new ScoreLoop(model.graph, architecture.stateSize(), model::logits)
        .write(TOKENS, FIRST_STATE, LOG_PROBABILITIES, LAST_STATE);
    return model.graph.build();
  }

  private void writeStep() {
    Tape tape = new Tape(graph, "step/");
    graph.placeholder(TOKEN, DataType.DT_INT32, -1);
    graph.placeholder(STEP_STATE, DataType.DT_FLOAT, -1, architecture.stateSize());
    CellNodes.Step step = logits(tape, TOKEN, STEP_STATE);
    graph.node("Softmax", PROBABILITIES).input(step.output()).floats().add();
    graph.node("Identity", NEXT_STATE).input(step.state()).floats().add();
  }

  /** Writes a step whose output is the logits, [batch, vocabulary]. */
  private CellNodes.Step logits(Tape tape, String token, String state) {
    Optional<String> projection =
        architecture.rank() == 0
            ? Optional.empty()
            : Optional.of(weight(tape, Architecture.PROJECTION));
    String table = weight(tape, Architecture.EMBEDDING);
    String row = tape.rows(table, token);
    String input = projection.map(p -> tape.product(row, p)).orElse(row);
    CellNodes cell = CellNodes.of(architecture.cell(), tape, name -> weight(tape, name), x -> x);
    CellNodes.Step step = cell.step(input, state);
    String output =
        projection.map(p -> tape.productWithTransposed(step.output(), p)).orElse(step.output());
    String products = tape.productWithTransposed(output, table);
    String logits =
        architecture.decoderBias()
            ? tape.biased(products, weight(tape, Architecture.BIAS))
            : products;
    return new CellNodes.Step(logits, step.state());
  }

  private String weight(Tape tape, String name) {
    return tape.entered(constants.get(name), DataType.DT_FLOAT);
  }

  /** The signatures of such a graph. */
  public static Map<String, SignatureDef> signatures(Architecture architecture, int vocabulary) {
    int size = architecture.stateSize();
    SignatureDef step =
        SignatureDef.newBuilder()
            .setMethodName(SavedModelWriter.METHOD)
            .putInputs(TOKEN, SavedModelWriter.tensor(TOKEN, DataType.DT_INT32, -1))
            .putInputs(STATE, floats(STEP_STATE, size))
            .putOutputs(PROBABILITIES, floats(PROBABILITIES, vocabulary))
            .putOutputs(STATE, floats(NEXT_STATE, size))
            .build();
    SignatureDef score =
        SignatureDef.newBuilder()
            .setMethodName(SavedModelWriter.METHOD)
            .putInputs(TOKENS, SavedModelWriter.tensor(TOKENS, DataType.DT_INT32, -1, -1))
            .putOutputs(LOG_PROBABILITIES, floats(LOG_PROBABILITIES, -1))
            .build();
    SignatureDef goingOn =
        score.toBuilder()
            .putInputs(STATE, floats(FIRST_STATE, size))
            .putOutputs(STATE, floats(LAST_STATE, size))
            .build();
    return Map.of(STEP, step, SCORE, score, CONTINUE, goingOn);
  }

  private static TensorInfo floats(String node, int columns) {
    return SavedModelWriter.tensor(node, DataType.DT_FLOAT, -1, columns);
  }
}
