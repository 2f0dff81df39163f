/** Strategies that model what they have not seen: Gaussian processes, predictors. */
package org.proxyless.search.strategy.model;
