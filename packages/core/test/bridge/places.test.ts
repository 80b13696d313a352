import { createLogger, HostedOwners, Overlaps } from "@logbridge/core";
import { expect, test } from "vitest";

test("Overlaps tells of a place that hears the same for the same handlers, until it is left", () => {
  const overlaps = new Overlaps<string>((one, other) => one === other || one === "all" || other === "all");
  const [logger, another] = [createLogger(), createLogger()];
  const told: string[] = [];
  const enter = (place: string, to = logger): (() => void) => overlaps.enter(place, to, (other) => told.push(other));
  const leave = enter("a");
  enter("b");
  enter("a", another);
  expect(told).toEqual([]);
  // A bound logger has the handlers of the one it is bound to.
  enter("a", logger.bind({ id: 1 }) as typeof logger)();
  enter("all")();
  expect(told).toEqual(["a", "a"]);
  leave();
  enter("a");
  expect(told).toEqual(["a", "a"]);
});

test("HostedOwners counts the sinks of an owner, and each end once", () => {
  const owners = new HostedOwners();
  const [owner, other] = [{}, {}];
  expect([owners.has(owner), owners.isOpen]).toEqual([false, false]);
  const [first, second, alone] = [owners.begin(owner), owners.begin(owner), owners.begin(null)];
  first();
  first();
  expect([owners.has(owner), owners.has(other), owners.isOpen]).toEqual([true, false, true]);
  second();
  expect([owners.has(owner), owners.isOpen]).toEqual([false, true]);
  alone();
  expect(owners.isOpen).toBe(false);
});
