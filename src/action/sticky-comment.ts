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
 * Updates the comment of an earlier run. If there is none, a comment is created only if `isNews`. Throws as the API
 * does.
 */
export async function putComment(text: string, isNews: boolean, api: CommentsApi): Promise<void> {
  const former = await findComment(api);
  if (former) await api.update(former.id, MARK + text);
  else if (isNews) await api.create(MARK + text);
}

/** A comment with the mark that somebody else wrote is theirs, and could say what they like later. */
async function findComment(api: CommentsApi): Promise<Comment | undefined> {
  let login: string | undefined;
  for (let page = 1; page <= MAX_PAGES; page++) {
    const comments = await api.list(page);
    const marked = comments.filter(({ body }) => body.startsWith(MARK.trim()));
    if (marked.length > 0) {
      login ??= await api.login();
      const own = marked.find(({ author }) => author === login || author === `${login}[bot]`);
      if (own) return own;
    }
    if (comments.length < COMMENTS_PER_PAGE) return undefined;
  }
  return undefined;
}
