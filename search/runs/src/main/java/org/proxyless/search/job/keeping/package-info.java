/** What a run keeps of itself as it goes: records, weights, checkpoints. */
package org.proxyless.search.job.keeping;
