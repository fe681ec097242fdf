import { expect, test } from "vitest";
import { EILSEQ, EIO, ENOMEM } from "../include/linux/errno.ts";
import { failures, rottenSector, storeDuringWrite, writeAndRead } from "./integrity.ts";

test.each([2, 300])("%i pages are written with their checksums and verified when they are read", (pages) => {
  expect(writeAndRead(pages)).toEqual({
    written: pages * 4096,
    protectedSectors: pages * 8,
    read: pages * 4096,
    difference: null,
    imbalances: [],
  });
});

test("a sector that changed on the medium is found", () => {
  expect(rottenSector()).toEqual({ rotten: -EILSEQ, neverProtected: 4096, imbalances: [] });
});

test("a buffer that its process changes while it is written does not match its checksum", () => {
  expect(storeDuringWrite()).toEqual({ written: [4096], read: -EILSEQ, imbalances: [] });
});

test("a request that fails, or finds no room for checksums, gives everything back", () => {
  expect(failures()).toEqual({ badSector: -EIO, noFrame: -ENOMEM, imbalances: [] });
});
