/** What a search brings: networks, their figures, the verdict on each target. */
package org.proxyless.search.job.result;
