/** Lists the networks in generated/: one of each kind, since their variants differ only in numbers. */

export interface GeneratedNetwork {
  /** From the root of the repository. */
  readonly path: string;
  readonly network: string;
  /** In generated/. */
  readonly fileName: string;
}

const NETWORKS: readonly (readonly [path: string, network: string, fileName: string])[] = [
  ["starter", "Starter", "starter"],
  ["inception-v3", "InceptionV3", "inception-v3"],
  ["inception-v3", "InceptionV3SlimAux", "inception-v3-slim-aux"],
  ["inception-v4", "InceptionV4", "inception-v4"],
  ["inception-resnet-v1", "InceptionResNetV1", "inception-resnet-v1"],
  ["inception-resnet-v1", "InceptionResNetV1Facenet", "inception-resnet-v1-facenet"],
  ["inception-resnet-v2", "InceptionResNetV2", "inception-resnet-v2"],
  ["inception-resnet-v2-paper", "InceptionResNetV2Paper", "inception-resnet-v2-paper"],
  ["resnet-50", "ResNet50", "resnet-50"],
  ["variants", "SmallInceptionResNet", "small-inception-resnet"],
  ["variants", "SmallHalfWidth", "small-half-width"],
  ["zoo/convnext-t", "ConvNeXtT", "convnext-t"],
  ["zoo/csp-darknet-53", "CSPDarknet53", "csp-darknet-53"],
  ["zoo/densenet-121", "DenseNet121", "densenet-121"],
  ["zoo/efficientnet-b0", "EfficientNetB0", "efficientnet-b0"],
  ["zoo/efficientnet-v2-s", "EfficientNetV2S", "efficientnet-v2-s"],
  ["zoo/googlenet", "GoogLeNet", "googlenet"],
  ["zoo/googlenet-caffe", "GoogLeNetCaffe", "googlenet-caffe"],
  ["zoo/googlenet-caffe", "GoogLeNetCaffeAux", "googlenet-caffe-aux"],
  ["zoo/mobilenet-v2", "MobileNetV2", "mobilenet-v2"],
  ["zoo/mobilenet-v3-large", "MobileNetV3Large", "mobilenet-v3-large"],
  ["zoo/resnext-50", "ResNeXt50", "resnext-50"],
  ["zoo/se-resnet-50", "SEResNet50", "se-resnet-50"],
  ["zoo/shufflenet-v2", "ShuffleNetV2", "shufflenet-v2"],
  ["zoo/squeezenet", "SqueezeNet", "squeezenet"],
  ["zoo/u-net", "UNet", "u-net"],
  ["zoo/xception", "Xception", "xception"],
];

export const GENERATED_NETWORKS: readonly GeneratedNetwork[] = NETWORKS.map(
  ([spec, network, name]) => ({
    path: `specs/${spec}.incept`,
    network,
    fileName: `${name}.ts`,
  }),
);
