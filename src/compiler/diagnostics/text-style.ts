/** The decorations of rendered text; the caller supplies the colours, so renderers do not depend on a terminal. */

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
