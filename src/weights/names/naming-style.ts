/** How a framework names the tensors of a layer, given the name of the layer or module that holds them. */
import type { Layer } from "../../compiler/ir/layer-graph.ts";
import type { AxisOrder } from "../layout.ts";

export interface NamingStyle {
  readonly axisOrder: AxisOrder;
  /** Of a convolution or dense layer with normalization behind it, the names of the two within a module's name. */
  readonly parts: { readonly kernel: string; readonly norm: string };
  /** Between a module's name and its tensor's. */
  readonly separator: string;
  /** The framework's name of a tensor, by tf.layers' name of it; what is not here keeps its own. */
  readonly tensorNames: Readonly<Record<string, string>>;
  /** The class that Keras numbers a layer by where it has no name, by kind of layer. */
  readonly autoNames?: Partial<Readonly<Record<Layer["kind"], string>>>;
}

export const NAMING_STYLES = {
  /** timm, torchvision, facenet-pytorch; a module of a convolution and its normalization has `conv` and `bn` in timm. */
  pytorch: {
    axisOrder: "channels-first",
    parts: { kernel: ".conv", norm: ".bn" },
    separator: ".",
    tensorNames: {
      kernel: "weight",
      depthwise_kernel: "weight",
      gamma: "weight",
      beta: "bias",
      moving_mean: "running_mean",
      moving_variance: "running_var",
      alpha: "weight",
    },
  },
  /** TF-slim: the normalization's variables lie in the scope of its convolution. */
  slim: {
    axisOrder: "channels-last",
    parts: { kernel: "", norm: "/BatchNorm" },
    separator: "/",
    tensorNames: {
      kernel: "weights",
      depthwise_kernel: "depthwise_weights",
      pointwise_kernel: "pointwise_weights",
      bias: "biases",
    },
  },
  /** Keras: a layer without a name of its own is numbered within its class, in the order of creation. */
  keras: {
    axisOrder: "channels-last",
    parts: { kernel: "", norm: "_bn" },
    separator: "/",
    tensorNames: {},
    autoNames: {
      conv: "conv2d",
      depthwise_conv: "depthwise_conv2d",
      separable_conv: "separable_conv2d",
      transposed_conv: "conv2d_transpose",
      dense: "dense",
      batch_norm: "batch_normalization",
      layer_norm: "layer_normalization",
      prelu: "p_re_lu",
    },
  },
} as const satisfies Readonly<Record<string, NamingStyle>>;

export type NamingStyleName = keyof typeof NAMING_STYLES;
