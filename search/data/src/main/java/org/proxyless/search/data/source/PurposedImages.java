package org.proxyless.search.data.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Images that files state a purpose of, taken for what they are good for. Where there are images
 * for validation but none for the test, they are the test, as in image folders.
 */
public final class PurposedImages {
  private PurposedImages() {}

  /**
   * What a format found.
   *
   * @param sources those for training and maybe others
   * @param flipsMakeSense whether a mirrored image is as good a picture of its class
   */
  public static StoredImages of(
      Map<Purpose, ImageSource> sources, boolean flipsMakeSense, List<String> remarks) {
    Optional<ImageSource> validation = Optional.ofNullable(sources.get(Purpose.VALIDATION));
    Optional<ImageSource> test = Optional.ofNullable(sources.get(Purpose.TEST));
    boolean spared = test.isEmpty() && validation.isPresent();
    return new StoredImages(
        sources.get(Purpose.TRAIN),
        spared ? Optional.empty() : validation,
        spared ? validation : test,
        flipsMakeSense,
        new StoredImages.Origins(
            "the training images",
            "the data's own",
            spared ? "the data's for validation: it has none for the test" : "the data's own"),
        remarks);
  }
}
