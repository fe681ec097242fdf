import { expectError, expectType } from "tsd";
import { readVmstat } from "userpage/user-page";

const vmstat = readVmstat();
expectType<number>(vmstat.nr_foll_pin_acquired);
expectType<number>(vmstat.nr_foll_pin_released);
expectError(() => {
  vmstat.nr_foll_pin_acquired = 0; // TS2540
});
