/** Strategies: what to try next, over decisions and a latency table; found by name. */
package org.proxyless.search.strategy;
