package org.proxyless.devices.lite;

import java.nio.ByteBuffer;
import java.util.Set;
import org.proxyless.base.InvalidInputException;
import org.proxyless.devices.lite.file.LiteWriter;
import org.tensorflow.lite.schema.BuiltinOperator;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.OperatorCode;

/** A TensorFlow Lite file that came from another machine. */
final class SentFile {
  /** All operators that {@link LiteWriter} and the encodings write. */
  static final Set<Integer> OPERATORS =
      Set.of(
          BuiltinOperator.ADD,
          BuiltinOperator.CAST,
          BuiltinOperator.CONV_2D,
          BuiltinOperator.DEPTHWISE_CONV_2D,
          BuiltinOperator.DEQUANTIZE,
          BuiltinOperator.FULLY_CONNECTED,
          BuiltinOperator.MEAN,
          BuiltinOperator.MUL,
          BuiltinOperator.QUANTIZE,
          BuiltinOperator.SOFTMAX);

  private SentFile() {}

  /**
   * Must hold before any of it is run.
   *
   * @throws InvalidInputException if we would not write such a file
   */
  static void requireOurs(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    try {
      if (content.length < Long.BYTES || !Model.ModelBufferHasIdentifier(bytes)) {
        throw refused("it is no TensorFlow Lite file");
      }
      Model model = Model.getRootAsModel(bytes);
      if (model.subgraphsLength() != 1) {
        throw refused("it has " + model.subgraphsLength() + " graphs, not one");
      }
      for (int i = 0; i < model.operatorCodesLength(); i++) {
        requireOurs(model.operatorCodes(i));
      }
    } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
      throw refused("it is damaged");
    }
  }

  private static void requireOurs(OperatorCode code) {
    int builtin = Math.max(code.builtinCode(), code.deprecatedBuiltinCode());
    if (code.customCode() != null || !OPERATORS.contains(builtin)) {
      String name =
          builtin >= 0 && builtin < BuiltinOperator.names.length
              ? BuiltinOperator.name(builtin)
              : "with the number " + builtin;
      throw refused("its operator " + name + " is none of ours");
    }
  }

  private static InvalidInputException refused(String reason) {
    return new InvalidInputException(
        "the file that was sent was not written by 'export': " + reason + ". Export it again.");
  }
}
