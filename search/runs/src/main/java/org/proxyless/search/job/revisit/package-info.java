/** Finished runs: read again, evaluated, trained from scratch. */
package org.proxyless.search.job.revisit;
