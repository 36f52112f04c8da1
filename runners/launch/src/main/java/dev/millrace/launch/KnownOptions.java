package dev.millrace.launch;

import java.beans.Introspector;
import java.lang.annotation.Annotation;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.beam.sdk.options.Default;
import org.apache.beam.sdk.options.Description;
import org.apache.beam.sdk.options.Hidden;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.options.Validation;

/**
 * The options that a pipeline can be given: its own, and those that Beam and the engines on the
 * class path have registered.
 */
public final class KnownOptions {

  /**
   * An option of a pipeline, for its help.
   *
   * @param name its name, without dashes
   * @param description what it says
   * @param fallback its value if it is not given; empty if there is none
   * @param necessity whether a run needs it
   */
  public record Option(String name, String description, String fallback, Necessity necessity) {}

  /** Whether an option must be given. */
  public enum Necessity {
    /** A run without it is refused. */
    REQUIRED,
    /** It has a default, or does without. */
    OPTIONAL
  }

  private final Class<? extends PipelineOptions> type;
  private final SortedMap<String, Method> getters = new TreeMap<>();

  private KnownOptions(Class<? extends PipelineOptions> type) {
    this.type = type;
    PipelineOptionsFactory.getRegisteredOptions().forEach(this::add);
    add(type);
  }

  /** The options that a pipeline of these own options can be given. */
  public static KnownOptions of(Class<? extends PipelineOptions> type) {
    return new KnownOptions(type);
  }

  private void add(Class<? extends PipelineOptions> options) {
    for (Method method : options.getMethods()) {
      String name = method.getName();
      int prefix = name.startsWith("get") ? 3 : name.startsWith("is") ? 2 : name.length();
      if (method.getParameterCount() == 0 && prefix < name.length()) {
        getters.put(Introspector.decapitalize(name.substring(prefix)), method);
      }
    }
  }

  /** The options that the pipeline itself declares, by name, but for the one the launcher sets. */
  public List<Option> own() {
    List<Option> own = new ArrayList<>();
    getters.forEach(
        (name, getter) -> {
          if (isOwn(name, getter)) {
            own.add(
                new Option(
                    name,
                    annotation(getter, Description.class).map(Description::value).orElse(""),
                    fallback(getter),
                    required(getter) ? Necessity.REQUIRED : Necessity.OPTIONAL));
          }
        });
    return own;
  }

  /** Whether there is an option of this name. */
  boolean has(String name) {
    return getters.containsKey(name);
  }

  /** All names. */
  Collection<String> names() {
    return getters.keySet();
  }

  /** What a value of an option must be, in words. */
  String expected(String name) {
    Class<?> value = getters.get(name).getReturnType();
    if (value.isEnum()) {
      return "one of " + List.of(value.getEnumConstants());
    }
    return switch (value.getSimpleName().toLowerCase(Locale.ROOT)) {
      case "int", "integer", "long", "short", "byte" -> "a whole number";
      case "float", "double" -> "a number";
      case "boolean" -> "true or false";
      default -> "a " + value.getSimpleName();
    };
  }

  /** The names of the options that a run needs and that have no value. */
  List<String> missing(PipelineOptions options) {
    PipelineOptions typed = options.as(type);
    return own().stream()
        .filter(option -> option.necessity() == Necessity.REQUIRED)
        .map(Option::name)
        .filter(name -> valueOf(getters.get(name), typed) == null)
        .toList();
  }

  private static Object valueOf(Method getter, PipelineOptions options) {
    try {
      return getter.invoke(options);
    } catch (IllegalAccessException | InvocationTargetException e) {
      throw new IllegalStateException("Cannot read option " + getter.getName(), e);
    }
  }

  private boolean isOwn(String name, Method getter) {
    return !name.equals(Plan.STAGING_OPTION)
        && !getter.isAnnotationPresent(Hidden.class)
        && getter.getDeclaringClass() != PipelineOptions.class
        && getter.getDeclaringClass().isAssignableFrom(type);
  }

  private static boolean required(Method getter) {
    return getter.isAnnotationPresent(Validation.Required.class);
  }

  private static <A extends Annotation> Optional<A> annotation(Method getter, Class<A> type) {
    return Optional.ofNullable(getter.getAnnotation(type));
  }

  /** The value of whichever {@code @Default} it has. */
  private static String fallback(Method getter) {
    for (Annotation annotation : getter.getAnnotations()) {
      if (annotation.annotationType().getEnclosingClass() == Default.class
          && !(annotation instanceof Default.InstanceFactory)) {
        try {
          return String.valueOf(annotation.annotationType().getMethod("value").invoke(annotation));
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException("Cannot read the default of " + getter.getName(), e);
        }
      }
    }
    return "";
  }
}
