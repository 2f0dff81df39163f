/** Language models as SavedModels: written, loaded, and used. */
package org.proxyless.search.recurrent.export;
