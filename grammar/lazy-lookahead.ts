/** Computes the lookahead of each grammar choice at its first use, which makes the process start faster. */
import { type ILookaheadStrategy, type IOrAlt, LLkLookaheadStrategy } from "chevrotain";

type OnAlternation = Parameters<ILookaheadStrategy["buildLookaheadForAlternation"]>[0];
type OnOptional = Parameters<ILookaheadStrategy["buildLookaheadForOptional"]>[0];

/** Chevrotain's own strategy, but for the time at which it does its work: most files use a part of the grammar. */
export class LazyLookahead extends LLkLookaheadStrategy {
  override buildLookaheadForAlternation(choice: OnAlternation): () => number | undefined {
    const build = () => super.buildLookaheadForAlternation(choice);
    let choose: ReturnType<typeof build> | undefined;
    return function (this: unknown, alternatives?: IOrAlt<unknown>[]): number | undefined {
      choose ??= build();
      return choose.call(this, alternatives);
    };
  }

  override buildLookaheadForOptional(choice: OnOptional): () => boolean {
    const build = () => super.buildLookaheadForOptional(choice);
    let isAhead: ReturnType<typeof build> | undefined;
    return function (this: unknown): boolean {
      isAhead ??= build();
      return isAhead.call(this);
    };
  }
}
