package org.proxyless.search.data.image;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.proxyless.base.InvalidInputException;
import org.proxyless.search.data.source.DatasetOptions;
import org.proxyless.search.data.source.OpeningProgress;

/**
 * Decodes every image before anything is trained, on all processors, so that none fails hours
 * later. What was found good before is not decoded again.
 */
public final class ImageCheck {
  /** So many are named in a message. */
  static final int NAMED = 20;

  /** Checking fewer takes seconds: that they are good is not kept. */
  private static final int WORTH_KEEPING = 1_000;

  private static final int CHUNK = 4_096;
  private static final long SAVE_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final DatasetOptions options;
  private final OpeningProgress progress;
  private final List<String> remarks = new ArrayList<>();

  public ImageCheck(DatasetOptions options, OpeningProgress progress) {
    this.options = options;
    this.progress = progress;
  }

  /** What came out for one image. */
  private record Verdict(int part, int index, long key, boolean known, String name, String reason) {
    boolean unreadable() {
      return reason != null;
    }

    boolean damaged() {
      return name != null && reason == null;
    }

    String text() {
      return unreadable() ? name + " (" + reason + ")" : name;
    }
  }

  /**
   * Checks all images.
   *
   * @param place what messages call the data
   * @param parts images for training and others
   * @return the parts without what cannot be read, if that is to be left out
   * @throws InvalidInputException if some images cannot be read and are not to be left out
   */
  public List<EncodedImages> checked(String place, List<EncodedImages> parts) {
    CheckedImages known = CheckedImages.of(options.checkedImages(), place);
    int total = parts.stream().mapToInt(EncodedImages::size).sum();
    List<Verdict> faults = new ArrayList<>();
    try (OpeningProgress.Steps steps = progress.begin("check images", total)) {
      for (int part = 0; part < parts.size(); part++) {
        check(part, parts.get(part), known, steps, faults);
      }
    }
    List<Verdict> unreadable = faults.stream().filter(Verdict::unreadable).toList();
    List<Verdict> damaged = faults.stream().filter(Verdict::damaged).toList();
    if (!unreadable.isEmpty() && !options.skipUnreadable()) {
      throw refused(place, total, unreadable);
    }
    addRemark("Left out of the data, since %s cannot be read: %s.", unreadable);
    addRemark("Damaged, what is missing in %s is made up: %s.", damaged);
    return IntStream.range(0, parts.size())
        .mapToObj(part -> without(part, parts.get(part), unreadable))
        .toList();
  }

  /** What there is to say of the images after the check, a line each. */
  public List<String> remarks() {
    return remarks;
  }

  private void addRemark(String form, List<Verdict> faults) {
    if (!faults.isEmpty()) {
      String count = faults.size() == 1 ? "1 image" : "%,d images".formatted(faults.size());
      remarks.add(form.formatted(count, named(faults)));
    }
  }

  private static EncodedImages without(int part, EncodedImages images, List<Verdict> faults) {
    BitSet left = new BitSet();
    faults.stream().filter(fault -> fault.part == part).forEach(fault -> left.set(fault.index));
    return left.isEmpty() ? images : images.without(left);
  }

  /** Goes chunk by chunk, so that a check that is cut short need not begin anew. */
  private static void check(
      int part,
      EncodedImages images,
      CheckedImages known,
      OpeningProgress.Steps steps,
      List<Verdict> faults) {
    List<Verdict> unsaved = new ArrayList<>();
    long savedNanos = System.nanoTime();
    for (int start = 0; start < images.size(); start += CHUNK) {
      int end = Math.min(images.size(), start + CHUNK);
      List<Verdict> chunk =
          IntStream.range(start, end)
              .parallel()
              .mapToObj(index -> verdict(part, images, index, known, steps))
              .toList();
      chunk.stream().filter(verdict -> verdict.name != null).forEach(faults::add);
      chunk.stream()
          .filter(verdict -> verdict.name == null && !verdict.known)
          .forEach(unsaved::add);
      boolean due = end == images.size() || System.nanoTime() - savedNanos > SAVE_NANOS;
      if (due && unsaved.size() >= WORTH_KEEPING) {
        known.save(unsaved.stream().mapToLong(Verdict::key));
        unsaved.clear();
        savedNanos = System.nanoTime();
      }
    }
  }

  private static Verdict verdict(
      int part, EncodedImages images, int index, CheckedImages known, OpeningProgress.Steps steps) {
    long key = CheckedImages.key(images.identity(index));
    try {
      if (known.contains(key)) {
        return new Verdict(part, index, key, true, null, null);
      }
      boolean damaged = images.decode(index, DecodedImage::damaged);
      return new Verdict(part, index, key, false, damaged ? images.name(index) : null, null);
    } catch (InvalidInputException e) {
      String reason = (e.getCause() == null ? e : e.getCause()).getMessage();
      return new Verdict(part, index, key, false, images.name(index), reason);
    } finally {
      steps.step();
    }
  }

  private static InvalidInputException refused(String place, int total, List<Verdict> unreadable) {
    if (unreadable.size() == 1) {
      Verdict only = unreadable.get(0);
      return new InvalidInputException(
          "image %s cannot be read: %s. Replace or remove it, or leave it out with --unreadable skip."
              .formatted(only.name, only.reason));
    }
    return new InvalidInputException(
        "%,d of the %,d images of %s cannot be read: %s. Replace or remove them, or leave them out with --unreadable skip."
            .formatted(unreadable.size(), total, place, named(unreadable)));
  }

  /** The first of them. */
  private static String named(List<Verdict> faults) {
    String names =
        faults.stream().limit(NAMED).map(Verdict::text).collect(Collectors.joining(", "));
    int more = faults.size() - NAMED;
    return more > 0 ? "%s and %,d more".formatted(names, more) : names;
  }
}
