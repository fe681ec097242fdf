/** Stories without get_user_pages(): the pages of a pipe go through the same bios, and are released by the same code. */

import { free_pipe_info } from "../fs/pipe.ts";
import { generic_file_splice_read, iter_file_splice_write } from "../fs/splice.ts";
import { PAGE_SIZE } from "../include/linux/mm.ts";
import { imbalances } from "./imbalances.ts";
import { boot, fillDisk, firstDifference, openPipe } from "./machine.ts";

/** copyThroughPipe() - two pages and a half from one place of the disk to another */
export function copyThroughPipe() {
  const machine = boot();
  fillDisk(machine, 3);
  const pipe = openPipe(machine);
  const length = 2 * PAGE_SIZE + 2048;
  const filled = generic_file_splice_read(machine.file, 512, pipe, length);
  const buffers = pipe.bufs.map((buf) => buf.len);
  const drained = iter_file_splice_write(pipe, machine.file, 512 * 1024);
  const { medium } = machine.disk.controller;
  const difference = firstDifference(
    medium.subarray(512, 512 + length),
    medium.subarray(512 * 1024, 512 * 1024 + length),
  );
  return { filled, buffers, drained, left: pipe.bufs.length, difference, imbalances: imbalances(machine) };
}

/** fillPipeTwice() - the second read finds room for fewer pages; closing the pipe frees all of them */
export function fillPipeTwice() {
  const machine = boot();
  const pipe = openPipe(machine);
  const first = generic_file_splice_read(machine.file, 0, pipe, 10 * PAGE_SIZE);
  const second = generic_file_splice_read(machine.file, 0, pipe, 10 * PAGE_SIZE);
  const whileOpen = imbalances(machine);
  free_pipe_info(pipe);
  return { first, second, whileOpen, imbalances: imbalances(machine) };
}

/** failingSplice() - a bad sector: the pages added for the read leave the pipe again; and a failing write keeps them */
export function failingSplice() {
  const machine = boot();
  const pipe = openPipe(machine);
  generic_file_splice_read(machine.file, 0, pipe, PAGE_SIZE);
  machine.disk.controller.failingSectors.add(100);
  const filled = generic_file_splice_read(machine.file, 96 * 512, pipe, 2 * PAGE_SIZE);
  const drained = iter_file_splice_write(pipe, machine.file, 96 * 512);
  return { filled, drained, left: pipe.bufs.length, imbalances: imbalances(machine) };
}

/** spliceWithoutFrames() - no frame for the pipe */
export function spliceWithoutFrames() {
  const machine = boot({ frames: 4 });
  const pipe = openPipe(machine);
  const some = generic_file_splice_read(machine.file, 0, pipe, 8 * PAGE_SIZE);
  const none = generic_file_splice_read(machine.file, 0, pipe, 8 * PAGE_SIZE);
  return { some, none, imbalances: imbalances(machine) };
}
