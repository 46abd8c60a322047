declare module "alawmulaw" {
  interface Codec {
    encode(samples: Int16Array): Uint8Array;
    decode(bytes: Uint8Array): Int16Array;
  }
  const codecs: { readonly mulaw: Codec; readonly alaw: Codec };
  // biome-ignore lint/style/noDefaultExport: the package's own shape.
  export default codecs;
}
