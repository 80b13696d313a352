// A dependency that prints by the console, and a progress bar to stdout.
export function weather({ city }) {
  console.log("weather: looking for %s", city);
  for (let done = 0; done <= 100; done += 10) process.stdout.write(`\rweather: downloading ${done} %`);
  process.stdout.write("\n");
  return `sunny in ${city}`;
}
