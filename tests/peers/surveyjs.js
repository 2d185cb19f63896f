// survey-core loads each model named without an error, takes an answer to every question
// and gives it back as one flat value under the question's own name.
const fs = require("fs");
const { Model } = require("survey-core");

let failed = false;
for (const path of process.argv.slice(2)) {
  const json = JSON.parse(fs.readFileSync(path, "utf8"));
  const survey = new Model(json);
  const wrong = (survey.jsonErrors || []).map((error) => error.message);
  const questions = survey.getAllQuestions();
  if (questions.length < 20) wrong.push(`only ${questions.length} questions`);
  for (const question of questions) {
    const choices = question.choices || [];
    question.value = choices.length ? choices[choices.length - 1].value : "words";
    if (survey.data[question.name] !== question.value) wrong.push(`${question.name} is not given back`);
    if (question.hasErrors()) wrong.push(`${question.name} is refused`);
  }
  if (!survey.tryComplete()) wrong.push("cannot be completed");
  failed = failed || wrong.length > 0;
  console.log(`${wrong.length ? "FAILED" : "well"}: ${path}: ${questions.length} questions, errors: ${JSON.stringify(wrong)}`);
}
process.exit(failed ? 1 : 0);
