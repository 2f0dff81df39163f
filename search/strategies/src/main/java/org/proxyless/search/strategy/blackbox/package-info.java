/** Strategies that need nothing but scores of networks, and what they share. */
package org.proxyless.search.strategy.blackbox;
