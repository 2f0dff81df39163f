/** Strategies that have most networks trained a little and few to the end. */
package org.proxyless.search.strategy.fidelity;
