/** Data sets as they come: class folders, CIFAR, IDX, NumPy, TFRecord. */
package org.proxyless.search.data.formats;
