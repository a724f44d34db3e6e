/** Tests how generated files are called. */
import { expect, it } from "vitest";
import { outputName } from "../../../src/compiler/emit/output-name.ts";
import { checkedText } from "../../support/checked-networks.ts";

function fileOf(name: string, path = "nets.incept"): string {
  const { architecture } = checkedText(`network ${name} { input 8x8x3 relu }`);
  const { span } = architecture;
  return outputName({ ...architecture, span: { ...span, file: { ...span.file, path } } });
}

it.each([
  ["ResNet50D", "resnet50-d"],
  ["ResNet50", "resnet50"],
  ["ResNet50V2", "resnet50-v2"],
  ["WideResNet50x2", "wide-resnet50x2"],
  ["InceptionResNetV2", "inception-resnet-v2"],
  ["SmallInceptionResNet", "small-inception-resnet"],
  ["InceptionV4", "inception-v4"],
  ["BNInception", "bn-inception"],
  ["DenseNet121", "densenet121"],
  ["MobileNetV2", "mobilenet-v2"],
  ["MobileNetV3Large", "mobilenet-v3-large"],
  ["EfficientNetB0", "efficientnet-b0"],
  ["EfficientNetV2S", "efficientnet-v2-s"],
  ["VGG16", "vgg16"],
  ["VGG16BN", "vgg16-bn"],
  ["SENet154", "senet154"],
  ["SEResNet50", "se-resnet50"],
  ["SEResNeXt101", "se-resnext101"],
  ["ResNeXt50", "resnext50"],
  ["ConvNeXtT", "convnext-t"],
  ["UNet", "u-net"],
  ["UNetPlusPlus", "u-net-plus-plus"],
  ["GoogLeNet", "googlenet"],
  ["LeNet5", "lenet5"],
  ["AlexNet", "alexnet"],
  ["NASNetMobile", "nasnet-mobile"],
  ["MnasNet", "mnasnet"],
  ["RegNetY400MF", "regnet-y400-mf"],
  ["ShuffleNetV2", "shufflenet-v2"],
  ["CSPDarknet53", "csp-darknet53"],
  ["YOLOv3", "yolov3"],
  ["Xception", "xception"],
  ["SmallAt192", "small-at192"],
  ["Network", "network"],
  ["WideNetwork", "wide-network"],
  ["Net", "net"],
  ["My_Net", "my-net"],
])("calls the file of `%s` %s", (name, file) => {
  expect(fileOf(name)).toBe(file);
});

it.each([
  ["DenseNet121", "densenet-121.incept", "densenet-121"],
  ["ResNet50D", "specs/resnet-50.incept", "resnet-50-d"],
  [
    "InceptionResNetV1FacenetAt299",
    "inception-resnet-v1.incept",
    "inception-resnet-v1-facenet-at299",
  ],
  ["ResNet50", "res.incept", "resnet50"],
  ["ConvNeXtT", "conv.incept", "convnext-t"],
  ["Network", "net.incept", "network"],
])("spells `%s` in %s as the file does, where it begins like that", (name, path, file) => {
  expect(fileOf(name, path)).toBe(file);
});
