/**
 * Keeps a single comment per pull request: it is found by a mark in its text and by its author, then updated in place.
 */
import { COMMENTS_PER_PAGE, type Comment, type CommentsApi } from "./github-api.ts";

/** GitHub takes 65,536 characters; no text has more of them than bytes. */
export const MAX_COMMENT_BYTES = 65_536;

/** Not shown, and in the first line of every comment. */
const MARK = "<!-- inceptc-review -->\n";

/** The most bytes of a text in a comment. */
export const MAX_TEXT_BYTES = MAX_COMMENT_BYTES - MARK.length;

/** Comments that are looked at, in pages. */
const MAX_PAGES = 100;

/**
 * Updates the comment of an earlier run and removes others, which two runs at the same time may have left. If there is
 * none, a comment is created only if `isNews`. Throws as the API does.
 */
export async function putComment(text: string, isNews: boolean, api: CommentsApi): Promise<void> {
  const [former, ...others] = await findComments(api);
  if (former) await api.update(former.id, MARK + text);
  else if (isNews) await api.create(MARK + text);
  for (const { id } of others) await api.remove(id);
}

/** A comment with the mark that somebody else wrote is theirs, and could say what they like later. */
async function findComments(api: CommentsApi): Promise<readonly Comment[]> {
  let login: string | undefined;
  const found: Comment[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const comments = await api.list(page);
    const marked = comments.filter(({ body }) => body.startsWith(MARK.trim()));
    if (marked.length > 0) {
      login ??= await api.login();
      found.push(...marked.filter(({ author }) => author === login || author === `${login}[bot]`));
    }
    if (comments.length < COMMENTS_PER_PAGE) break;
  }
  return found;
}
