/** @import { Complaint, Undo } from "./protocol.ts" */

/**
 * An error is the same as another one by file, code and line: its message names the types, which edits change.
 * @param {Pick<Complaint, "file" | "code" | "line">} complaint
 */
export function keyOf({ file, code, line }) {
  return `${file}\n${code}\n${line}`;
}

// Of names that an undone edit leaves without a use; that is a consequence, not a reason for the edit.
const unusedName = new Set([6133, 6192, 6196, 6198]);

/**
 * Tells whether a complaint came only with the undo. Lines are those of the edited text: an undo may move what is below.
 * @param {ReadonlySet<string>} known keys of the complaints about the edited project
 * @param {Undo} undo
 * @param {string} text the edited text of the file it is in
 * @returns {(complaint: Complaint) => boolean}
 */
export function isNewAfter(known, undo, text) {
  return (complaint) => {
    if (unusedName.has(complaint.code)) return false;
    if (complaint.file !== undo.path) return !known.has(keyOf(complaint));
    return !known.has(keyOf({ ...complaint, line: lineAt(text, offsetBefore(undo, complaint.start)) }));
  };
}

/**
 * The text with one edit undone.
 * @param {string} text
 * @param {Undo} undo
 */
export function undone(text, { start, end, text: original }) {
  return text.slice(0, start) + original + text.slice(end);
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
 * @param {Undo} undo
 * @param {number} offset
 */
function offsetBefore({ start, end, text }, offset) {
  if (offset < start) return offset;
  return offset < start + text.length ? start : offset - text.length + (end - start);
}
