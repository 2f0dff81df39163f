/** Strategies that need only evaluations: they ask for networks and are told how these did. */
package org.proxyless.search.strategy.blackbox;
