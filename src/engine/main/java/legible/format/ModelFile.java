package legible.format;

import java.io.IOException;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import legible.autograd.Weights;
import legible.model.Architecture;
import legible.model.Model;

/// A network, its weights and where they come from, as one `.legible` file; the bytes are specified
/// in `docs/format.md`.
///
/// Equal contents give equal bytes, and only those bytes are read: `decode(encode(m))` equals m bit
/// for bit, and `encode(decode(b))` equals b. Reading believes nothing: whatever the bytes are, it
/// ends in a model or in a [ModelFormatException], and allocates no more than a small multiple of
/// their number.
///
/// @param architecture the layers
/// @param weights exactly the parameters that the architecture declares, in its order; not copied
/// @param metadata texts by name, see [Provenance] for the names; copied
/// @param signature of the file, if it is signed; reading does not check it, [#signatureHolds] does
public record ModelFile(
    Architecture architecture,
    Weights weights,
    SortedMap<String, String> metadata,
    Optional<ModelSignature> signature) {
  /// What a signature does not cover: itself and the checksum behind it.
  private static final int UNCOVERED = 64 + Sha256.BYTES;

  /// Checks the weights against the architecture.
  ///
  /// @throws IllegalArgumentException if weights are missing, unknown or of another shape
  public ModelFile {
    Optional<TensorSpec.Difference> difference =
        TensorSpec.difference(declared(architecture), specs(weights));
    if (difference.isPresent()) {
      throw new IllegalArgumentException("ModelFile: " + difference.get().reason());
    }
    metadata = sorted(metadata);
  }

  /// A model that is not signed.
  ///
  /// @throws IllegalArgumentException if weights are missing, unknown or of another shape
  public ModelFile(Architecture architecture, Weights weights, SortedMap<String, String> metadata) {
    this(architecture, weights, metadata, Optional.empty());
  }

  /// A model with its metadata, not signed.
  public ModelFile(Model model, SortedMap<String, String> metadata) {
    this(model.architecture(), model.weights(), metadata);
  }

  /// The network with its weights.
  public Model model() {
    return new Model(architecture, weights);
  }

  /// Reads a model.
  ///
  /// @param source the name of where the bytes came from, for messages
  /// @throws ModelFormatException if the bytes are anything else than a model of version 1 or 2
  public static ModelFile decode(String source, byte[] bytes) throws ModelFormatException {
    Container container =
        Container.decode(source, bytes, FileKind.MODEL, (network, metadata) -> declared(network));
    return new ModelFile(
        container.architecture(),
        new Weights(container.tensors()),
        container.metadata(),
        container.signature());
  }

  /// The bytes of the file.
  ///
  /// @throws IllegalArgumentException if a name, a text or the whole is beyond the format's limits
  /// @throws IllegalStateException if a weight is NaN or infinite
  public byte[] encode() {
    return new Container(
            FileKind.MODEL, architecture, metadata, List.copyOf(weights.all()), signature)
        .encode();
  }

  /// The same model, signed: every byte of its file is covered but those of the signature and of
  /// the checksum, which follows from the others. An earlier signature is replaced.
  ///
  /// @throws IllegalArgumentException if the keys are not Ed25519 keys that belong together, or as
  ///   [#encode]
  public ModelFile signed(KeyPair keys) {
    byte[] any = new byte[0];
    ModelFile unfinished = with(ModelSignature.sign(any, keys)); // the key is covered too
    byte[] file = unfinished.encode();
    return with(ModelSignature.sign(file, file.length - UNCOVERED, keys));
  }

  /// The same model with another signature.
  private ModelFile with(ModelSignature other) {
    return new ModelFile(architecture, weights, metadata, Optional.of(other));
  }

  /// The same model without its signature.
  public ModelFile unsigned() {
    return new ModelFile(architecture, weights, metadata);
  }

  /// Whether the model is signed, and by the owner of the key that the signature names. Whose key
  /// that is has to be known another way, see [ModelSignature].
  public boolean signatureHolds() {
    byte[] file = encode();
    return signature.isPresent() && signature.get().holds(file, file.length - UNCOVERED);
  }

  /// Reads a model file.
  ///
  /// @throws ModelFormatException if it is anything else than a model of version 1 or 2
  /// @throws IOException if the file cannot be read
  public static ModelFile read(Path path) throws IOException {
    return decode(path.toString(), Storage.read(path, FileKind.MODEL));
  }

  /// Saves the model in one step: a failure leaves an older file of this name as it was.
  ///
  /// @throws IOException if the file cannot be written; the message says why
  /// @throws IllegalArgumentException as [#encode]
  /// @throws IllegalStateException as [#encode]
  public void write(Path path) throws IOException {
    Storage.write(path, encode());
  }

  /// The SHA-256 of the whole file in hexadecimal digits, as `sha256sum` prints it. Encodes the
  /// file anew.
  public String sha256() {
    byte[] bytes = encode();
    return Sha256.hex(Sha256.of(bytes, 0, bytes.length));
  }

  /// The SHA-256 of the weights alone, see [#weightsSha256(Weights)].
  public String weightsSha256() {
    return weightsSha256(weights);
  }

  /// The SHA-256 in hexadecimal digits of all elements as little-endian float32, tensor after
  /// tensor with nothing in between: equal for equal bits.
  public static String weightsSha256(Weights weights) {
    return Container.sha256(weights.all());
  }

  static List<TensorSpec> declared(Architecture architecture) {
    return architecture.declarations().stream().map(TensorSpec::of).toList();
  }

  static List<TensorSpec> specs(Weights weights) {
    return weights.all().stream().map(TensorSpec::of).toList();
  }

  static SortedMap<String, String> sorted(Map<String, String> metadata) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }
}
