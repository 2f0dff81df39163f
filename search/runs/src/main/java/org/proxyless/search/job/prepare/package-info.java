/** Before a search: its table, space, data, targets, steps and time. */
package org.proxyless.search.job.prepare;
