import { type PatchSite, patchMethod } from "@logbridge/core";
import { describe, expect, test } from "vitest";

interface Listener {
  readonly heard: unknown[][];
}

const listener = (): Listener => ({ heard: [] });

function listen(target: object, key: string, subscriber: Listener): () => void {
  return patchMethod(target, key, subscriber, (site: PatchSite<Listener>) => {
    return function (this: unknown, ...args: never[]) {
      for (const one of site.subscribers) one.heard.push(args);
      return site.original.apply(this, args);
    };
  });
}

class Base {
  speak(word: string): string {
    return `${(this as unknown as { name: string }).name} says ${word}`;
  }
}
class Foreign extends Base {
  name = "it";
}

describe("patchMethod", () => {
  test("an own property comes back with its descriptor, an inherited one disappears again", () => {
    const own = {};
    Object.defineProperty(own, "speak", { value: () => "x", enumerable: false, configurable: true, writable: false });
    const before = Object.getOwnPropertyDescriptor(own, "speak");
    listen(own, "speak", listener())();
    expect(Object.getOwnPropertyDescriptor(own, "speak")).toEqual(before);
    const target = new Foreign();
    const leave = listen(target, "speak", listener());
    expect(target.speak("a")).toBe("it says a");
    leave();
    expect(Object.hasOwn(target, "speak")).toBe(false);
  });

  test("a second listener joins the one patch; they leave in any order, twice", () => {
    for (const order of [
      [0, 1],
      [1, 0],
    ]) {
      const target = new Foreign();
      const both = [listener(), listener()];
      const leave = both.map((one) => listen(target, "speak", one));
      target.speak("a");
      leave[order[0] as number]?.();
      leave[order[0] as number]?.();
      target.speak("b");
      leave[order[1] as number]?.();
      target.speak("c");
      expect(both[order[0] as number]?.heard).toEqual([["a"]]);
      expect(both[order[1] as number]?.heard).toEqual([["a"], ["b"]]);
      expect(Object.hasOwn(target, "speak")).toBe(false);
    }
  });

  test("under a wrapper of somebody else ours only passes on; theirs goes on; a new patch goes on top", () => {
    const target = new Foreign();
    const first = listener();
    const leave = listen(target, "speak", first);
    const wrapped = target.speak;
    const theirs: string[] = [];
    target.speak = function (word: string): string {
      theirs.push(word);
      return wrapped.call(this, word);
    };
    const theirWrapper = target.speak;
    leave();
    expect(target.speak("a")).toBe("it says a");
    expect(target.speak).toBe(theirWrapper);
    const second = listener();
    const leaveSecond = listen(target, "speak", second);
    target.speak("b");
    leaveSecond();
    target.speak("c");
    expect(theirs).toEqual(["a", "b", "c"]);
    expect(first.heard).toEqual([]);
    expect(second.heard).toEqual([["b"]]);
    expect(target.speak).toBe(theirWrapper);
  });
});
