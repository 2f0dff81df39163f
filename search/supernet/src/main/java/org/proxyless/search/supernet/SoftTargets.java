package org.proxyless.search.supernet;

/**
 * What the images of a batch are to be classified as, where that is more than a label each.
 *
 * @param distributions over the classes, row-major [size, classes]; each sums to 1
 * @param weights of the images in the loss, [size]; null where all count alike
 */
public record SoftTargets(float[] distributions, float[] weights) {}
