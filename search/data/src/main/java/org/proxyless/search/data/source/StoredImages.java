package org.proxyless.search.data.source;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a format found: the training images and, if the data has any, those for validation and for
 * the test.
 *
 * @param flipsMakeSense whether a mirrored image is as good a picture of its class
 * @param origins where each of them lies
 * @param remarks what else there is to say of what was found, a line each
 */
public record StoredImages(
    ImageSource train,
    Optional<ImageSource> validation,
    Optional<ImageSource> test,
    boolean flipsMakeSense,
    Origins origins,
    List<String> remarks) {

  /**
   * Where images lie, in a few words for a message.
   *
   * @param validation of no meaning where there are none, as the next
   */
  public record Origins(String train, String validation, String test) {
    /** Of data whose files are what they are. */
    static final Origins OWN =
        new Origins("the training images", "the data's own", "the data's own");
  }

  /** All that was there, without images for validation. */
  public StoredImages(ImageSource train, Optional<ImageSource> test, boolean flipsMakeSense) {
    this(train, Optional.empty(), test, flipsMakeSense, Origins.OWN, List.of());
  }

  /** One to three. */
  public List<ImageSource> sources() {
    return Stream.of(Optional.of(train), validation, test).flatMap(Optional::stream).toList();
  }

  public void close() {
    sources().forEach(ImageSource::close);
  }
}
