package org.proxyless.search.run.settings;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The ways to tell how accurate a network would be (Elsken et al., JMLR 2019, section 4). */
public enum EstimateKind {
  /** As it does with the weights that all networks of a supernet share. */
  SHARED_WEIGHTS(true),
  /** As it does after a short training that starts from the shared weights. */
  INHERIT(true),
  /** As it does after a training of fewer epochs, on fewer images or fewer pixels. */
  LOW_FIDELITY(false),
  /** As it does after a short training that starts as the function of a smaller network. */
  MORPHISM(false),
  /** As its learning curve promises; only a promising one is trained to the end. */
  LEARNING_CURVE(false),
  /** As it does after a whole training from fresh weights. */
  FULL(false);

  private final boolean needsSharedWeights;

  EstimateKind(boolean needsSharedWeights) {
    this.needsSharedWeights = needsSharedWeights;
  }

  /** Whether a supernet must have been trained before. */
  public boolean needsSharedWeights() {
    return needsSharedWeights;
  }

  /** As on the command line: {@code low-fidelity}. */
  @JsonValue
  @Override
  public String toString() {
    return KebabCase.of(this);
  }

  /** The one that is written like this. */
  @JsonCreator
  public static EstimateKind of(String text) {
    return KebabCase.parse(EstimateKind.class, text);
  }
}
