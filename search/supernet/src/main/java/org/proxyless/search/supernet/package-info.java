/** All candidates in one training graph, by a few verbs: train, score, gate gradients. */
package org.proxyless.search.supernet;
