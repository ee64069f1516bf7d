// The guided tour: each step sets the sliders, asks, and answers with what was computed here and now.

const WAIT = "It is still computing; wait a moment and ask again.";
const compare = (a, b, more, less) => (a > 1.01 * b ? more : a < 0.99 * b ? less : "as before");
const of = (outs, label) => (outs.find((o) => o.label === label) || { value: NaN }).value;
const beside = (label, unit, now, normal) =>
  `${label[0].toUpperCase()}${label.slice(1)}: ${inDigits(of(now, label))} ${unit} here, ${inDigits(of(normal, label))} ${unit} normally.`;

const STEPS = [
  {
    title: "One stimulus, one twitch",
    set: () => ({ kind: "single" }),
    question: "A nerve gives the fibre one stimulus. Calcium is set free inside it, and it pulls. Look at the two upper curves: " +
      "which is over first, the calcium or the pull? And why might that be?",
    answer: (now) => `Tension is highest ${inDigits(of(now, "contraction time"))} ms after the stimulus, and half of it is gone another ` +
      `${inDigits(of(now, "half-relaxation"))} ms later. Calcium comes and goes earlier: it has to bind first, then the motors of ` +
      "the muscle attach, and they let go only slowly. Calcium is the signal; the pull is the answer.",
  },
  {
    title: "Too little magnesium",
    set: (fibre) => ({ kind: "single", magnesium: level(fibre, fibre.normal / 2.5) }),
    question: "Magnesium sits where calcium would like to sit, and it helps to keep the calcium gate of the store shut. Now there is " +
      "much less of it. Will the twitch be stronger or weaker? Will the fibre relax sooner or later?",
    answer: (now, normal) => beside("peak tension", "kN/m²", now, normal) + " " + beside("peak calcium", "µM", now, normal) + " " +
      beside("half-relaxation", "ms", now, normal) + ` The calcium signal is ${compare(of(now, "peak calcium"), of(normal, "peak calcium"), "higher", "lower")}, and it lasts ` +
      `${compare(of(now, "calcium above half"), of(normal, "calcium above half"), "longer", "shorter")} ` +
      `(${inDigits(of(now, "calcium above half"))} ms, ${inDigits(of(normal, "calcium above half"))} ms normally). This much less inside a cell is severe; ` +
      "a poor diet alone lowers it far less.",
  },
  {
    title: "Too much magnesium",
    set: (fibre) => ({ kind: "single", magnesium: level(fibre, 3 * fibre.normal) }),
    question: "Now three times as much as normal. What do you expect: the mirror image of before?",
    answer: (now, normal) => beside("peak tension", "kN/m²", now, normal) + " " + beside("peak calcium", "µM", now, normal) +
      " Magnesium holds the gate of the calcium store: the more of it, the harder the gate is to open. Is the change as large as the " +
      "one before? Slide and compare.",
  },
  {
    title: "From twitch to tetanus",
    set: () => ({ kind: "train", rate: 15, length: 1 }),
    question: "Fifteen stimuli each second. Slide the stimuli per second up: from where on do the twitches melt into one smooth pull? " +
      "Is the smooth pull as strong as one twitch, or stronger?",
    answer: (now) => `With these settings the highest tension is ${inDigits(of(now, "peak tension"))} kN/m². When the next stimulus comes before the ` +
      "fibre has relaxed, pull adds to pull; once calcium never falls between stimuli the curve is smooth, a tetanus, and several " +
      "times as strong as a twitch. Almost all your movements are made of such trains.",
  },
  {
    title: "Cold muscle",
    set: (fibre) => ({ kind: "single", temperature: fibre.temperature - 10 }),
    question: "Ten degrees colder. Which part of the twitch will change most: how strong it is, or how long it lasts?",
    answer: (now, normal) => beside("contraction time", "ms", now, normal) + " " + beside("half-relaxation", "ms", now, normal) + " " +
      beside("peak tension", "kN/m²", now, normal) + " Pumps and motors are proteins that work more slowly in the cold.",
  },
  {
    title: "A minute of work with the blood cut off",
    set: () => ({ kind: "exercise", rate: 40, length: 0.2, flow: 0 }),
    question: "One train each second for a minute, with a cuff that stops the blood. What will run out? Watch ATP and free " +
      "magnesium: why does magnesium rise when ATP is used up? (This takes a few seconds to compute.)",
    answer: (now, normal) => {
      if (!Number.isFinite(of(now, "tension left") + of(normal, "tension left"))) return WAIT;
      const stiff = of(now, "resting tension at the end") > 0.1 * of(now, "first contraction");
      return `After a minute ${inDigits(of(now, "tension left"))} % of the tension is left; with blood it is ` +
        `${inDigits(of(normal, "tension left"))} %. ${beside("lowest ATP", "mM", now, normal)} ` +
        `${beside("free magnesium at the end", "mM", now, normal)} ` +
        (stiff ? "It no longer lets go between contractions: without ATP the motors stay attached, as in rigor. " : "") +
        "Most ATP carries a magnesium. What ATP is split into holds it less tightly, so magnesium is set free: " +
        "a sign of a tired muscle.";
    },
  },
];

function makeTour(page) {
  const part = (name) => document.getElementById(`tour-${name}`);
  const card = document.getElementById("tour");
  let place = 0;

  function go(step) {
    place = step;
    part("place").textContent = `Step ${place + 1} of ${STEPS.length}`;
    part("title").textContent = STEPS[place].title;
    part("question").textContent = STEPS[place].question;
    part("answer").textContent = "";
    part("back").disabled = place === 0;
    part("next").textContent = place === STEPS.length - 1 ? "Finish" : "Next";
    page.choose({ ...normalOf(page.fibre()), ...STEPS[place].set(page.fibre()) });
    part("title").focus();
  }

  function leave() {
    card.hidden = true;
    document.getElementById("tour-open").focus();
  }

  document.getElementById("tour-open").addEventListener("click", () => {
    card.hidden = false;
    go(0);
  });
  part("show").addEventListener("click", () => {
    const { now, normal } = page.outs();
    part("answer").textContent = now && normal ? STEPS[place].answer(now, normal) : WAIT;
  });
  part("back").addEventListener("click", () => go(place - 1));
  part("next").addEventListener("click", () => (place === STEPS.length - 1 ? leave() : go(place + 1)));
  part("close").addEventListener("click", leave);
  card.addEventListener("keydown", (event) => {
    if (event.key === "Escape") leave();
  });
}
