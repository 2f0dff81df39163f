/** Ways in which the expected latency enters a gradient. */
package org.proxyless.search.strategy.latency;
