package org.proxyless.search.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.proxyless.base.InvalidInputException;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.NumberedImages;

@Timeout(30)
class BatchStreamTest {
  private static final Shape SHAPE = new Shape(4, 6, 1);
  private static final Augmentation BOTH = new Augmentation(2, true);

  private static NumberedImages images(int size) {
    return new NumberedImages(size, SHAPE, index -> {});
  }

  private static BatchStream.Builder stream(NumberedImages images) {
    return BatchStream.shuffled(images.all(), NumberedImages.UNITS).batchSize(5).seed(42);
  }

  /** A batch that outlives its stream. */
  private static Batch copy(Batch batch) {
    return new Batch(batch.images().clone(), batch.labels().clone(), batch.size());
  }

  private static List<Batch> take(BatchStream.Builder settings, int count) {
    List<Batch> batches = new ArrayList<>();
    try (BatchStream stream = settings.open()) {
      for (int i = 0; i < count; i++) {
        batches.add(copy(stream.next()));
      }
    }
    return batches;
  }

  private static void assertEqual(List<Batch> left, List<Batch> right) {
    assertThat(left).hasSameSizeAs(right);
    for (int i = 0; i < left.size(); i++) {
      assertThat(left.get(i).images()).isEqualTo(right.get(i).images());
      assertThat(left.get(i).labels()).isEqualTo(right.get(i).labels());
    }
  }

  /** The numbers of the images, when they are not augmented. */
  private static int[] numbers(List<Batch> batches) {
    return batches.stream()
        .flatMapToInt(
            batch ->
                IntStream.range(0, batch.size())
                    .map(i -> (int) batch.images()[i * (int) SHAPE.elements()]))
        .toArray();
  }

  @Test
  void equalSeedsGiveEqualBatchesWhateverTheTiming() {
    Random delays = new Random(3);
    NumberedImages hesitant =
        new NumberedImages(
            23,
            SHAPE,
            index -> {
              if (delays.nextInt(10) == 0) {
                LockSupport.parkNanos(500_000);
              }
            });
    List<Batch> quick = take(stream(images(23)).augmentation(BOTH), 20);
    assertEqual(take(stream(hesitant).augmentation(BOTH), 20), quick);
  }

  @Test
  void anotherSeedGivesOtherBatches() {
    int[] first = numbers(take(stream(images(23)), 4));
    assertThat(numbers(take(stream(images(23)).seed(43), 4))).isNotEqualTo(first);
  }

  @ParameterizedTest
  @CsvSource({"0, 7", "1, 1", "1, 30", "4, 7", "6, 30", "25, 7", "1000, 23"})
  void skippingIsDrawingWithoutLooking(int skipped, int size) {
    List<Batch> whole = take(stream(images(size)).augmentation(BOTH), skipped + 4);
    List<Batch> resumed = take(stream(images(size)).augmentation(BOTH).skip(skipped), 4);
    assertEqual(resumed, whole.subList(skipped, skipped + 4));
  }

  @Test
  void theNumberOfBatchesDrawnIsThePositionToResumeFrom() {
    try (BatchStream stream = stream(images(23)).skip(7).open()) {
      stream.next();
      assertThat(stream.drawn()).isEqualTo(8);
    }
  }

  @Test
  void aSampleOfASplitIsSpreadOverItAndNeverLargerThanIt() {
    Split split = new NumberedImages(10, SHAPE, index -> {}).all();
    assertThat(split.sample(4).indices()).containsExactly(0, 2, 5, 7);
    assertThat(split.sample(40).indices()).isEqualTo(split.indices());
  }

  @Test
  void everyEpochShowsEveryImageOnceInAnotherOrder() {
    int[] numbers = numbers(take(stream(images(20)), 8));
    int[] first = Arrays.copyOf(numbers, 20);
    int[] second = Arrays.copyOfRange(numbers, 20, 40);
    assertThat(second).isNotEqualTo(first);
    List<Integer> all = IntStream.range(0, 20).boxed().toList();
    assertThat(Arrays.stream(first).sorted()).containsExactlyElementsOf(all);
    assertThat(Arrays.stream(second).sorted()).containsExactlyElementsOf(all);
  }

  @Test
  void batchesRunOverTheEndOfAnEpochSoThatNoImageIsLeftOut() {
    int[] numbers = numbers(take(stream(images(7)), 7)); // 35 images: five epochs of 7
    for (int epoch = 0; epoch < 5; epoch++) {
      assertThat(Arrays.stream(numbers, 7 * epoch, 7 * epoch + 7).sorted())
          .containsExactly(0, 1, 2, 3, 4, 5, 6);
    }
  }

  @Test
  void aBatchMayBeLargerThanTheSplit() {
    assertThat(take(stream(images(3)).batchSize(8), 1).get(0).size()).isEqualTo(8);
  }

  @Test
  void imagesAndLabelsBelongTogether() {
    for (Batch batch : take(stream(images(23)), 10)) {
      for (int i = 0; i < batch.size(); i++) {
        assertThat((int) batch.images()[i * 24] % 2).isEqualTo(batch.labels()[i]);
      }
    }
  }

