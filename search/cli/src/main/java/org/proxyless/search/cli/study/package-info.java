/** Commands that compare: strategies, shared weights, tables of trained networks. */
package org.proxyless.search.cli.study;
