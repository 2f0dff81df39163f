package org.proxyless.search.recurrent.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.tensorflow.LoadedModel;
import org.proxyless.devices.tensorflow.SavedModelWriter;
import org.proxyless.search.recurrent.cell.Architecture;
import org.proxyless.search.recurrent.text.Vocabulary;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.exceptions.TensorFlowException;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.ConfigProto;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TInt32;

/**
 * An exported language model, loaded. Not safe for use by several threads at once. Holds native
 * memory until closed.
 */
public final class LanguageModel implements AutoCloseable {
  private static final String VOCABULARY_NODE = "vocabulary_file";
  private static final String VOCABULARY_FILE = "vocabulary.txt";
  private static final int IN_THE_CALLERS_THREAD = -1;

  private final SavedModelBundle bundle;
  private final SignatureDef step;
  private final SignatureDef score;
  private final Vocabulary vocabulary;

  private LanguageModel(SavedModelBundle bundle, Vocabulary vocabulary) {
    this.bundle = bundle;
    this.vocabulary = vocabulary;
    Map<String, SignatureDef> signatures = bundle.metaGraphDef().getSignatureDefMap();
    step = signatures.get(DeployedLanguageModel.STEP);
    score = signatures.get(DeployedLanguageModel.CONTINUE);
  }

  /**
   * Writes a model whole or not at all.
   *
   * @param folder {@code NAME}, which must not exist; the model goes to {@code NAME/1}
   * @param weights by name, see {@link Architecture#weights}
   * @throws InvalidInputException if the folder exists
   */
  public static void write(
      Path folder, Architecture architecture, Vocabulary vocabulary, Map<String, float[]> weights)
      throws IOException {
    SavedModelWriter.write(
        folder,
        DeployedLanguageModel.graph(architecture, vocabulary.size(), weights),
        DeployedLanguageModel.signatures(architecture, vocabulary.size()),
        new SavedModelWriter.Asset(VOCABULARY_NODE, VOCABULARY_FILE, vocabulary.lines()));
  }

