package org.proxyless.network;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.proxyless.base.InvalidInputException;

/**
 * How files name an {@link OperatorType}: {@code type} is the class's simple name when it lives in
 * {@code org.proxyless.latency.operators}, its full name otherwise; the other keys are the record's
 * components. There is no registry to extend.
 */
public final class OperatorTypes {
  private static final String HOME = "org.proxyless.network.operators";
  private static final String TYPE = "type";

  private OperatorTypes() {}

  /**
   * The operator type that a file's keys describe.
   *
   * @throws InvalidInputException if the type is unknown, a key is unknown, missing or not a whole
   *     number, or a value is out of its range
   */
  public static OperatorType fromKeys(Map<String, ?> keys) {
    Object name = keys.get(TYPE);
    if (name == null) {
      throw new InvalidInputException(
          "operator " + keys + " has no key 'type'. Name its class, for example MBConv.");
    }
    Class<? extends OperatorType> type = find(name.toString());
    RecordComponent[] components = type.getRecordComponents();
    var known = Arrays.stream(components).map(RecordComponent::getName).toList();
    for (String key : keys.keySet()) {
      if (!key.equals(TYPE) && !known.contains(key)) {
        throw new InvalidInputException(
            "operator " + name + ": unknown key '" + key + "'; its keys are " + known + ".");
      }
    }
    Object[] values = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      Object value = keys.get(components[i].getName());
      if (!(value instanceof Integer)) {
        throw new InvalidInputException(
            "operator "
                + name
                + ": key '"
                + components[i].getName()
                + "' is "
                + value
                + "; it must be a whole number.");
      }
      values[i] = value;
    }
    return construct(type, components, values);
  }

  /** The keys that {@link #fromKeys} turns back into the same type, {@code type} first. */
  public static Map<String, Object> toKeys(OperatorType type) {
    Map<String, Object> keys = new LinkedHashMap<>();
    boolean atHome = type.getClass().getPackageName().equals(HOME);
    keys.put(TYPE, atHome ? type.getClass().getSimpleName() : type.getClass().getName());
    for (RecordComponent component : type.getClass().getRecordComponents()) {
      try {
        keys.put(component.getName(), component.getAccessor().invoke(type));
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException("cannot read " + component + " of " + type, e);
      }
    }
    return keys;
  }

  /** The canonical text of a type in table keys: {@code MBConv(kernel=3,expansion=6)}. */
  static String text(OperatorType type) {
    Map<String, Object> keys = toKeys(type);
    Object name = keys.remove(TYPE);
    return name
        + keys.entrySet().stream()
            .map(key -> key.getKey() + "=" + key.getValue())
            .collect(Collectors.joining(",", "(", ")"));
  }

  private static Class<? extends OperatorType> find(String name) {
    String className = name.contains(".") ? name : HOME + "." + name;
    try {
      Class<?> found = Class.forName(className);
      if (found.isRecord() && OperatorType.class.isAssignableFrom(found)) {
        return found.asSubclass(OperatorType.class);
      }
    } catch (ClassNotFoundException | LinkageError e) {
      throw new InvalidInputException(
          "operator type '" + name + "' is not known: there is no class " + className + ".", e);
    }
    throw new InvalidInputException(
        "operator type '"
            + name
            + "': "
            + className
            + " must be a record that is an OperatorType.");
  }

  private static OperatorType construct(
      Class<? extends OperatorType> type, RecordComponent[] components, Object[] values) {
    Class<?>[] parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getDeclaredConstructor(parameters).newInstance(values);
    } catch (InvocationTargetException e) {
      throw new InvalidInputException(
          "operator " + type.getSimpleName() + ": " + e.getTargetException().getMessage() + ".", e);
    } catch (ReflectiveOperationException e) {
      throw new InvalidInputException(
          "operator type " + type.getName() + " must be a public record of int components.", e);
    }
  }
}
