import { expect, test } from "vitest";
import { ENOMEM } from "../include/linux/errno.ts";
import { vmstatCounters } from "../mm/pin_vmstat.ts";
import { readManyAtOnce, writebackDuringRead } from "./asynchronous.ts";
import { columns, noticesOf } from "./detectors.ts";
import { mistakes } from "./mistakes.ts";
import { pinUntilFull } from "./overflow.ts";
import { theWholeFamily } from "./pinning.ts";
import { copyThroughPipe } from "./splicing.ts";
import { allDetectors, callsBlamed, playDetected } from "./standing-detectors.ts";

function momentsOf(column: string): readonly string[] {
  const { machines = [] } = columns.find(({ name }) => name === column) ?? {};
  return mistakes.map((mistake) => {
    const [notice] = noticesOf(mistake, { name: column, machines });
    return `${mistake.make.name}: ${notice?.when ?? "never"}`;
  });
}

test("the bias notices at rest that a pin is left, unless the last ordinary reference is gone, and cries wolf once", () => {
  expect(momentsOf("counting bias")).toEqual([
    "put_pinned_plainly: at rest",
    "put_last_pin_plainly: never",
    "put_anothers_reference: at rest",
    "unpin_plain_mapped: at rest",
    "unpin_plain_kernel: at rest",
    "put_crosswise: at rest",
    "put_twice: at rest",
    "put_anothers: at exit",
    "put_plain_twice: at exit",
    "leak_on_error: at rest",
    "put_too_few: at rest",
    "write_after_put: never",
    "write_into_free_frame: later",
    "dirty_after_put: never",
    "pin_and_put: never",
    "share_widely: at rest",
  ]);
});

test("comparing the count with the known holders notices a wrong release when it happens, unless it robs an unknown holder", () => {
  expect(momentsOf("bias and checks").filter((moment) => !moment.endsWith("at once"))).toEqual([
    "put_anothers_reference: at rest",
    "put_anothers: at exit",
    "put_plain_twice: at exit",
    "leak_on_error: at rest",
    "put_too_few: at rest",
    "write_after_put: never",
    "write_into_free_frame: later",
    "dirty_after_put: never",
    "pin_and_put: never",
    "share_widely: at rest",
  ]);
});

test("the counters balance when one mistake makes up for another", () => {
  expect(momentsOf("counters").filter((moment) => moment.endsWith("never"))).toEqual([
    "put_crosswise: never",
    "write_after_put: never",
    "dirty_after_put: never",
    "pin_and_put: never",
    "share_widely: never",
  ]);
});

test("no detector complains of a machine that does nothing wrong, but the bias of 1024 plain references", () => {
  const alarms = columns.flatMap((column) => {
    const rights = mistakes.filter(({ right }) => right);
    return rights
      .filter((each) => noticesOf(each, column).some((notice) => notice !== null))
      .map(({ make }) => {
        return `${column.name}: ${make.name}`;
      });
  });
  expect(alarms).toEqual(["counting bias: share_widely", "bias and checks: share_widely"]);
});

test("the count of a page holds 2,097,151 pins, and one more is refused", () => {
  expect(pinUntilFull()).toEqual({ refused: -ENOMEM, afterOnePut: 1, maybePinned: [true, true], imbalances: [] });
});

test("the model as it is written puts its pins plainly, and the detectors say so, naming who pinned, and first the wrong call, then innocent ones", () => {
  const { told, complaints } = playDetected(allDetectors(), () => writebackDuringRead("file of ext2"));
  expect(told.difference).toBe(null);
  expect(complaints.filter((complaint) => complaint.includes("page 1"))).toEqual([
    "page 1 has 1 ordinary references left for 2 holders, released by bio_release_pages() < bio_dirty_fn() < process_one_work()",
    expect.stringContaining("page 1 has 1 ordinary references left for 2 holders, released by write_cache_pages()"),
    "page 1: count 1025 looks like a pin",
    "page 1: pinned by iovec_get_pages() < iov_iter_get_pages() < dio_refill_pages()",
  ]);
});

test("the first that is blamed of each page is where the conversion is missing", () => {
  const stories = [() => writebackDuringRead("file of ext2"), theWholeFamily];
  const blamed = stories.flatMap((story) => callsBlamed(playDetected<unknown>(allDetectors(), story).complaints));
  expect(blamed).toEqual(["bio_release_pages()", "pinAndPut()"]);
});

test("machines that were switched off during a story are heard too", () => {
  const twice = () => [readManyAtOnce("file of ext2"), theWholeFamily()];
  expect(playDetected([vmstatCounters()], twice).complaints).toEqual([
    "nr_foll_pin_acquired 16, nr_foll_pin_released 0",
    "nr_foll_pin_acquired 36, nr_foll_pin_released 0",
  ]);
});

test("a story that pins nothing has nothing to complain of", () => {
  expect(playDetected(allDetectors(), copyThroughPipe)).toMatchObject({ complaints: [], told: { imbalances: [] } });
});
