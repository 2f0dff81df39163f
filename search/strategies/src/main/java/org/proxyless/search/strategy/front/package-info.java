/** Strategies for several objectives, and what a front is worth. */
package org.proxyless.search.strategy.front;
