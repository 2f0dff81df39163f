/** The main job from its settings to a measured network: searching, training, resuming. */
package org.proxyless.search.job;
