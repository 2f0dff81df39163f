package org.proxyless.search.data;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a format found: the training images and, if the data has any, the test images.
 *
 * @param flipsMakeSense whether a mirrored image is as good a picture of its class
 */
record StoredImages(ImageSource train, Optional<ImageSource> test, boolean flipsMakeSense) {
  /** One or two. */
  List<ImageSource> sources() {
    return Stream.concat(Stream.of(train), test.stream()).toList();
  }

  void close() {
    sources().forEach(ImageSource::close);
  }
}
