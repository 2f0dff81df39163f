/** Language models in training: the graph, forward and backward through time, and its session. */
package org.proxyless.search.recurrent.train;