  /** Whether a folder, or a version in it, holds a language model. */
  public static boolean isOne(Path folder) {
    try {
      return Files.isRegularFile(vocabularyFile(LoadedModel.versionFolder(folder)));
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private static Path vocabularyFile(Path version) {
    return version.resolve("assets").resolve(VOCABULARY_FILE);
  }

  /**
   * Loads a model.
   *
   * @param folder {@code NAME}, of which the highest version is taken, or {@code NAME/VERSION}
   * @param threads that a call may use
   * @throws InvalidInputException if there is no language model
   */
  public static LanguageModel open(Path folder, int threads) {
    Path version = LoadedModel.versionFolder(folder);
    Path file = vocabularyFile(version);
    if (!Files.isRegularFile(file)) {
      throw new InvalidInputException(
          "SavedModel " + folder + " is no language model: it has no " + VOCABULARY_FILE + ".");
    }
    SavedModelBundle bundle;
    try {
      bundle =
          SavedModelBundle.loader(version.toString())
              .withTags("serve")
              .withConfigProto(configuration(threads))
              .load();
    } catch (TensorFlowException e) {
      throw new InvalidInputException(
          version
              + " cannot be loaded as a SavedModel ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("no reason given")
              + "). Export it again.",
          e);
    }
    try {
      return new LanguageModel(bundle, Vocabulary.ofLines(Files.readString(file).lines().toList()));
    } catch (IOException e) {
      bundle.close();
      throw new InvalidInputException("vocabulary " + file + " cannot be read (" + e + ").", e);
    }
  }

  /** How TensorFlow runs models that are used: in the thread that calls. */
  public static ConfigProto configuration(int threads) {
    return ConfigProto.newBuilder()
        .setIntraOpParallelismThreads(threads)
        .setInterOpParallelismThreads(IN_THE_CALLERS_THREAD)
        .putDeviceCount("GPU", 0)
        .build();
  }

  /** What the model knows. */
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  /** How many numbers a state has. */
  public int stateSize() {
    return (int)
        step.getInputsMap().get(DeployedLanguageModel.STATE).getTensorShape().getDim(1).getSize();
  }

  /** A state with which a text begins, for as many texts; the caller closes it. */
  public TFloat32 firstState(int batch) {
    float[] zeros = new float[batch * stateSize()];
    return TFloat32.tensorOf(Shape.of(batch, stateSize()), DataBuffers.of(zeros, true, false));
  }

  /**
   * One token: probabilities [batch, vocabulary] and the next state, in this order.
   *
   * @param token int32 [batch]
   * @return both, which the caller closes
   */
  public Result step(TInt32 token, Tensor state) {
    return bundle
        .session()
        .runner()
        .feed(input(step, DeployedLanguageModel.TOKEN), token)
        .feed(input(step, DeployedLanguageModel.STATE), state)
        .fetch(output(step, DeployedLanguageModel.PROBABILITIES))
        .fetch(output(step, DeployedLanguageModel.STATE))
        .run();
  }

  /** Makes something of the session, and of what a step takes and gives. */
  @FunctionalInterface
  public interface OfStep<T> {
    /**
     * @param inputs token and state
     * @param outputs probabilities and state
     */
    T make(Session session, String[] inputs, String[] outputs);
  }

  /** Makes something that calls steps by itself, and must not outlive the model. */
  public <T> T withStep(OfStep<T> maker) {
    return maker.make(
        bundle.session(),
        new String[] {
          input(step, DeployedLanguageModel.TOKEN), input(step, DeployedLanguageModel.STATE)
        },
        new String[] {
          output(step, DeployedLanguageModel.PROBABILITIES),
          output(step, DeployedLanguageModel.STATE)
        });
  }

  private static String input(SignatureDef signature, String name) {
    return signature.getInputsMap().get(name).getName();
  }

  private static String output(SignatureDef signature, String name) {
    return signature.getOutputsMap().get(name).getName();
  }

  /** The probabilities of every token in turn, token by token, from a state of zeros. */
  public float[][] stepByStep(int... tokens) {
    float[][] probabilities = new float[tokens.length][];
    TFloat32 first = firstState(1);
    Result last = null;
    try {
      for (int t = 0; t < tokens.length; t++) {
        try (TInt32 token = TInt32.vectorOf(tokens[t])) {
          Result next = step(token, last == null ? first : last.get(1));
          if (last != null) {
            last.close();
          }
          last = next;
        }
        probabilities[t] = floats((TFloat32) last.get(0));
      }
      return probabilities;
    } finally {
      first.close();
      if (last != null) {
        last.close();
      }
    }
  }

  /**
   * The log-probabilities of all tokens but the first of a text, each after those before it, in
   * nats. Texts of any length: it is done in pieces.
   *
   * @param piece tokens of a piece, at least 2
   */
  public float[] score(int[] tokens, int piece) {
    float[] logs = new float[Math.max(0, tokens.length - 1)];
    float[] state = new float[stateSize()];
    for (int from = 0; from + 1 < tokens.length; from += piece - 1) {
      int length = Math.min(piece, tokens.length - from);
      int[] part = Arrays.copyOfRange(tokens, from, from + length);
      try (TInt32 fed = TInt32.tensorOf(Shape.of(1, length), DataBuffers.of(part, true, false));
          TFloat32 before =
              TFloat32.tensorOf(Shape.of(1, state.length), DataBuffers.of(state, true, false));
          Result result =
              bundle
                  .session()
                  .runner()
                  .feed(input(score, DeployedLanguageModel.TOKENS), fed)
                  .feed(input(score, DeployedLanguageModel.STATE), before)
                  .fetch(output(score, DeployedLanguageModel.LOG_PROBABILITIES))
                  .fetch(output(score, DeployedLanguageModel.STATE))
                  .run()) {
        float[] own = floats((TFloat32) result.get(0));
        System.arraycopy(own, 0, logs, from, own.length);
        state = floats((TFloat32) result.get(1));
      }
    }
    return logs;
  }

  private static float[] floats(TFloat32 tensor) {
    float[] values = new float[(int) tensor.size()];
    tensor.copyTo(DataBuffers.of(values, false, false));
    return values;
  }

  @Override
  public void close() {
    bundle.close();
  }
}
