package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.nio.file.Path;

/**
 * How a data set's files are read. What is null has its default; settings of older runs have none.
 *
 * @param unreadable what is done about image files that cannot be decoded; null to refuse them
 * @param imageCache the folder where decoded, resized images are kept, or null to keep none
 * @param imageCacheGigabytes what its files may take, in 10⁹ bytes; null for {@value
 *     #DEFAULT_CACHE_GIGABYTES}
 * @param imageFeature what the examples of TFRecord files call the encoded image, or null for
 *     {@code image/encoded}
 * @param labelFeature what they call the number of the class, or null for {@code image/class/label}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ReadingSettings(
    UnreadableFiles unreadable,
    Path imageCache,
    Integer imageCacheGigabytes,
    String imageFeature,
    String labelFeature) {
  public static final int DEFAULT_CACHE_GIGABYTES = 20;

  /** All of it by default. */
  public static final ReadingSettings DEFAULT = new ReadingSettings(null, null, null, null, null);

  private static final long GIGABYTE = 1_000_000_000;

  public ReadingSettings {
    Rules.atLeast("--image-cache-gb", 1, imageCacheGigabytes);
    Rules.onlyWith("--image-cache", imageCache, "--image-cache-gb", imageCacheGigabytes);
    Rules.named("--image-feature", imageFeature);
    Rules.named("--label-feature", labelFeature);
    imageCache = imageCache == null ? null : imageCache.toAbsolutePath().normalize();
  }

  /** What the files of the image cache may take, in bytes. */
  public long imageCacheBytes() {
    return GIGABYTE * (imageCacheGigabytes == null ? DEFAULT_CACHE_GIGABYTES : imageCacheGigabytes);
  }

  /** Whether files that cannot be decoded are left out. */
  public boolean skipsUnreadable() {
    return unreadable == UnreadableFiles.SKIP;
  }
}
