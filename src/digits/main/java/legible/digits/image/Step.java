package legible.digits.image;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/// One step on the way from a picture to what a network reads, for whoever has to prove it.
///
/// @param name the step, such as `box`
/// @param parameters what the step found in the picture, by name, exactly: whole numbers in decimal
///   digits, others as [Float#toHexString] writes them
/// @param result the picture after it
public record Step(String name, Map<String, String> parameters, GrayImage result) {
  public Step {
    parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
  }
}
