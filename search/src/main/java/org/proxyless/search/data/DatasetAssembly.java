package org.proxyless.search.data;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.proxyless.latency.InvalidInputException;
import org.proxyless.latency.Shape;

/** Makes a data set of stored images: one shape, three splits, their statistics and hash. */
final class DatasetAssembly {
  /** Fixed for ever: another value would be another data set. */
  private static final long SPLIT_SEED = 20170828;

  /** The share of all images that is held out for the test when the data has no test images. */
  private static final double TEST_SHARE = 0.2;

  /** The share of the training images that the architecture is trained on. */
  private static final double VALIDATION_SHARE = 0.25;

  /** So many images of each split are decoded at once, so that broken files show early. */
  private static final int PROBED = 64;

  private DatasetAssembly() {}

  static Dataset assemble(String name, StoredImages stored, DatasetOptions options) {
    checkShapes(stored);
    Shape shape = options.shape(stored.train().shape());
    ImageSource images = ResizedSource.of(stored.train(), shape);
    int[] order = stratifiedOrder(images);
    int testEnd = stored.test().isPresent() ? 0 : share(TEST_SHARE, order.length);
    int used = Math.min(order.length - testEnd, options.limit().orElse(Integer.MAX_VALUE));
    int validationEnd = testEnd + share(VALIDATION_SHARE, used);
    int trainEnd = testEnd + used;
    if (validationEnd >= trainEnd) {
      throw new InvalidInputException(
          "data set %s has %d training images; that is too few to split them."
              .formatted(name, order.length));
    }
    Split train = split(images, order, validationEnd, trainEnd);
    Split validation = split(images, order, testEnd, validationEnd);
    Split test =
        stored
            .test()
            .map(source -> whole(ResizedSource.of(source, shape)))
            .orElseGet(() -> split(images, order, 0, testEnd));
    List.of(train, validation, test).forEach(DatasetAssembly::probe);
    return new Dataset(
        name,
        shape,
        images.classNames(),
        train,
        validation,
        test,
        PixelStatistics.of(train),
        Augmentation.usual(shape, stored.flipsMakeSense()),
        ContentHash.of(stored.sources()));
  }

  private static void checkShapes(StoredImages stored) {
    Shape train = stored.train().shape();
    Shape test = stored.test().map(ImageSource::shape).orElse(train);
    if (!test.equals(train)) {
      throw new InvalidInputException(
          "the training images are %s but the test images %s; they must be alike."
              .formatted(train, test));
    }
  }

  private static int[] stratifiedOrder(ImageSource images) {
    int[] labels = IntStream.range(0, images.size()).map(images::label).toArray();
    return Stratification.order(labels, images.classNames().size(), SPLIT_SEED);
  }

  private static int share(double share, int count) {
    return Math.max(1, (int) Math.round(share * count));
  }

  /** A stretch of the stratified order, put back into the order of the files. */
  private static Split split(ImageSource images, int[] order, int start, int end) {
    int[] indices = Arrays.copyOfRange(order, start, end);
    Arrays.sort(indices);
    return new Split(images, indices);
  }

  private static Split whole(ImageSource images) {
    return new Split(images, IntStream.range(0, images.size()).toArray());
  }

  private static void probe(Split split) {
    byte[] pixels = new byte[(int) split.shape().elements()];
    EvenSample.of(split.size(), PROBED).forEach(position -> split.read(position, pixels));
  }
}