  @Test
  void cropsReachEveryPlaceAndFlipsEveryOther() {
    // The one image counts its pixels, so that each view of it tells how it was made.
    byte[] counted = new byte[24];
    for (int i = 0; i < counted.length; i++) {
      counted[i] = (byte) (i + 1);
    }
    Set<Integer> views = new HashSet<>();
    Set<Integer> expected = new HashSet<>();
    PixelWriter writer = new PixelWriter(SHAPE, NumberedImages.UNITS);
    for (int down = -2; down <= 2; down++) {
      for (int right = -2; right <= 2; right++) {
        for (boolean flip : new boolean[] {false, true}) {
          float[] view = new float[24];
          writer.write(counted, view, 0, down, right, flip);
          expected.add(Arrays.hashCode(view));
        }
      }
    }
    NumberedImages one = new NumberedImages(1, SHAPE, index -> {}, counted);
    for (Batch batch : take(stream(one).augmentation(BOTH).batchSize(1), 1000)) {
      views.add(Arrays.hashCode(batch.images()));
    }
    assertThat(expected).hasSize(50);
    assertThat(views).isEqualTo(expected);
  }

  @Test
  void withoutAugmentationImagesStayAsTheyAre() {
    for (Batch batch : take(stream(images(20)), 4)) {
      for (int i = 0; i < batch.images().length; i++) {
        assertThat(batch.images()[i]).isEqualTo(batch.images()[i / 24 * 24]);
      }
    }
  }

  @Test
  void theSequentialStreamShowsEveryImageOnceInOrder() {
    List<Batch> batches = new ArrayList<>();
    try (BatchStream stream = BatchStream.sequential(images(13).all(), NumberedImages.UNITS, 5)) {
      while (stream.hasNext()) {
        batches.add(copy(stream.next()));
      }
      assertThatThrownBy(stream::next).isInstanceOf(NoSuchElementException.class);
    }
    assertThat(batches).extracting(Batch::size).containsExactly(5, 5, 3);
    assertThat(batches.get(2).images()).hasSize(3 * 24);
    assertThat(batches.get(2).labels()).hasSize(3);
    assertThat(numbers(batches)).isEqualTo(IntStream.range(0, 13).toArray());
  }

  @Test
  void theNextBatchIsPreparedWhileThisOneIsUsed() throws InterruptedException {
    CountDownLatch laterImageRead = new CountDownLatch(6);
    NumberedImages images = new NumberedImages(100, SHAPE, index -> laterImageRead.countDown());
    try (BatchStream stream = stream(images).open()) {
      stream.next();
      assertThat(laterImageRead.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void aBatchStaysAsItIsUntilTheNextIsAskedFor() throws InterruptedException {
    NumberedImages images = images(100);
    try (BatchStream stream = stream(images).open()) {
      stream.next();
      Batch held = stream.next();
      Batch before = copy(held);
      while (images.reads.get() < 4 * 5) { // two more batches are prepared meanwhile
        TimeUnit.MILLISECONDS.sleep(1);
      }
      assertThat(held.images()).isEqualTo(before.images());
    }
  }

  @Test
  void preparationStaysWithinItsBuffers() throws InterruptedException {
    NumberedImages images = images(100);
    try (BatchStream stream = stream(images).open()) {
      stream.next();
      TimeUnit.MILLISECONDS.sleep(100);
      assertThat(images.reads.get()).isLessThanOrEqualTo(3 * 5);
    }
  }

  @Test
  void anUnreadableImageSurfacesWhereBatchesAreDrawnEveryTime() {
    NumberedImages images =
        new NumberedImages(
            20,
            SHAPE,
            index -> {
              if (index == 12) {
                throw new InvalidInputException("image 12.jpg cannot be read");
              }
            });
    try (BatchStream stream = BatchStream.sequential(images.all(), NumberedImages.UNITS, 5)) {
      assertThat(stream.next().size()).isEqualTo(5);
      assertThat(stream.next().size()).isEqualTo(5);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(stream::next)
            .isInstanceOf(InvalidInputException.class)
            .hasMessage("image 12.jpg cannot be read");
      }
    }
  }

  @Test
  void aDefectSurfacesToo() {
    NumberedImages images =
        new NumberedImages(
            20,
            SHAPE,
            index -> {
              throw new ArithmeticException("defect");
            });
    try (BatchStream stream = stream(images).open()) {
      assertThatThrownBy(stream::next)
          .isInstanceOf(IllegalStateException.class)
          .hasRootCauseMessage("defect");
    }
  }

  @Test
  void closingEndsTheThreadWhetherItWaitsOrWorks() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    for (int drawn = 0; drawn < 4; drawn++) {
      BatchStream stream = stream(images(1000)).open();
      for (int i = 0; i < drawn; i++) {
        stream.next();
      }
      stream.close();
      stream.close(); // once more does no harm
      assertThatThrownBy(stream::next).isInstanceOf(IllegalStateException.class);
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(thread -> thread.getName().equals("batches"))
        .isSubsetOf(before);
  }

  @Test
  void aBatchOfNothingIsRefused() {
    assertThatThrownBy(() -> stream(images(5)).batchSize(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("batch size 0");
    assertThatThrownBy(() -> stream(images(5)).skip(-1))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
