package org.proxyless.search.data;

/**
 * Images and labels that are trained on or evaluated together. The arrays belong to the stream that
 * gave them and hold until its next batch is asked for.
 *
 * @param images normalized pixels as [size, height, width, channels]
 * @param labels the class of each image: [size]
 * @param size the number of images
 */
public record Batch(float[] images, int[] labels, int size) {}
