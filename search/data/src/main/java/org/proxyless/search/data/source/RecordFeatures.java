package org.proxyless.search.data.source;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.TreeSet;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.proto.Examples.Example;
import org.proxyless.search.data.proto.Examples.Feature;

/**
 * The names of what a {@code tf.train.Example} holds.
 *
 * @param image of the encoded image, a string of bytes
 * @param label of the number of its class
 */
public record RecordFeatures(String image, String label) {
  /** Those of TensorFlow's ImageNet scripts. */
  public static final RecordFeatures DEFAULT =
      new RecordFeatures("image/encoded", "image/class/label");

  /**
   * What a record says.
   *
   * @throws InvalidInputException if it is no example, or the feature is missing or of another kind
   */
  public byte[] image(byte[] record, String name) {
    Feature feature = feature(record, image, "--image-feature", name);
    if (feature.getBytesList().getValueCount() != 1) {
      throw new InvalidInputException(
          "%s: feature '%s' holds %d strings of bytes; it must hold one encoded image."
              .formatted(name, image, feature.getBytesList().getValueCount()));
    }
    return feature.getBytesList().getValue(0).toByteArray();
  }

  /** The class of a record, as above. */
  public long label(byte[] record, String name) {
    Feature feature = feature(record, label, "--label-feature", name);
    if (feature.getInt64List().getValueCount() != 1) {
      throw new InvalidInputException(
          "%s: feature '%s' holds %d integers; it must hold one, the number of the class."
              .formatted(name, label, feature.getInt64List().getValueCount()));
    }
    return feature.getInt64List().getValue(0);
  }

  private static Feature feature(byte[] record, String wanted, String option, String name) {
    Example example;
    try {
      example = Example.parseFrom(record);
    } catch (InvalidProtocolBufferException e) {
      throw new InvalidInputException(
          name + " is no tf.train.Example: " + e.getMessage() + " Write it as one.", e);
    }
    Feature feature = example.getFeatures().getFeatureMap().get(wanted);
    if (feature == null) {
      throw new InvalidInputException(
          "%s has no feature '%s'; it has %s. Name the right one (%s NAME)."
              .formatted(
                  name,
                  wanted,
                  new TreeSet<>(example.getFeatures().getFeatureMap().keySet()),
                  option));
    }
    return feature;
  }
}
