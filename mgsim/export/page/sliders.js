// The sliders: what they are called, how their values read, which are off normal.

const SLIDERS = ["magnesium", "temperature", "supply", "flow", "rate", "length"];
const NAMES = { magnesium: "free magnesium", temperature: "temperature", supply: "ATP supply", flow: "blood flow" };

function textOf(name, value, fibre) {
  if (name === "magnesium") return `${inDigits(fibre.levels[value])} mM`;
  if (name === "temperature") return `${value} °C`;
  if (name === "rate") return `${value} per s`;
  if (name === "length") return `${value.toFixed(1)} s`;
  return `${value} %`;
}

function boundsOf(name, fibre) {
  if (name === "magnesium") return [0, fibre.levels.length - 1, 1];
  if (name === "temperature") return [fibre.coldest, fibre.warmest, 1];
  if (name === "rate") return [1, 150, 1];
  if (name === "length") return [0.1, 2, 0.1];
  return name === "supply" ? [0, 150, 5] : [0, 100, 5];
}

function showSliders(chosen, fibre) {
  const normal = normalOf(fibre, chosen);
  const off = [];
  for (const name of SLIDERS) {
    const input = document.getElementById(name);
    const [least, most, step] = boundsOf(name, fibre);
    Object.assign(input, { min: least, max: most, step });
    input.value = chosen[name];
    const row = input.closest(".row");
    const text = textOf(name, chosen[name], fibre);
    row.querySelector("output").textContent = text;
    const isOff = name in NAMES && chosen[name] !== normal[name];
    input.setAttribute("aria-valuetext", text + (isOff ? ", not normal" : ""));
    row.toggleAttribute("data-off", isOff);
    if (isOff) off.push(`${NAMES[name]} (normal ${textOf(name, normal[name], fibre)})`);
    row.hidden = (name === "rate" && chosen.kind === "single") || (name === "length" && chosen.kind === "single");
  }
  document.getElementById("fibre").value = fibre.name;
  document.querySelector(`input[name="kind"][value="${chosen.kind}"]`).checked = true;
  const changed = document.getElementById("changed");
  const said = off.length ? `Not normal: ${off.join(", ")}.` : "Everything is at its normal setting.";
  if (changed.textContent !== said) changed.textContent = said;
  document.getElementById("reset").disabled = !off.length;
}

function level(fibre, millimolar) {
  let best = 0;
  fibre.levels.forEach((v, i) => {
    if (Math.abs(Math.log(v / millimolar)) < Math.abs(Math.log(fibre.levels[best] / millimolar))) best = i;
  });
  return best;
}
