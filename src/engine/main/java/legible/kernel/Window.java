package legible.kernel;

/// The geometry of a window that slides over channels-last images `[N,H,W,C]`: what convolution and
/// pooling have in common.
///
/// Output pixel `(oh, ow)` sees the input rows `oh·stride - padTop + kh` for `kh` in
/// `[0, kernelHeight)` and the columns `ow·stride - padLeft + kw`; positions outside of the image
/// count as zero for a convolution and are left out by a pooling.
///
/// @param batch images, N >= 0
/// @param height rows of the input, H >= 1
/// @param width columns of the input, W >= 1
/// @param channels channels of the input, C >= 1
/// @param kernelHeight rows of the window, >= 1
/// @param kernelWidth columns of the window, >= 1
/// @param stride step of the window in both directions, in pixels, >= 1
/// @param padTop rows of padding above the image, >= 0
/// @param padLeft columns of padding left of the image, >= 0
/// @param outHeight rows of the output, >= 1
/// @param outWidth columns of the output, >= 1
public record Window(
    int batch,
    int height,
    int width,
    int channels,
    int kernelHeight,
    int kernelWidth,
    int stride,
    int padTop,
    int padLeft,
    int outHeight,
    int outWidth) {

  /// The same geometry for another number of images.
  public Window withBatch(int images) {
    return new Window(
        images,
        height,
        width,
        channels,
        kernelHeight,
        kernelWidth,
        stride,
        padTop,
        padLeft,
        outHeight,
        outWidth);
  }

  /// The number of output pixels over the whole batch, `N·outH·outW`.
  public int outPixels() {
    return batch * outHeight * outWidth;
  }

  /// The number of values under one window, `kH·kW·C`.
  public int patchSize() {
    return kernelHeight * kernelWidth * channels;
  }
}
