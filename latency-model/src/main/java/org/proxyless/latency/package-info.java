/**
 * Latency tables and what they say of networks: expected latencies, their gradients, each with its
 * uncertainty.
 */
@NullMarked
package org.proxyless.latency;

import org.jspecify.annotations.NullMarked;
