/** The whole way from a text to an exported language model within a latency per token. */
package org.proxyless.search.recurrent.job;
