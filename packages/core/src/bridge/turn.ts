import { platform } from "#platform";

let turn = 0;
let isLast = false;

/** A number for the stretch of code that runs without a pause: what is put off from now on, by whatever means, has another one. */
export function currentTurn(): number {
  if (!isLast) {
    isLast = true;
    const mine = turn;
    platform.afterTurn(() => {
      if (turn !== mine) return;
      turn++;
      isLast = false;
    });
  }
  return turn;
}
