/** How accurate a network would be after full training, told at different costs. */
package org.proxyless.search.estimate;
