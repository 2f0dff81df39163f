/** Data sets: files of images become three splits, and those become streams of batches. */
package org.proxyless.search.data;
