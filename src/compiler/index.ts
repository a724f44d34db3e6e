/**
 * The public API of `inceptc`: the pipeline, its results, and the renderers of diagnostics.
 *
 * @module inceptc
 */

export { type CompilerCache, createCache } from "./analyze/compiler-cache.ts";
export type { Settings } from "./analyze/declare.ts";
export {
  LINT_CODES,
  LINT_LEVELS,
  type LintLevel,
  type LintOptions,
} from "./analyze/lint-levels.ts";
export type { OnPhaseEnd, Phase } from "./analyze/phase.ts";
export type { PictureSize, SizeReport } from "./analyze/report-network.ts";
export { check } from "./check.ts";
export { analyze, compile } from "./compile.ts";
export type {
  AnalyzeResult,
  CheckResult,
  CompileOptions,
  CompileResult,
  CompilerOptions,
  ReportRequest,
  ReportResult,
} from "./compiler-options.ts";
export {
  DEFAULT_LIMITS,
  HIGHEST_LIMITS,
  LIMIT_NAMES,
  type LimitName,
  type Limits,
} from "./core/limits.ts";
export type { Position, SourceFile } from "./core/source-file.ts";
export { positionAt } from "./core/source-file.ts";
export type { Span } from "./core/span.ts";
export { TOOL_VERSION } from "./core/tool-version.ts";
export { COUNT_GROUPS, type Convention, type CountGroup } from "./cost/conventions/convention.ts";
export { CONVENTIONS, type ConventionName } from "./cost/conventions/registry.ts";
export type { MinInput } from "./cost/find-min-input.ts";
export type {
  CostDivision,
  LayerCost,
  ModuleCost,
  OperatorCost,
  PartCost,
} from "./cost/list-costs.ts";
export { BYTES_PER_ELEMENT, type ElementType } from "./cost/live-memory.ts";
export { BATCH_NORM_VIEWS, type BatchNormView, type ParameterCount } from "./cost/measure-cost.ts";
export type { ConventionCount, NetworkReport } from "./cost/network-report.ts";
export type { ReceptiveField } from "./cost/receptive-field.ts";
export { type AppliedFix, type AppliedFixes, applyFixes } from "./diagnostics/apply-fixes.ts";
export type { CatalogueEntry } from "./diagnostics/catalogue/entry.ts";
export { catalogue, type DiagnosticCode, type LintCode } from "./diagnostics/catalogue.ts";
export type {
  Applicability,
  Diagnostic,
  QuickFix,
  RelatedPlace,
  Severity,
  TextEdit,
} from "./diagnostics/diagnostic.ts";
export { renderGithub } from "./diagnostics/render-github.ts";
export {
  diagnosticsToJson,
  type JsonDiagnostic,
  type JsonDiagnostics,
} from "./diagnostics/render-json.ts";
export { diagnosticsToSarif } from "./diagnostics/render-sarif.ts";
export { renderDiagnostics, summarizeDiagnostics } from "./diagnostics/render-text.ts";
export type { TextStyle } from "./diagnostics/text-style.ts";
export type { AlignOptions, PathMap } from "./diff/align/alignment.ts";
export {
  CLASS_DOCS,
  FINDING_CLASSES,
  type FindingClass,
  isAtLeast,
  LEVEL_OF_CLASS,
} from "./diff/classes.ts";
export { type Comparison, compareNetworks, compareWithNothing } from "./diff/compare-networks.ts";
export type { CountDelta } from "./diff/cost-delta.ts";
export { DIFF_SCHEMA } from "./diff/diff-schema.ts";
export type { Finding, FindingPlace } from "./diff/grade/finding.ts";
export { type FoldedPath, foldPaths } from "./diff/grade/fold-paths.ts";
export { type FindingGroup, groupFindings } from "./diff/group-findings.ts";
export type { ChangeMark, ChangeMarks } from "./diff/mark-changes.ts";
export type { NetworkDiff } from "./diff/network-diff.ts";
export type { OutlineMark, OutlineRow } from "./diff/outline.ts";
export {
  DIFF_RULE_IDS,
  DIFF_RULES,
  type DiffRuleId,
  isDiffRuleId,
  type RuleScope,
} from "./diff/rules.ts";
export { type SelectedFindings, type Selection, selectFindings } from "./diff/select-findings.ts";
export type {
  MismatchedTensor,
  PermutedTensor,
  TensorMove,
  UnmatchedTensor,
  WeightReport,
  WeightVerdict,
} from "./diff/weights/judge-weights.ts";
export type { Repair } from "./diff/weights/repairs.ts";
export { outputName } from "./emit/output-name.ts";
export type {
  Layout,
  PictureFormat,
  PictureOptions,
  PictureResult,
  PictureSide,
  StyledFigure,
} from "./emit/picture/emit-picture.ts";
export type { Figure, Shape as FigureShape } from "./emit/picture/figure.ts";
export type { Style, StyleOf } from "./emit/picture/figure-style.ts";
export type { Theme } from "./emit/picture/palette.ts";
export type { Mark, Marks } from "./emit/picture/picture.ts";
export type { EmitRequest, GeneratedFile, Target } from "./emit/target.ts";
export { TARGETS, type TargetName } from "./emit/targets.ts";
export { type FixOptions, type FixResult, fix } from "./fix.ts";
export { type FormatOptions, type FormatResult, format } from "./format.ts";
export { drawPicture, type GraphOptions, type GraphResult, graph } from "./graph.ts";
export type { CompilerHost, ReadProblem, ReadResult, SourceInput } from "./host.ts";
export type {
  Architecture,
  AuxNode,
  CallNode,
  FactorNode,
  GateNode,
  HoleNode,
  JoinNode,
  Node,
  OperatorNode,
  RepeatNode,
  ResidualNode,
  SequenceNode,
} from "./ir/architecture.ts";
export type {
  Attributes,
  AttributeValue,
  BatchNorm,
  GroupNorm,
  LayerNorm,
  Norm,
  SizeValue,
} from "./ir/attributes.ts";
export type { Dimension, Shape } from "./ir/dimension.ts";
export type {
  CheckedArchitecture,
  ShapedNode,
} from "./ir/shaped.ts";
export { type LayersResult, layers } from "./layers.ts";
export { listFiles } from "./list-files.ts";
export type {
  AttributeDefinition,
  Flag,
  OperatorDefinition,
  ReportShape,
} from "./ops/operator.ts";
export type { Primitives } from "./ops/primitives.ts";
export { operators } from "./ops/registry.ts";
export { report } from "./report.ts";
