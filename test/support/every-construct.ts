/**
 * A specification with every construct of the language and every operator at least once, to test the code generator.
 */

export const EVERY_CONSTRUCT = `
incept 1

/// A doc that ends a comment */ and begins one /* and is no \${code} of \`any\` kind.
module Gate(channels: int, reduction: int = 4) : [H, W, C] => [H, W, C] {
  scale_by {
    avgpool global
    squeeze: conv 1x1 (channels / reduction) norm=none bias act=silu
    excite:  conv 1x1 channels norm=none bias act=sigmoid
  }
}

/// A gate that is a vector.
module VectorGate(channels: int) { scale_by { globalavgpool -> dense channels act=sigmoid } }

/// Numbers that differ between calls: \`mid\`, \`4 * mid\` in a residual, the stride.
module Bottleneck(mid: int, stride: int = 1) {
  residual(scale=0.5) {
    conv 1x1 mid -> conv 3x3 mid /stride -> conv 1x1 (4 * mid) linear
    gate: Gate(channels=4 * mid)
  } shortcut {
    conv 1x1 (4 * mid) /stride linear
  } -> relu
}

/// A residual to whatever the trunk is.
module Back { residual(scale=0.2) { conv 1x1 8 -> project } }

/// A word decides what it is: two functions.
module Acted(a: act) { conv 1x1 16 act=a }

/// What a network parameter reaches through a module.
module Side(width: int, scale: float) {
  concat {
    | conv 1x1 width
    | keep: residual(scale=scale, drop=scale / 4) { conv 3x3 trunk linear }
  }
  aux inner { globalavgpool -> dense (2 * width + 1) }
}

network EveryConstruct(classes: int = 10, base: int = 4, rate: float = 0.25, strength: float = 0.5) {
  input [H, W, _] = 24x24x3
  preprocess(range=[-1, 1], mean=[0.1, 0.2, 0.3], std=0.5, crop=0.875, standardize=true)
  defaults batchnorm(eps=0.001, momentum=0.9, gamma=false)

  stem: {
    pad 1x2
    conv 3x5 16 /2 valid
    avgpool 3x3 count_pad=true
    maxpool 2x2 /1x2 valid
  }
  back:   Back
  groups: conv 3x3 32 groups=4
  padded: {
    conv 3x3 16 /2 pad=1 -> maxpool 3x3 pad=1x0 -> avgpool 3x3 pad=[1, 1, 0, 2] -> deconv 3x3 16 /2 pad=[1, 0, 1, 0]
    avgpool 2x2 pad=1 count_pad=true -> dwconv 2x2 pad=0
  }
  dilate: { conv 3x3 16 dilation=2 -> dwconv 3x3 dilation=2 mult=2 }
  deep:   { dwconv 3x3 norm=layer act=relu6 -> sepconv 3x3 24 act=elu -> conv 1x1 16 act=leaky_relu slope=0.1 }
  acts:   {
    relu -> relu6 -> elu -> leaky_relu 0.2 -> silu -> gelu -> tanh -> hard_swish -> hard_sigmoid -> sigmoid
    batchnorm gamma=true beta=false
    layernorm beta=false
    groupnorm groups=4
    softmax
  }
  acted:  sum { | Acted(a=relu) | Acted(a=silu) | conv 1x1 16 act=gelu }
  gated:  VectorGate(channels=16)
  one:    Bottleneck(mid=8)
  two:    Bottleneck(mid=16, stride=2)
  loop:   3 x { conv 3x3 16 -> factor 5x5 (3x3 16, 3x3 16) }
  nested: 2 x { 2 x { concat { | identity | conv 1x1 4 norm=none bias=false } } }
  aux early { maxpool global -> flatten -> dropout rate -> dense classes -> softmax }
  side:   Side(width=base, scale=strength)
  up:     {
    upsample 2 -> upsample 2 interpolation=bilinear -> avgpool 4x4 /4 valid
    upsample 2 interpolation=bilinear_half_pixel -> upsample to=[H, W] -> avgpool 2x2 /2
  }
  back2:  Back
  shares: split { | identity | one: conv 1x1 8 -> VectorGate(channels=8) | split { | relu | tanh } }
  deal:   3 x { split { | { } | conv 3x3 16 } -> shuffle 2 }
  drop:   residual(drop=0.2) { conv 3x3 trunk linear }
  head:   globalmaxpool -> dense 12 norm=batch act=hard_swish -> dropout rate -> dense classes
  out:    l2norm
}
`;
