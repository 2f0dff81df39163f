/** Strategies that learn to propose: controllers and distributions. */
package org.proxyless.search.strategy.controller;
