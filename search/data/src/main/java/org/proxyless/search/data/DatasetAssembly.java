package org.proxyless.search.data;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.ContentHash;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.EvenSample;
import org.proxyless.search.data.source.ImageSource;
import org.proxyless.search.data.source.JoinedSource;
import org.proxyless.search.data.source.ResizedSource;
import org.proxyless.search.data.source.StoredImages;
import org.proxyless.search.data.source.Stratification;

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
    Splits splits =
        stored
            .validation()
            .map(validation -> ownSplits(name, stored, validation, shape, options))
            .orElseGet(() -> dividedSplits(name, stored, shape, options));
    Stream.of(splits.train, splits.validation, splits.test).forEach(DatasetAssembly::probe);
    return new Dataset(
        name,
        shape,
        stored.train().classNames(),
        splits.train,
        splits.validation,
        splits.test,
        PixelStatistics.of(splits.train),
        Augmentation.usual(shape, stored.flipsMakeSense()),
        ContentHash.of(stored.sources()),
        found(stored, splits));
  }

  private record Splits(Split train, Split validation, Split test) {}

  /** Some of the training images are for validation and, without test images, some for the test. */
  private static Splits dividedSplits(
      String name, StoredImages stored, Shape shape, DatasetOptions options) {
    ImageSource images = ResizedSource.of(stored.train(), shape);
    int[] order = stratifiedOrder(images);
    int testEnd = stored.test().isPresent() ? 0 : share(TEST_SHARE, order.length);
    int used = Math.min(order.length - testEnd, options.limit().orElse(Integer.MAX_VALUE));
    int validationEnd = testEnd + share(VALIDATION_SHARE, used);
    int trainEnd = testEnd + used;
    if (validationEnd >= trainEnd) {
      throw tooFew(name, order.length);
    }
    Split test =
        stored
            .test()
            .map(source -> whole(ResizedSource.of(source, shape)))
            .orElseGet(() -> split(images, order, 0, testEnd));
    return new Splits(
        split(images, order, validationEnd, trainEnd),
        split(images, order, testEnd, validationEnd),
        test);
  }

  /** The data has images for each purpose; a limit is shared out as it is where it has not. */
  private static Splits ownSplits(
      String name,
      StoredImages stored,
      ImageSource validation,
      Shape shape,
      DatasetOptions options) {
    ImageSource test =
        stored.test().orElseThrow(() -> new IllegalArgumentException("no test images"));
    int trainSize = stored.train().size();
    int validationSize = validation.size();
    int limit = options.limit().orElse(Integer.MAX_VALUE);
    int validationUsed = Math.min(validationSize, share(VALIDATION_SHARE, limit));
    int trainUsed = Math.min(trainSize, limit - validationUsed);
    if (trainUsed < 1) {
      throw tooFew(name, trainSize);
    }
    ImageSource joined = ResizedSource.of(new JoinedSource(stored.train(), validation), shape);
    int[] forValidation = stratifiedOrder(validation);
    for (int i = 0; i < validationSize; i++) {
      forValidation[i] += trainSize;
    }
    return new Splits(
        split(joined, stratifiedOrder(stored.train()), 0, trainUsed),
        split(joined, forValidation, 0, validationUsed),
        whole(ResizedSource.of(test, shape)));
  }

  private static InvalidInputException tooFew(String name, int images) {
    return new InvalidInputException(
        "data set %s has %d training images; that is too few to split them."
            .formatted(name, images));
  }

  private static List<String> found(StoredImages stored, Splits splits) {
    StoredImages.Origins origins = stored.origins();
    String heldOut = "held out of " + origins.train();
    String counts =
        "Data: %d classes; %,d images for training, %,d for validation (%s), %,d for the test (%s)."
            .formatted(
                stored.train().classNames().size(),
                splits.train.size(),
                splits.validation.size(),
                stored.validation().isPresent() ? origins.validation() : heldOut,
                splits.test.size(),
                stored.test().isPresent() ? origins.test() : heldOut);
    List<String> found = new ArrayList<>(List.of(counts));
    found.addAll(stored.remarks());
    found.addAll(
        Reliability.of(stored.train().classNames(), splits.train, splits.validation, splits.test));
    return found;
  }

  private static void checkShapes(StoredImages stored) {
    Shape train = stored.train().shape();
    for (ImageSource other : stored.sources()) {
      if (!other.shape().equals(train)) {
        throw new InvalidInputException(
            "the training images are %s but the test images %s; they must be alike."
                .formatted(train, other.shape()));
      }
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
