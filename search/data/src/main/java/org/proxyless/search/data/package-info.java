/** Data sets, their splits, and batches drawn from them. */
package org.proxyless.search.data;
