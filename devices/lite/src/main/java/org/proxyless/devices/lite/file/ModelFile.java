package org.proxyless.devices.lite.file;

import com.google.flatbuffers.FlatBufferBuilder;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.tensorflow.lite.schema.Buffer;
import org.tensorflow.lite.schema.BuiltinOptionsUnion;
import org.tensorflow.lite.schema.Metadata;
import org.tensorflow.lite.schema.MetadataT;
import org.tensorflow.lite.schema.Model;
import org.tensorflow.lite.schema.OperatorCode;
import org.tensorflow.lite.schema.OperatorCodeT;
import org.tensorflow.lite.schema.OperatorT;
import org.tensorflow.lite.schema.QuantizationParametersT;
import org.tensorflow.lite.schema.SignatureDef;
import org.tensorflow.lite.schema.SignatureDefT;
import org.tensorflow.lite.schema.SubGraph;
import org.tensorflow.lite.schema.SubGraphT;
import org.tensorflow.lite.schema.TensorMapT;
import org.tensorflow.lite.schema.TensorT;

/**
 * A TensorFlow Lite file in the making: tensors, operators and buffers of its FlatBuffers schema
 * (TensorFlow's {@code schema.fbs}, version 3), one subgraph.
 */
public final class ModelFile {
  /** The signature by which a network is called, as in a SavedModel. */
  static final String SIGNATURE = "serving_default";

  private static final int SCHEMA_VERSION = 3;
  private static final int BUFFER_ALIGNMENT_BYTES = 16; // what the schema asks with force_align

  /** The field of one byte that older readers know; from this code on it says: see the other. */
  private static final int LARGEST_DEPRECATED_CODE = 127;

  private record Code(int builtin, int version) {}

  private final FlatBufferBuilder builder = new FlatBufferBuilder(1 << 20);
  private final List<Integer> buffers = new ArrayList<>();
  private final List<TensorT> tensors = new ArrayList<>();
  private final List<OperatorT> operators = new ArrayList<>();
  private final Map<Code, Integer> codes = new LinkedHashMap<>();
  private final List<MetadataT> metadata = new ArrayList<>();

  public ModelFile() {
    buffer(new byte[0]); // buffer 0 stays empty: it is that of tensors without data
  }

  /**
   * Adds a tensor that is computed.
   *
   * @param type one of {@link org.tensorflow.lite.schema.TensorType}
   * @param quantization or null
   * @return its index
   */
  public int tensor(String name, byte type, QuantizationParametersT quantization, int... extents) {
    TensorT tensor = new TensorT();
    tensor.setName(name);
    tensor.setType(type);
    tensor.setShape(extents);
    tensor.setQuantization(quantization);
    tensors.add(tensor);
    return tensors.size() - 1;
  }

  /** Adds a tensor whose values, in little-endian order, are part of the file. */
  int constant(
      String name, byte type, QuantizationParametersT quantization, byte[] values, int... extents) {
    int index = tensor(name, type, quantization, extents);
    tensors.get(index).setBuffer(buffer(values));
    return index;
  }

  /**
   * Adds an operator.
   *
   * @param builtin one of {@link org.tensorflow.lite.schema.BuiltinOperator}
   * @param version of the operator, which says what types it must know
   * @param options null for an operator without options
   */
  public void operator(
      int builtin, int version, int[] inputs, int output, BuiltinOptionsUnion options) {
    OperatorT operator = new OperatorT();
    operator.setOpcodeIndex(codes.computeIfAbsent(new Code(builtin, version), c -> codes.size()));
    operator.setInputs(inputs);
    operator.setOutputs(new int[] {output});
    operator.setBuiltinOptions(options);
    operators.add(operator);
  }

  /** Adds bytes under a name for whoever knows it. */
  void metadata(String name, byte[] content) {
    MetadataT entry = new MetadataT();
    entry.setName(name);
    entry.setBuffer(buffer(content));
    metadata.add(entry);
  }

  /** When its tensors are needed. */
  TensorUses uses() {
    return new TensorUses(tensors, operators);
  }

  /**
   * The file.
   *
   * @param inputs tensors that the subgraph takes
   * @param outputs tensors that it gives
   */
  public byte[] bytes(int[] inputs, int... outputs) {
    int codesVector = Model.createOperatorCodesVector(builder, operatorCodes());
    int subgraphs =
        Model.createSubgraphsVector(
            builder, new int[] {SubGraph.pack(builder, subgraph(inputs, outputs))});
    int description = builder.createString("Written by Proxyless");
    int buffersVector = Model.createBuffersVector(builder, array(buffers));
    int metadataVector =
        Model.createMetadataVector(
            builder, metadata.stream().mapToInt(m -> Metadata.pack(builder, m)).toArray());
    int signatures =
        Model.createSignatureDefsVector(
            builder, new int[] {SignatureDef.pack(builder, signature(inputs, outputs))});
    Model.startModel(builder);
    Model.addVersion(builder, SCHEMA_VERSION);
    Model.addOperatorCodes(builder, codesVector);
    Model.addSubgraphs(builder, subgraphs);
    Model.addDescription(builder, description);
    Model.addBuffers(builder, buffersVector);
    Model.addMetadata(builder, metadataVector);
    Model.addSignatureDefs(builder, signatures);
    Model.finishModelBuffer(builder, Model.endModel(builder));
    return builder.sizedByteArray();
  }

  private int[] operatorCodes() {
    return codes.keySet().stream()
        .mapToInt(
            code -> {
              OperatorCodeT packed = new OperatorCodeT();
              packed.setBuiltinCode(code.builtin());
              packed.setDeprecatedBuiltinCode(
                  (byte) Math.min(code.builtin(), LARGEST_DEPRECATED_CODE));
              packed.setVersion(code.version());
              return OperatorCode.pack(builder, packed);
            })
        .toArray();
  }

  private SubGraphT subgraph(int[] inputs, int[] outputs) {
    SubGraphT subgraph = new SubGraphT();
    subgraph.setName("main");
    subgraph.setTensors(tensors.toArray(TensorT[]::new));
    subgraph.setInputs(inputs);
    subgraph.setOutputs(outputs);
    subgraph.setOperators(operators.toArray(OperatorT[]::new));
    return subgraph;
  }

  private SignatureDefT signature(int[] inputs, int[] outputs) {
    SignatureDefT signature = new SignatureDefT();
    signature.setSignatureKey(SIGNATURE);
    signature.setInputs(named(inputs));
    signature.setOutputs(named(outputs));
    return signature;
  }

  private TensorMapT[] named(int[] indices) {
    TensorMapT[] named = new TensorMapT[indices.length];
    for (int i = 0; i < named.length; i++) {
      named[i] = new TensorMapT();
      named[i].setName(tensors.get(indices[i]).getName());
      named[i].setTensorIndex(indices[i]);
    }
    return named;
  }

  /** Not the schema's own createDataVector, which aligns to one byte. */
  private int buffer(byte[] content) {
    int data = 0;
    if (content.length > 0) {
      ByteBuffer place =
          builder.createUnintializedVector(1, content.length, BUFFER_ALIGNMENT_BYTES);
      place.put(content);
      data = builder.endVector();
    }
    Buffer.startBuffer(builder);
    if (data != 0) {
      Buffer.addData(builder, data);
    }
    buffers.add(Buffer.endBuffer(builder));
    return buffers.size() - 1;
  }

  private static int[] array(List<Integer> values) {
    return values.stream().mapToInt(Integer::intValue).toArray();
  }
}
