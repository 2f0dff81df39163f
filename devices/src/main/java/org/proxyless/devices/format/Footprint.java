package org.proxyless.devices.format;

/**
 * What a network takes of a small device.
 *
 * @param peakMemoryBytes of working memory, in which feature maps lie while the network runs
 * @param fileBytes of the file, which holds the weights
 */
public record Footprint(long peakMemoryBytes, long fileBytes) {}
