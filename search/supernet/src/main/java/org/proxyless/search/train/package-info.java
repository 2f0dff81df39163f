/** Schedules, the loop of a search, the training of one network. */
package org.proxyless.search.train;
