package legible.digits.signing;

import java.security.PublicKey;
import java.util.Optional;
import legible.format.ModelFile;
import legible.format.ModelSignature;

/// What a signature says about a model.
public enum Verdict {
  /// Signed by the owner of the trusted key.
  TRUSTED(true, "the signature is right and by the key that was given"),

  /// Signed, and no key was given to compare with.
  UNCHANGED(
      true,
      "the signature is right, by the key that it brings along: nothing changed since that key's"
          + " owner signed. Whose key it is, it cannot say: give --public-key, or compare the"
          + " fingerprint"),

  /// Signed by the owner of another key.
  OTHER_KEY(false, "the signature is by another key than the one that was given"),

  /// Signed, but not these bytes.
  CHANGED(
      false,
      "the signature does not fit: the model or the signature was changed after it was signed"),

  /// Not signed.
  MISSING(false, "there is no signature, neither in the file nor in MODEL.sig beside it");

  private final boolean good;
  private final String text;

  Verdict(boolean good, String text) {
    this.good = good;
    this.text = text;
  }

  /// Judges a signature that stands in a file of its own.
  ///
  /// @param trusted the key that the signature should be by, if the caller knows one
  public static Verdict of(ModelFile model, ModelSignature detached, Optional<PublicKey> trusted) {
    return of(detached, detached.holds(model.encode()), trusted);
  }

  /// Judges the signature inside a model.
  ///
  /// @param trusted the key that the signature should be by, if the caller knows one
  public static Verdict of(ModelFile model, Optional<PublicKey> trusted) {
    return model.signature().isEmpty()
        ? MISSING
        : of(model.signature().get(), model.signatureHolds(), trusted);
  }

  private static Verdict of(ModelSignature signature, boolean holds, Optional<PublicKey> trusted) {
    if (trusted.isPresent() && !signature.isBy(trusted.get())) {
      return OTHER_KEY;
    }
    if (!holds) {
      return CHANGED;
    }
    return trusted.isPresent() ? TRUSTED : UNCHANGED;
  }

  /// Whether nothing speaks against the model.
  public boolean isGood() {
    return good;
  }

  /// The verdict in words.
  public String text() {
    return text;
  }
}
