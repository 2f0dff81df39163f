package org.proxyless.devices.lite.file;

import com.google.flatbuffers.FlatBufferBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.tensorflow.lite.support.metadata.MetadataExtractor;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileT;
import org.tensorflow.lite.support.metadata.schema.AssociatedFileType;
import org.tensorflow.lite.support.metadata.schema.ColorSpaceType;
import org.tensorflow.lite.support.metadata.schema.ContentProperties;
import org.tensorflow.lite.support.metadata.schema.ContentPropertiesUnion;
import org.tensorflow.lite.support.metadata.schema.ContentT;
import org.tensorflow.lite.support.metadata.schema.FeaturePropertiesT;
import org.tensorflow.lite.support.metadata.schema.ImagePropertiesT;
import org.tensorflow.lite.support.metadata.schema.ModelMetadata;
import org.tensorflow.lite.support.metadata.schema.ModelMetadataT;
import org.tensorflow.lite.support.metadata.schema.NormalizationOptionsT;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptions;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitOptionsUnion;
import org.tensorflow.lite.support.metadata.schema.ProcessUnitT;
import org.tensorflow.lite.support.metadata.schema.StatsT;
import org.tensorflow.lite.support.metadata.schema.SubGraphMetadataT;
import org.tensorflow.lite.support.metadata.schema.TensorMetadataT;

/**
 * What TensorFlow Lite's Task Library reads of an image classifier: that the input is an image of
 * bytes as they are, and which labels the outputs have ({@code labels.txt}, packed behind the
 * file). Its schema is {@code metadata_schema.fbs}.
 */
public final class ImageMetadata {
  /** The name by which a file's metadata is found. */
  static final String NAME = "TFLITE_METADATA";

  /** The file of class names, one a line. */
  static final String LABELS = "labels.txt";

  private static final String PARSER_VERSION = "1.0.0";
  private static final float LARGEST_PIXEL = 255;

  private ImageMetadata() {}

  /** The metadata of a network. */
  public static byte[] of(String networkName, Shape image, String input, String output) {
    SubGraphMetadataT subgraph = new SubGraphMetadataT();
    subgraph.setInputTensorMetadata(new TensorMetadataT[] {image(input, image)});
    subgraph.setOutputTensorMetadata(new TensorMetadataT[] {classes(output)});
    ModelMetadataT model = new ModelMetadataT();
    model.setName(networkName);
    model.setDescription("Tells which class an image belongs to.");
    model.setSubgraphMetadata(new SubGraphMetadataT[] {subgraph});
    model.setMinParserVersion(PARSER_VERSION);
    FlatBufferBuilder builder = new FlatBufferBuilder();
    ModelMetadata.finishModelMetadataBuffer(builder, ModelMetadata.pack(builder, model));
    return builder.sizedByteArray();
  }

  /** The class names as a file to pack. */
  public static StoredFile labels(List<String> classNames) {
    String lines = String.join("\n", classNames) + "\n";
    return new StoredFile(LABELS, lines.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Reads the class names of a file as the Task Library does.
   *
   * @param name of the file, for messages
   * @throws InvalidInputException if it has none
   */
  public static List<String> classNames(String name, byte[] file) {
    try {
      MetadataExtractor metadata = new MetadataExtractor(ByteBuffer.wrap(file));
      if (metadata.hasMetadata() && metadata.getAssociatedFileNames().contains(LABELS)) {
        try (InputStream labels = metadata.getAssociatedFile(LABELS)) {
          return new String(labels.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
      }
    } catch (IOException | IllegalArgumentException | IllegalStateException e) {
      throw unlabelled(name, e);
    }
    throw unlabelled(name, null);
  }

  private static InvalidInputException unlabelled(String name, Exception cause) {
    return new InvalidInputException(
        name + " has no " + LABELS + " packed with it. Give a file that 'export' wrote.", cause);
  }

  private static TensorMetadataT image(String name, Shape image) {
    ImagePropertiesT properties = new ImagePropertiesT();
    properties.setColorSpace(
        switch (image.channels()) {
          case 1 -> ColorSpaceType.GRAYSCALE;
          case 3 -> ColorSpaceType.RGB;
          default -> ColorSpaceType.UNKNOWN;
        });
    StatsT stats = new StatsT();
    stats.setMin(new float[] {0});
    stats.setMax(new float[] {LARGEST_PIXEL});
    TensorMetadataT tensor = new TensorMetadataT();
    tensor.setName(name);
    tensor.setDescription("One image, bytes from 0 to 255.");
    tensor.setContent(content(ContentProperties.ImageProperties, properties));
    tensor.setProcessUnits(new ProcessUnitT[] {asTheyAre()});
    tensor.setStats(stats);
    return tensor;
  }

  /** The network normalises pixels itself. */
  private static ProcessUnitT asTheyAre() {
    NormalizationOptionsT normalization = new NormalizationOptionsT();
    normalization.setMean(new float[] {0});
    normalization.setStd(new float[] {1});
    ProcessUnitOptionsUnion options = new ProcessUnitOptionsUnion();
    options.setType(ProcessUnitOptions.NormalizationOptions);
    options.setValue(normalization);
    ProcessUnitT unit = new ProcessUnitT();
    unit.setOptions(options);
    return unit;
  }

  private static TensorMetadataT classes(String name) {
    AssociatedFileT labels = new AssociatedFileT();
    labels.setName(LABELS);
    labels.setDescription("The names of the classes.");
    labels.setType(AssociatedFileType.TENSOR_AXIS_LABELS);
    StatsT stats = new StatsT();
    stats.setMin(new float[] {0});
    stats.setMax(new float[] {1});
    TensorMetadataT tensor = new TensorMetadataT();
    tensor.setName(name);
    tensor.setDescription("The probability of each class.");
    tensor.setContent(content(ContentProperties.FeatureProperties, new FeaturePropertiesT()));
    tensor.setStats(stats);
    tensor.setAssociatedFiles(new AssociatedFileT[] {labels});
    return tensor;
  }

  private static ContentT content(byte type, Object value) {
    ContentPropertiesUnion properties = new ContentPropertiesUnion();
    properties.setType(type);
    properties.setValue(value);
    ContentT content = new ContentT();
    content.setContentProperties(properties);
    return content;
  }
}
