/**
 * Stands for user space: what every scenario needs before its story begins.
 *
 * A machine remembers whatever may rightly hold a page, so that an audit can say who holds too much or too little.
 */

import { userStore } from "../arch/x86/fault.ts";
import { blkdev_open } from "../fs/block_dev.ts";
import { ext2_open_buffered } from "../fs/ext2/buffered.ts";
import { ext2_create, ext2_fill_super, ext2_populate } from "../fs/ext2/inode.ts";
import { alloc_pipe_info } from "../fs/pipe.ts";
import { runNextEvent } from "../hardware/clock.ts";
import type { File } from "../include/linux/fs.ts";
import { PAGE_SIZE, VM_MAYWRITE, VM_READ, VM_SHARED, VM_WRITE } from "../include/linux/mm.ts";
import type { AddressSpace } from "../include/linux/mm_types.ts";
import type { PipeInodeInfo } from "../include/linux/pipe_fs_i.ts";
import { type Disk, type Equipment, start_kernel } from "../init/main.ts";
import { create_process } from "../kernel/fork.ts";
import { context_switch, type TaskStruct } from "../kernel/sched/core.ts";
import { mmap_region } from "../mm/mmap.ts";
import { detectorsAtBoot } from "./standing-detectors.ts";

/** Private memory that can be read and written. */
export const READ_WRITE = VM_READ | VM_WRITE | VM_MAYWRITE;
/** Private memory that can only be read. */
export const READ_ONLY = VM_READ | VM_MAYWRITE;

/** A running machine with one process and its disk opened O_DIRECT. */
export interface Machine {
  readonly disk: Disk;
  readonly file: File;
  readonly task: TaskStruct;
  readonly tasks: TaskStruct[];
  readonly files: File[];
  readonly mappings: AddressSpace[];
  readonly pipes: PipeInodeInfo[];
  /** Whoever else may hold pages at rest, each by the frames it holds now, one entry a reference. */
  readonly holders: (() => readonly number[])[];
}

/** boot() - a machine of 2 MiB of memory and 2 MiB of disk, unless the story needs another */
export function boot(equipment: Partial<Equipment> = {}): Machine {
  const disk = start_kernel({
    frames: 512,
    sectors: 4096,
    mdts: 256,
    seed: 1,
    detectors: detectorsAtBoot(),
    ...equipment,
  });
  const file = blkdev_open(disk.bdev);
  const task = create_process();
  context_switch(task);
  return { disk, file, task, tasks: [task], files: [file], mappings: [], pipes: [], holders: [] };
}

/** What a story reads and writes: the block device, or a file whose blocks are the disk's, through classic direct IO. */
export type Place = "block device" | "file of ext2";

/** bootOn() - a machine whose file is the given kind; byte for byte it is the disk either way */
export function bootOn(place: Place, equipment: Partial<Equipment> = {}): Machine {
  const machine = boot(equipment);
  return place === "block device" ? machine : { ...machine, file: fileOverDisk(machine) };
}

function fileOverDisk(machine: Machine): File {
  const file = createFile(machine, 12, []);
  const blocks = machine.disk.controller.medium.length / PAGE_SIZE;
  ext2_populate(
    file.f_inode,
    Array.from({ length: blocks }, (_, block) => block),
  );
  return file;
}

/** mapBuffer() - @pages pages of memory for the machine's process at a page number of its choice; returns the address */
export function mapBuffer(machine: Machine, pageNumber: number, pages: number, vm_flags: number): number {
  const start = pageNumber * PAGE_SIZE;
  mmap_region(machine.task.mm, start, pages * PAGE_SIZE, vm_flags, null);
  return start;
}

/** filledBuffer() - writable memory that holds a pattern; returns the address */
export function filledBuffer(machine: Machine, pageNumber: number, pages: number, seed: number): number {
  const start = mapBuffer(machine, pageNumber, pages, READ_WRITE);
  userStore(machine.task.mm, start, pattern(seed, pages * PAGE_SIZE));
  return start;
}

/** How a file in memory differs from an ordinary one that is mapped as a whole. */
export interface FileShape {
  /** The pages are the storage itself. */
  readonly dax?: boolean;
  /** Fewer than are mapped. */
  readonly filePages?: number;
}

/** mapFile() - a file in memory, mapped shared; returns its page cache */
export function mapFile(machine: Machine, pageNumber: number, pages: number, shape: FileShape = {}): AddressSpace {
  const { dax = false, filePages = pages } = shape;
  const mapping: AddressSpace = {
    a_ops: null,
    host: null,
    wb_err: 0,
    i_pages: new Map(),
    i_mmap: [],
    nr_pages: filePages,
    dax,
  };
  const vm_flags = READ_WRITE | VM_SHARED;
  mmap_region(machine.task.mm, pageNumber * PAGE_SIZE, pages * PAGE_SIZE, vm_flags, mapping);
  machine.mappings.push(mapping);
  return mapping;
}

/** openPipe() - an empty pipe */
export function openPipe(machine: Machine): PipeInodeInfo {
  const pipe = alloc_pipe_info();
  machine.pipes.push(pipe);
  return pipe;
}

/** createFile() - an empty file whose blocks will be the given ones, in this order */
export function createFile(machine: Machine, blkbits: number, freeBlocks: readonly number[]): File {
  const file = ext2_create(ext2_fill_super(machine.disk.bdev, freeBlocks), blkbits);
  machine.files.push(file);
  return file;
}

/** createBufferedFile() - the same through the page cache */
export function createBufferedFile(machine: Machine, blkbits: number, freeBlocks: readonly number[]): File {
  const file = ext2_open_buffered(createFile(machine, blkbits, freeBlocks).f_inode);
  machine.mappings.push(file.f_inode.i_mapping);
  return file;
}

/** everyOther() - block numbers of which no two are neighbours */
export function everyOther(count: number): readonly number[] {
  return Array.from({ length: count }, (_, k) => 2 * k + 1);
}

/** fillDisk() - put a pattern on the medium, behind the kernel's back */
export function fillDisk(machine: Machine, seed: number): void {
  const { medium } = machine.disk.controller;
  medium.set(pattern(seed, medium.length));
}

/** settle() - let time pass until nothing is pending */
export function settle(): void {
  while (runNextEvent());
}

/** pattern() - bytes that differ from place to place and from seed to seed */
export function pattern(seed: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < length; i++) bytes[i] = seed * 37 + i * 7 + (i >> 8) * 11 + (i >> 12) * 101;
  return bytes;
}

/** firstDifference() - where two stretches of bytes differ first, null if they are equal */
export function firstDifference(left: Uint8Array, right: Uint8Array): number | null {
  if (left.length !== right.length) return Math.min(left.length, right.length);

  const index = left.findIndex((byte, i) => byte !== right[i]);
  return index === -1 ? null : index;
}
