/** Event files that TensorBoard shows. */
package org.proxyless.search.tensorboard;
