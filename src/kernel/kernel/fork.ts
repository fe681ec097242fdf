/**
 * Stands for kernel/fork.c.
 *
 * Modelled: the first process, fork with copy on write, threads, exit.
 * Left out: everything that is not memory.
 */

import type { MmStruct } from "../include/linux/mm_types.ts";
import { copy_page_range } from "../mm/memory.ts";
import { mm_alloc, mmap_region, mmput } from "../mm/mmap.ts";
import { down_write, up_write } from "./locking/rwsem.ts";
import { copy_process, type TaskStruct } from "./sched/core.ts";

/** create_process() - a process with an empty address space */
export function create_process(): TaskStruct {
  return copy_process(mm_alloc());
}

/** fork() - a child whose private pages are shared with the parent until one of them writes */
export function fork(parent: TaskStruct): TaskStruct {
  const mm = mm_alloc();
  down_write(parent.mm.mmap_sem);
  for (const vma of parent.mm.mmap) {
    const length = vma.vm_end - vma.vm_start;
    const child = mmap_region(mm, vma.vm_start, length, vma.vm_flags, vma.vm_mapping);
    child.vm_pgoff = vma.vm_pgoff;
    copy_page_range(child, vma);
  }
  up_write(parent.mm.mmap_sem);
  return copy_process(mm);
}

/** clone_thread() - another task in the same address space, as clone() with CLONE_VM makes it */
export function clone_thread(task: TaskStruct): TaskStruct {
  task.mm.mm_users++;
  return copy_process(task.mm);
}

/** do_exit() - give the task's memory back; IO in flight keeps what it holds */
export function do_exit(task: TaskStruct): void {
  task.state = "TASK_DEAD";
  mmput(task.mm);
}

/** get_task_mm() - a task's memory with one more user, to be dropped by mmput(); null once the task has exited */
export function get_task_mm(task: TaskStruct): MmStruct | null {
  if (task.mm.mm_users === 0) return null;

  task.mm.mm_users++;
  return task.mm;
}
