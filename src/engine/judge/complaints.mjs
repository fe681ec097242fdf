/** @import { TextChange } from "../edit.ts" */
/** @import { Complaint, Variation } from "./protocol.ts" */

/**
 * An error is the same as another one by file, code and line: its message names the types, which edits change.
 * @param {Pick<Complaint, "file" | "code" | "line">} complaint
 */
export function keyOf({ file, code, line }) {
  return `${file}\n${code}\n${line}`;
}

// Of names that a change leaves without a use; that is a consequence, not what is wrong with it.
const unusedName = new Set([6133, 6192, 6196, 6198]);

/**
 * Tells whether a complaint came only with the variation. Lines are those of the edited text: a change may move what is
 * below.
 * @param {ReadonlySet<string>} known keys of the complaints about the edited project
 * @param {Variation} variation
 * @param {string} text the edited text of the file it is in
 * @returns {(complaint: Complaint) => boolean}
 */
export function isNewAfter(known, { path, changes }, text) {
  const ordered = inOrder(changes);
  return (complaint) => {
    if (unusedName.has(complaint.code)) return false;
    if (complaint.file !== path) return !known.has(keyOf(complaint));
    return !known.has(keyOf({ ...complaint, line: lineAt(text, offsetBefore(ordered, complaint.start)) }));
  };
}

/**
 * The text with the changes of one variation.
 * @param {string} text
 * @param {readonly TextChange[]} changes
 */
export function varied(text, changes) {
  return inOrder(changes)
    .reverse()
    .reduce((whole, { start, end, text: other }) => whole.slice(0, start) + other + whole.slice(end), text);
}

/** @param {readonly TextChange[]} changes */
function inOrder(changes) {
  return [...changes].sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * Counted from 1.
 * @param {string} text
 * @param {number} offset
 */
export function lineAt(text, offset) {
  return text.slice(0, offset).split("\n").length;
}

/**
 * Several projects may hold the same file, and give the same complaint about it.
 * @param {readonly Complaint[]} complaints
 */
export function withoutRepeats(complaints) {
  return [...new Map(complaints.map((complaint) => [JSON.stringify(complaint), complaint])).values()];
}

/**
 * Inside of what was put in: where it starts.
 * @param {readonly TextChange[]} ordered
 * @param {number} offset
 */
function offsetBefore(ordered, offset) {
  let shift = 0;
  for (const { start, end, text } of ordered) {
    if (offset < start + shift) break;
    if (offset < start + shift + text.length) return start;
    shift += text.length - (end - start);
  }
  return offset - shift;
}
