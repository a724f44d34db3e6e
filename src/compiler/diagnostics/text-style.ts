/** Owns how rendered text may be decorated; the caller brings the colours, so that the renderers need no terminal. */

type Paint = (text: string) => string;

/** Colours by role and the few symbols that have an ASCII form. */
export interface TextStyle {
  readonly error: Paint;
  readonly warning: Paint;
  readonly information: Paint;
  readonly help: Paint;
  readonly strong: Paint;
  readonly faint: Paint;
  /** Stands for text that was left out. */
  readonly ellipsis: string;
}

const asIs: Paint = (text) => text;

/** No colour; what files and pipes get. */
export const plainStyle: TextStyle = {
  error: asIs,
  warning: asIs,
  information: asIs,
  help: asIs,
  strong: asIs,
  faint: asIs,
  ellipsis: "…",
};
