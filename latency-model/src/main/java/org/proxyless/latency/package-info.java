/**
 * Shapes, layers, operators and networks; the latency tables that price them, and what is computed
 * from these: expected latencies, their gradients, the exact choice of operators.
 */
@NullMarked
package org.proxyless.latency;

import org.jspecify.annotations.NullMarked;
