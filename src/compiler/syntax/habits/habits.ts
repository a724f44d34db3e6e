/**
 * Recognizes what writers of other languages try, and explains or repairs it.
 *
 * Only the parser decides that a text is wrong.
 */
import type { Advice } from "./advice.ts";
import {
  brokenArrow,
  colonInArgument,
  countAfterStep,
  countWithoutSpace,
  flowAfterShape,
  flowBeforeShortcut,
  flowIntoNothing,
} from "./flow.ts";
import {
  bareAttributes,
  branchesWithoutBars,
  importForms,
  namelessAux,
  signatureWithoutColon,
  typedLet,
  wrongBracket,
} from "./forms.ts";
import type { Mistake } from "./mistake.ts";
import {
  arrowAsPlus,
  arrowInEdit,
  commaBetweenOperands,
  countWithStar,
  equalsAfterLabel,
  flowIntoLabel,
  missingComma,
  relationOfBudget,
  signAfterKeyword,
  stepAfterYields,
} from "./signs.ts";
import {
  bareArithmetic,
  bareMinus,
  callWithoutParentheses,
  operatorCall,
  percentSign,
  powerOfTwoStars,
  quotedValue,
  sizeInParentheses,
  spacedSize,
} from "./values.ts";
import { denseCalledLinear, foreignWord, misspeltStart, nearestWord, replaceBy } from "./words.ts";

type Habit = (place: Mistake) => Advice | undefined;

/** The first match is used, so specific habits come before general ones. */
const HABITS: readonly Habit[] = [
  countWithoutSpace,
  colonInArgument,
  sizeInParentheses,
  misspeltStart,
  operatorCall,
  commaBetweenOperands,
  brokenArrow,
  bareMinus,
  powerOfTwoStars,
  percentSign,
  bareArithmetic,
  countAfterStep,
  spacedSize,
  countWithStar,
  namelessAux,
  bareAttributes,
  branchesWithoutBars,
  signatureWithoutColon,
  wrongBracket,
  relationOfBudget,
  signAfterKeyword,
  equalsAfterLabel,
  typedLet,
  importForms,
  quotedValue,
  denseCalledLinear,
  flowIntoLabel,
  flowAfterShape,
  flowBeforeShortcut,
  flowIntoNothing,
  stepAfterYields,
  foreignWord,
  replaceBy,
  callWithoutParentheses,
  missingComma,
  arrowAsPlus,
  arrowInEdit,
  nearestWord,
];

/** The advice of the first habit that knows the mistake. */
export function adviceFor(mistake: Mistake): Advice | undefined {
  for (const habit of HABITS) {
    const advice = habit(mistake);
    if (advice) return advice;
  }
  return undefined;
}
