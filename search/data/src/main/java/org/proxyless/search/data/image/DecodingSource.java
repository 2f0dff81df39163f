package org.proxyless.search.data.image;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.ImageSource;

/** Encoded images, decoded and resized as they are read. */
public final class DecodingSource implements ImageSource {
  private final EncodedImages images;
  private final Shape shape;
  private final Optional<PixelCache> cache;

  private DecodingSource(EncodedImages images, Shape shape, Optional<PixelCache> cache) {
    this.images = images;
    this.shape = shape;
    this.cache = cache;
  }

  /**
   * Images in one shape.
   *
   * @param parts images for training and others, each closed with its source
   * @param place where they lie, for the cache on disk, if the options ask for one
   */
  public static List<ImageSource> of(
      List<EncodedImages> parts, Shape shape, String place, DatasetOptions options) {
    long images = parts.stream().mapToLong(EncodedImages::size).sum();
    Optional<PixelCache> cache =
        options.cache().map(settings -> PixelCache.open(settings, place, shape, images));
    List<ImageSource> sources = new ArrayList<>();
    parts.forEach(part -> sources.add(new DecodingSource(part, shape, cache)));
    return sources;
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public Shape shape() {
    return shape;
  }

  @Override
  public List<String> classNames() {
    return images.classNames();
  }

  @Override
  public int label(int index) {
    return images.label(index);
  }

  @Override
  public boolean decodes() {
    return true;
  }

  @Override
  public void read(int index, byte[] pixels) {
    if (cache.isEmpty()) {
      decode(index, pixels);
      return;
    }
    String identity = images.identity(index);
    if (!cache.get().read(identity, pixels)) {
      decode(index, pixels);
      cache.get().write(identity, pixels);
    }
  }

  private void decode(int index, byte[] pixels) {
    Function<DecodedImage, Void> scaled =
        image -> {
          image.scaleInto(shape, pixels);
          return null;
        };
    images.decode(index, scaled);
  }

  @Override
  public void digest(MessageDigest digest) {
    images.digest(digest);
  }

  @Override
  public void close() {
    images.close();
  }
}
