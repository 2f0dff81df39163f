/** Strategies that learn architecture parameters by gradient. */
package org.proxyless.search.strategy.gradient;
