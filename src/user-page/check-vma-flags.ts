import { EFAULT, type NegativeErrno } from "./errno.ts";
import {
  FOLL_FORCE,
  FOLL_WRITE,
  VM_IO,
  VM_MAYREAD,
  VM_MAYWRITE,
  VM_PFNMAP,
  VM_READ,
  VM_SHARED,
  VM_WRITE,
  type VmArea,
} from "./mm-struct.ts";

/** check_vma_flags() - may pages of this area be had under these flags: 0 or -EFAULT (Linux 4.19, mm/gup.c) */
export function check_vma_flags(vma: VmArea, gup_flags: number): 0 | NegativeErrno {
  if (has(vma.vm_flags, VM_IO) || has(vma.vm_flags, VM_PFNMAP)) return -EFAULT;
  const allowed = has(gup_flags, FOLL_WRITE) ? mayWrite(vma, gup_flags) : mayRead(vma, gup_flags);
  return allowed ? 0 : -EFAULT;
}

// A forced write goes to a private copy, never into memory that others share.
function mayWrite({ vm_flags }: VmArea, gup_flags: number): boolean {
  if (has(vm_flags, VM_WRITE)) return true;
  return has(gup_flags, FOLL_FORCE) && has(vm_flags, VM_MAYWRITE) && !has(vm_flags, VM_SHARED);
}

function mayRead({ vm_flags }: VmArea, gup_flags: number): boolean {
  return has(vm_flags, VM_READ) || (has(gup_flags, FOLL_FORCE) && has(vm_flags, VM_MAYREAD));
}

function has(flags: number, bit: number): boolean {
  return (flags & bit) !== 0;
}
