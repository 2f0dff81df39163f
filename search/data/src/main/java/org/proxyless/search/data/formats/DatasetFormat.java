package org.proxyless.search.data.formats;

import java.nio.file.Path;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.OpeningProgress;
import org.proxyless.search.data.source.StoredImages;

/** The data sets that can be named, and who opens them. */
public enum DatasetFormat {
  FASHION_MNIST_10K(
      "fashion-mnist-10k",
      "built in: 10,000 grey 28x28 images of clothes in 10 classes",
      false,
      (folder, options, progress) -> IdxFiles.builtIn()),
  FASHION_MNIST(
      "fashion-mnist",
      "all 70,000 images of Fashion-MNIST: a folder with the four IDX files",
      true,
      (folder, options, progress) -> IdxFiles.clothes(folder)),
  MNIST_IDX(
      "mnist-idx",
      "the MNIST family: a folder with train-images-idx3-ubyte[.gz], train-labels-idx1-ubyte[.gz],"
          + " t10k-...; the classes are 0 to 9 unless classes.txt names them, one a line",
      true,
      (folder, options, progress) -> IdxFiles.digits(folder)),
  CIFAR10(
      "cifar10",
      "CIFAR-10's binary version: a folder with data_batch_1.bin to data_batch_5.bin,"
          + " test_batch.bin, batches.meta.txt",
      true,
      (folder, options, progress) -> CifarFiles.cifar10(folder)),
  CIFAR100(
      "cifar100",
      "CIFAR-100's binary version, fine labels: a folder with train.bin, test.bin,"
          + " fine_label_names.txt",
      true,
      (folder, options, progress) -> CifarFiles.cifar100(folder)),
  IMAGE_FOLDER(
      "image-folder",
      "your own images: train/CLASS/*.jpg (or PNG, WebP, BMP, GIF, TIFF) and, if there are any, val/CLASS/... and"
          + " test/CLASS/..., or only CLASS/*.jpg, in a folder or a zip file",
      true,
      ImageFolder::open),
  TFRECORD(
      "tfrecord",
      "TFRecord files of tf.train.Example: a folder with train-00000-of-00010 or train.tfrecord,"
          + " gzipped or not, and maybe validation-... and test-...; classes.txt may name the classes",
      true,
      RecordImages::open),
  NUMPY(
      "numpy",
      "NumPy arrays of uint8 images and integer labels: a .npz file, or a folder of .npy files,"
          + " with x_train, y_train and maybe x_test, y_test, or x, y; classes.txt may name the"
          + " classes",
      true,
      (folder, options, progress) -> NpyImages.open(folder));

  /** Finds the images in a folder. */
  private interface Opener {
    StoredImages open(Path folder, DatasetOptions options, OpeningProgress progress);
  }

  private final String label;
  private final String description;
  private final boolean needsFolder;
  private final Opener opener;

  DatasetFormat(String label, String description, boolean needsFolder, Opener opener) {
    this.label = label;
    this.description = description;
    this.needsFolder = needsFolder;
    this.opener = opener;
  }

  /** The name that users give. */
  public String label() {
    return label;
  }

  /** What it is and which files it needs, in a line. */
  public String description() {
    return description;
  }

  /** Whether the user has to say where the files are. */
  public boolean needsFolder() {
    return needsFolder;
  }

  /**
   * Opens the files; those that don't decode keep the shape that they have.
   *
   * @param folder where they are; not looked at unless needed
   * @throws org.proxyless.base.InvalidInputException if a file is missing or not what it should be
   */
  public StoredImages open(Path folder, DatasetOptions options, OpeningProgress progress) {
    return opener.open(folder, options, progress);
  }
}
