// Beside the model, in the worker: runs what was asked for last, and lets go of what is no longer wanted.

const LOOK = 25; // ms between two looks at what has been asked since
const SHOW = 200; // ms between two views of a long run
const asked = { now: null, normal: null };
const channel = new MessageChannel();
let working = false;

function others() {
  return new Promise((go) => {
    channel.port1.onmessage = go;
    channel.port2.postMessage(0);
  });
}

self.onmessage = (event) => {
  asked[event.data.role] = event.data;
  if (!working) work();
};

async function work() {
  working = true;
  for (;;) {
    const job = asked.now || asked.normal;
    if (!job) break;
    asked[job.role] = null;
    await run(job);
    await others();
  }
  working = false;
}

function superseded(job) {
  return asked[job.role] !== null || (job.role === "normal" && asked.now !== null);
}

async function run(job) {
  const began = performance.now();
  try {
    const run = begin(job.fibre, job.experiment);
    let looked = began;
    let shown = began;
    while (run.go(100) === "running") {
      const now = performance.now();
      if (now - looked < LOOK) continue;
      await others();
      looked = performance.now();
      if (superseded(job)) {
        // What is normal is still wanted unless another normal has been asked for.
        if (job.role === "normal" && !asked.normal) asked.normal = job;
        return;
      }
      if (now - shown > SHOW) {
        shown = now;
        tell(job, run, began, false);
      }
    }
    tell(job, run, began, true);
  } catch (error) {
    self.postMessage({ role: job.role, id: job.id, ended: true, problem: error.message });
  }
}

function tell(job, run, began, ended) {
  const found = run.result(job.wanted);
  const problem = found.status === "failed" ? found.message : "";
  const took = performance.now() - began;
  self.postMessage({ role: job.role, id: job.id, ended, problem, took, time: found.time, traces: found.traces, totals: run.totals });
}
