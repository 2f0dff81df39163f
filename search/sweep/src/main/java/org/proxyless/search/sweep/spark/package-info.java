/** A sweep's cells as tasks of a Spark cluster. All that the program does of Spark is here. */
package org.proxyless.search.sweep.spark;
