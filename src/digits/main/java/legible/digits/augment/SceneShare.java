package legible.digits.augment;

import java.util.Locale;

/// How many of the training pictures of a robust reader are in scenes, and how many show no digit.
///
/// @param scenes share of the digits that are distorted strongly and put into a scene, in [0, 1]
/// @param strangers pictures of no digit for each digit, in [0, 1]
public record SceneShare(float scenes, float strangers) {
  /// What `cnn-robust` is trained with.
  public static final SceneShare ROBUST = new SceneShare(0.5f, 0.1f);

  /// @throws IllegalArgumentException if a share is outside of [0, 1]
  public SceneShare {
    if (!(scenes >= 0 && scenes <= 1) || !(strangers >= 0 && strangers <= 1)) {
      throw new IllegalArgumentException(
          "SceneShare: shares in 0..1 expected, got " + scenes + " and " + strangers);
    }
  }

  /// The shares in one line, for provenance; [#parse] is the way back.
  public String text() {
    return String.format(Locale.ROOT, "scenes %s strangers %s", scenes, strangers);
  }

  /// The shares that [#text] wrote.
  ///
  /// @throws IllegalArgumentException if the text is none
  public static SceneShare parse(String text) {
    String[] words = text.split(" ");
    try {
      if (words.length == 4 && words[0].equals("scenes") && words[2].equals("strangers")) {
        return new SceneShare(Float.parseFloat(words[1]), Float.parseFloat(words[3]));
      }
    } catch (NumberFormatException e) {
      throw invalid(text, e);
    }
    throw invalid(text, null);
  }

  private static IllegalArgumentException invalid(String text, Exception cause) {
    return new IllegalArgumentException(
        "SceneShare: 'scenes SHARE strangers SHARE' expected, got '" + text + "'", cause);
  }
}
