package org.proxyless.search.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a format found: the training images and, if the data has any, those for validation and for
 * the test.
 *
 * @param flipsMakeSense whether a mirrored image is as good a picture of its class
 * @param leftOut what lies there but was not taken, in half a line; empty if nothing
 */
record StoredImages(
    ImageSource train,
    Optional<ImageSource> validation,
    Optional<ImageSource> test,
    boolean flipsMakeSense,
    String leftOut) {

  /** All that was there, without images for validation. */
  StoredImages(ImageSource train, Optional<ImageSource> test, boolean flipsMakeSense) {
    this(train, Optional.empty(), test, flipsMakeSense, "");
  }

  /** One to three. */
  List<ImageSource> sources() {
    return Stream.of(Optional.of(train), validation, test).flatMap(Optional::stream).toList();
  }

  void close() {
    sources().forEach(ImageSource::close);
  }
}
