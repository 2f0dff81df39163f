package org.proxyless.search.data;

import java.util.List;
import org.proxyless.network.Normalization;
import org.proxyless.network.Shape;
import org.proxyless.search.data.source.DatasetOptions;

/**
 * Images in three parts, with what training and a served model need to know of them.
 *
 * @param name by which it was opened
 * @param shape of every image
 * @param classNames in the order of the labels
 * @param train for the weights
 * @param validation for the architecture: the data's own, or a stratified quarter of the training
 *     images where it has none
 * @param test touched at the end only: the data's own test images, or a stratified fifth of all
 *     where it has none
 * @param normalization gives {@code train} mean 0 and deviation 1 in each channel
 * @param augmentation what suits training on this kind of image
 * @param hash SHA-256 in hexadecimal over class names, labels and content of the data as stored,
 *     the same whatever {@link DatasetOptions} were asked for; of more than 64 MiB the pixels (or
 *     files) of 1,024 images spread evenly stand for all, of image folders names and sizes of all
 *     files count as well
 * @param found what was found, a line each: classes and images by split, where the splits come
 *     from, what was left out, what can be trusted
 */
public record Dataset(
    String name,
    Shape shape,
    List<String> classNames,
    Split train,
    Split validation,
    Split test,
    Normalization normalization,
    Augmentation augmentation,
    String hash,
    List<String> found)
    implements AutoCloseable {
  public Dataset {
    classNames = List.copyOf(classNames);
    found = List.copyOf(found);
  }

  /** The number of classes. */
  public int classes() {
    return classNames.size();
  }

  /** All images but those of the test, for a last training once nothing is left to decide. */
  public Split trainAndValidation() {
    return train.and(validation);
  }

  /** Settings of an endless stream over a split, normalized and augmented as suits the data. */
  public BatchStream.Builder shuffled(Split split) {
    return BatchStream.shuffled(split, normalization).augmentation(augmentation);
  }

  /** Every image of a split once, in order, normalized but not augmented. */
  public BatchStream sequential(Split split, int batchSize) {
    return BatchStream.sequential(split, normalization, batchSize);
  }

  /**
   * The same with fewer training images, in another size. It reads the files of this one: close
   * this one alone. Of the test images nothing changes but the size.
   *
   * @param trainImages at most so many, spread evenly over the training images
   * @param height of every image
   * @param width of every image
   */
  public Dataset reduced(int trainImages, int height, int width) {
    Shape size = new Shape(height, width, shape.channels());
    return new Dataset(
        name,
        size,
        classNames,
        train.sample(trainImages).resized(size),
        validation.resized(size),
        test.resized(size),
        normalization,
        augmentation,
        hash,
        found);
  }

  /** Closes the files; close the streams first. */
  @Override
  public void close() {
    train.close();
    validation.close();
    test.close();
  }
}
