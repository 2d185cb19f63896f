//! Every code of this program: its name, how bad it is, what it means, why it matters and
//! what to do. `healthcheck explain CODE` reads from here, and so does the reference.

use super::Severity;

/// What a code means, for `explain`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Explanation {
    /// One line: what was found.
    pub means: &'static str,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub mend: &'static str,
}

macro_rules! codes {
    ($($variant:ident $name:literal $severity:ident { $means:literal $why:literal $mend:literal })*) => {
        /// Which kind of fault. The names are kebab-case words and never change meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = $means] $variant,)*
        }

        impl Code {
            /// Every code, in the order of the reference.
            pub const ALL: &[Code] = &[$(Code::$variant),*];

            /// `unknown-key`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name),* }
            }

            /// Error or warning.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity),* }
            }

            /// What it means, why it matters, what to do.
            pub fn explanation(self) -> Explanation {
                match self {
                    $(Code::$variant => Explanation { means: $means, why: $why, mend: $mend }),*
                }
            }
        }
    };
}

impl Code {
    /// The code of that name.
    pub fn find(name: &str) -> Option<Self> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }
}

codes! {
    // Syntax: slips of the pen
    MissingComma "missing-comma" Error {
        "two lines of a card have no comma between them"
        "The lines of a card are told apart by commas. Without one, two lines run into each other \
         and neither can be trusted."
        "Put a comma at the end of the line that is shown: `weight: 3,`."
    }
    MissingSemicolon "missing-semicolon" Error {
        "a card or statement does not end with `;`"
        "The semicolon says that a card ends. Without it, the next card is read as part of this \
         one."
        "Close the card with `});`, with its semicolon."
    }
    CurlyQuotes "curly-quotes" Error {
        "quotation marks pasted from a word processor"
        "Word processors and emails turn straight quotes into curly ones, and curly ones do not \
         mark the beginning and end of text here."
        "Type the quotes again in the script: `\"caseload\"`. To stop it happening, edit scripts \
         in a plain text editor such as Notepad."
    }
    SingleQuotes "single-quotes" Error {
        "text in single quotes"
        "Text goes in double quotes. Single quotes mean something else, and a single letter in \
         them would slip through as another kind of value."
        "Write `\"yes\"` and not `'yes'`. An apostrophe inside double quotes is fine: `\"Head of \
         Children's Assessment\"`."
    }
    DocComment "doc-comment" Error {
        "`///` above a card"
        "Three slashes are kept for notes above a `fn`. Above a card they stop the script from \
         being read."
        "Write a note with two slashes, `// Agreed in March 2026`, and keep three for a `fn`."
    }
    EqualsInCard "equals-in-card" Error {
        "`=` where a card wants `:`"
        "In a card, a key and its value are joined by a colon. An equals sign is only for \
         constants outside cards."
        "Write `weight: 3,`. For a constant, above the cards, write `const CEILING = 18;`."
    }
    CardWithoutHash "card-without-hash" Error {
        "a card written `{ … }` without `#`"
        "A bare `{` begins a piece of a formula. A card begins with `#{`, and without the hash \
         its keys are taken for names that nothing defines."
        "Put a hash in front of the bracket: `measure(\"caseload-per-fte\", #{`."
    }
    UnitInNumber "unit-in-number" Error {
        "a number written with its unit or a thousands comma"
        "A number that carries its unit or a thousands comma cannot be calculated with, and the \
         comma would split it in two."
        "Write the number alone, `5`, `1000` or `12.5`, and say what it counts in the card's \
         unit: `unit: \"%\"`."
    }
    HyphenInKey "hyphen-in-key" Error {
        "a key with a hyphen and no quotes"
        "A hyphen outside quotes is a minus sign, so that `caseload-manageable` would be one \
         thing less another."
        "Put the key in quotes: `\"caseload-manageable\": \"Q7\"`. The keys of a card itself have \
         no hyphens: `review_by`, `agreed_with`."
    }
    UnquotedWord "unquoted-word" Error {
        "a word that needs quotes, or another language's word for true, false or nothing"
        "A word without quotes is taken for the name of something. If nothing has that name, the \
         script cannot know what you meant."
        "For an answer or a text write it in quotes: `says: \"yes\"`. For true and false write \
         `true` and `false`, in small letters. If there is nothing to say, leave the line out."
    }
    OtherLanguage "other-language" Error {
        "a form that belongs to another programming language"
        "Spreadsheets and other programs write this differently, and here it means nothing, so \
         the formula cannot be read."
        "Write a formula as `|workers| workers.count()`, a comparison with `==`, `!=` or `>=`, two \
         of them with `and` between, a further case as `else if`, and a function of your own as \
         `fn name(value) { … }`."
    }
    ReservedWord "reserved-word" Error {
        "a word of the language used as a name"
        "Some words belong to the language itself, and a card that used one as a key would be \
         misread."
        "Use the key that the card has: an omission's date is `review_by: \"2027-09-30\"`. A \
         column of your own with such a name goes in quotes: `\"case\": \"Case type\"`."
    }
    UnclosedCard "unclosed-card" Error {
        "a card or bracket that is never closed"
        "A card that is not closed swallows the cards after it, so their mistakes and its own can \
         no longer be told apart."
        "Add `});` on a line of its own after the last key of the card that begins at the place \
         shown. If it is there, look for a missing `]`, `)` or `}` above it."
    }
    UnclosedText "unclosed-text" Error {
        "text whose closing quote is missing"
        "Text without its closing quote runs on to the end of the line or further, and everything \
         in it is lost to the script."
        "Add the missing `\"` at the end of the text: `title: \"Equality of experience\",`."
    }
    UnquotedDate "unquoted-date" Error {
        "a date without quotes, which would be read as a subtraction"
        "Without quotes, 2026-04-01 is a sum: 2026 less 4 less 1, which is 2021. It would be \
         taken for a number without a word of warning."
        "Put the date in quotes, year first: `on: \"2026-04-01\"`."
    }
    WholeDivision "whole-division" Error {
        "two whole numbers divided, which drops the remainder"
        "Two whole numbers divide to a whole number and the remainder is dropped: 7 / 2 would \
         give 3, and a figure would be wrong with nothing to show for it."
        "Write one of them with a decimal point, `7.0 / 2`, or write `rate(7, 2)`."
    }
    NotBindsTight "not-binds-tight" Error {
        "`not` in front of a comparison without brackets"
        "The word `not` belongs to the very next word alone, so `not w.agency == \"no\"` asks \
         whether the opposite of a text equals a text, which has no answer."
        "Write `w.agency != \"no\"`, or put brackets round the whole: `not (w.agency == \"no\")`."
    }
    HyphenatedName "hyphenated-name" Error {
        "a hyphenated name read with a dot"
        "After a dot, a hyphen is read as a minus sign, so that only the first half of the name \
         is looked for."
        "Put the name in square brackets and quotes: `s[\"caseload-manageable\"]`."
    }
    NotInLanguage "not-in-language" Error {
        "a word of rhai that the language leaves out"
        "Scripts calculate from what their cards name and from nothing else: no other files, no \
         clock, no waiting and no printing. Words that hide a missing value are left out as well, \
         because a missing value must stay missing."
        "Write `if … else if … else` in place of `switch`. Leave `try` out: a formula that fails \
         is not rated, and says why. A shared function is used by name, with no `import`: \
         `caseload::weighted(cases, newly_qualified)`."
    }
    TopLevelLet "top-level-let" Error {
        "`let` outside a formula"
        "A value that can change outside a formula would let the order of cards decide a result. \
         Cards can stand in any order, so there must be no such value."
        "For a figure that you use more than once write `const CEILING = 18;`. Inside a formula's \
         `{ … }`, `let` is allowed."
    }
    Syntax "syntax" Error {
        "the script cannot be read at this point"
        "A script is read from top to bottom, and what stands here fits nothing that could come \
         at this point. Nothing is calculated from a script that cannot be read whole."
        "Look at the place shown and at the line above it: a comma, a bracket or a quote too many \
         or too few is the usual cause. Comparing with a card that works often shows it."
    }
    // Names and calls, found before anything runs
    UnknownName "unknown-name" Error {
        "a name that nothing defines"
        "A formula sees its own parameters, constants and nothing else. A name that nothing \
         defines is most often a slip of spelling."
        "Correct the spelling, or define the name above the cards: `const CEILING = 18;`. A text \
         goes in quotes: `\"children\"`."
    }
    UnknownFunction "unknown-function" Error {
        "a function that does not exist"
        "A function that does not exist would stop the formula when it runs, so it is looked for \
         before anything runs."
        "Use one of the functions that exist, `count`, `sum`, `mean`, `share`, `rate` or \
         `percent` among them, or write your own above the cards: `fn name(value) { … }`."
    }
    UnknownVerb "unknown-verb" Error {
        "a card with a verb that does not exist"
        "A card with a verb that does not exist would do nothing, and what you wrote in it would \
         be missing from the check."
        "Use one of the verbs: `council`, `consulted`, `table`, `standard`, `local_standard`, \
         `measure`, `question`, `statement`, `answer`, `omit`, `breakdown`, `action`, \
         `overall`, `feedback` or `correction`."
    }
    UnknownField "unknown-field" Error {
        "a field that a value does not have"
        "Asking for something that a value does not have gives nothing at all, and a result would \
         rest on it in silence."
        "Correct the spelling after the dot. A result has `.id`, `.value`, `.score` and \
         `.weight`: `results[\"caseload-per-fte\"].value`."
    }
    UnknownLibrary "unknown-library" Error {
        "a shared library that does not exist"
        "The functions of a shared library are found by the name of its file. If there is no such \
         file, the formula cannot be calculated."
        "Correct the name in front of `::`, or add the file: `caseload::weighted(…)` needs \
         `scripts/shared/caseload.rhai`."
    }
    WrongArguments "wrong-arguments" Error {
        "a function with too many or too few values, or values of the wrong kind"
        "A function that is given too few values, too many, or text where a number belongs cannot \
         give a result that anybody should trust."
        "Give what the function asks for: `rate(part, whole)`, `quantile(\"cases\", 0.9)`, \
         `share(|w| w.cases > 20)`."
    }
    NameTaken "name-taken" Error {
        "a name that already means something"
        "A function of yours with the name of a verb or of one of ours would take its place, and \
         cards or results would vanish without a word."
        "Give your function a name of its own: `fn our_rate(part, whole) { … }`."
    }
    // Limits of the sandbox
    SourceTooLarge "source-too-large" Error {
        "a script longer than the limit"
        "A script that is far longer than any check needs is most often a data file saved under \
         the wrong name, and reading it would hold up every other council."
        "Keep the figures in data files beside the script and name them: `table(\"workers\", #{ \
         file: \"data/workers.csv\" });`. Functions that several formulas need can go to \
         `scripts/shared/`."
    }
    TooDeep "too-deep" Error {
        "brackets or calls nested deeper than the limit"
        "Brackets within brackets within brackets take room while they are read. Past the limit \
         nobody could follow the formula either."
        "Split the formula with `let` inside `{ … }`, or move a part of it to a `fn`. A function \
         that calls itself must stop somewhere."
    }
    TooManySteps "too-many-steps" Error {
        "a script that does not end within its number of steps"
        "A script that never ends would hold up every council's run. A check takes a small part \
         of the steps allowed, so one that uses them all is going round in circles."
        "Look for a `while` or `loop` whose end never comes. Most loops can go: `workers.sum(|w| \
         w.cases)` adds up a whole table."
    }
    TookTooLong "took-too-long" Error {
        "a script that does not end within its time"
        "A script that is still running after its time would hold up every council's run."
        "Look for a `while` or `loop` whose end never comes, and let the tables do the counting: \
         `workers.count(|w| w.cases > 20)`."
    }
    TooMuchMemory "too-much-memory" Error {
        "a script that asks for more memory than the limit"
        "A script that gathers more than the limit would slow or stop the computer for everybody."
        "Do not collect rows or texts in a list: ask the table for the figure, as in \
         `workers.mean(\"cases\")`."
    }
    ValueTooLarge "value-too-large" Error {
        "a text, list or map larger than the limit"
        "A text or list that keeps growing soon fills the computer. No check needs one of that \
         size."
        "Look for a text or list that is added to in a loop. Figures belong in a data file that a \
         `table` card names."
    }
    TooManyFunctions "too-many-functions" Error {
        "more functions and formulas than the limit"
        "Every formula and function is kept ready while the check runs, and a script with more \
         than the limit is most often one that was pasted into itself."
        "Remove cards that stand twice, and move shared functions to `scripts/shared/`."
    }
    TooManyItems "too-many-items" Error {
        "more items of the council's own than a check may have"
        "Each item is scored, drawn and published for every group. A check with hundreds of its own \
         is most often one that adds them in a loop."
        "Keep the items that somebody will act on. What is only to be known is a column of a data \
         file."
    }
    ScriptFailed "script-failed" Error {
        "the script stopped while its cards were being read"
        "The script stopped before all of its cards had been read, so the check would be \
         incomplete."
        "Look at what is calculated at the place shown, such as a place in a list that does not \
         exist. Where you can, write the value itself into the card: `due: \"2027-03-31\"`."
    }
    // Cards
    NoCouncil "no-council" Error {
        "a script without a `council` card"
        "Without its `council` card a check belongs to nobody: there is no name, no date and no \
         service to report on."
        "Add the card at the top: `council(\"Northshire County Council\", #{ code: \"E10999901\", \
         as_of: \"2026-09-30\", services: [\"children\", \"adults\"] });`."
    }
    UnknownKey "unknown-key" Error {
        "a key that this card does not have"
        "A key that the card does not have would be passed over, and what you meant by it would \
         be missing from the check."
        "Correct the spelling. A fact for the reader that has no key of its own can go into \
         `note: \"…\"`."
    }
    DuplicateKey "duplicate-key" Error {
        "the same key twice in one card"
        "If a key stands twice, only one of the two can count, and nobody can tell which was \
         meant."
        "Delete one of the two lines."
    }
    MissingKey "missing-key" Error {
        "a key that this card needs"
        "The card cannot do its work without this key, and a guess would be published as if you \
         had said it."
        "Add the key to the card, with a comma at the end of the line: `reason: \"The service \
         desk cannot tell the calls apart\",`."
    }
    WrongKind "wrong-kind" Error {
        "a value of another kind than the key wants"
        "A text where a number belongs, or one value where a list belongs, cannot be used, and \
         turning it into something else would be a guess."
        "Write numbers without quotes, `weight: 3`, texts and dates in quotes, `on: \
         \"2026-09-04\"`, and lists in square brackets, `services: [\"children\"]`."
    }
    DuplicateCard "duplicate-card" Error {
        "two cards of the same verb and id"
        "Two cards for the same thing may say different things, and the order of cards must not \
         decide which one counts."
        "Put what both say into one card and delete the other, or give the second one an id of \
         its own."
    }
    CardNotInLine "card-not-in-line" Error {
        "a card handed over by name instead of written where it is used"
        "Only a card written where it is used can be shown to you line by line when something in \
         it is wrong, and be cut and compared with another council's."
        "Write the card in place: `measure(\"far-over-ceiling\", #{ … });`."
    }
    NotFilledIn "not-filled-in" Error {
        "a blank, `\"…\"`, that is still to be filled in"
        "A card that was typed for you, or copied from a message, has blanks for what only you \
         can say. Published as they are they would claim something that nobody said."
        "Write what belongs there in place of the three dots, or delete the line: `how: \
         \"workload group\"`. A number, `true` or `false` stands without quotes: `agreed: true`."
    }
    BadId "bad-id" Error {
        "an id that is not lower-case words joined by hyphens, or that is too long"
        "Ids stand in files, links and other councils' comparisons, so they keep to letters, \
         figures and hyphens that work everywhere, 100 at most. A council's id is the name of its \
         folder."
        "Write small letters with hyphens between the words: `\"far-over-ceiling\"`. Two or three \
         words do."
    }
    BadColour "bad-colour" Error {
        "text that is not a colour"
        "The pages are written in the council's colour, and a browser would pass over one that it \
         cannot read."
        "Write `#` and six signs, two each for red, green and blue: `colour: \"#1d4f73\"`. The \
         council's guide to its brand has them."
    }
    FaintColour "faint-colour" Warning {
        "a colour in which words can hardly be read"
        "Words need a contrast of at least 4.5 to 1 against what is behind them, or readers with \
         low sight cannot read them."
        "Nothing need be done: the pages write links in a darker shade of it, and words on the \
         band at the top in black or white. Or choose a darker colour."
    }
    LogoNotUsable "logo-not-usable" Error {
        "a logo that cannot be published"
        "A logo stands on every page: it must not run a program, load anything from elsewhere or \
         make the pages slow."
        "Save it as a PNG, or as a plain SVG, of 64 KB at most. In a drawing program choose \
         \"plain SVG\" and turn text into paths."
    }
    BadDate "bad-date" Error {
        "text that is not a date"
        "A date that cannot be read, or that the calendar does not have, cannot be set beside the \
         others."
        "Write year, month and day, in quotes: `\"2026-09-30\"`."
    }
    DateOutOfRange "date-out-of-range" Error {
        "a date that cannot be right beside the others"
        "Dates that contradict one another, such as a survey that closes before it opens, make \
         the page wrong for every reader."
        "Check both dates and their order. The survey is `fielded: [\"2026-09-07\", \
         \"2026-09-30\"]`, first day first, and an action's `due` comes after its `start`."
    }
    UnknownWord "unknown-word" Error {
        "a word that is not one of those the key knows"
        "This key knows a few words and no others, so that readers meet the same words in every \
         council's report."
        "Use one of the words of the key: an action's `status` is `\"planned\"`, `\"under way\"`, \
         `\"done\"` or `\"dropped\"`, and an answer `says` `\"yes\"`, `\"partly\"` or `\"no\"`."
    }
    UnknownStandard "unknown-standard" Error {
        "a standard that does not exist"
        "An item under a standard that does not exist would count nowhere."
        "Use `\"caseload\"`, `\"supervision\"`, `\"systems\"`, `\"staffing\"`, `\"research\"` or \
         `\"welfare\"`, or add one of your own: `local_standard(\"equality\", #{ title: \
         \"Equality of experience\" });`."
    }
    UnknownItem "unknown-item" Error {
        "an item that does not exist"
        "A card about an item that does not exist changes nothing, and the item that you meant \
         stays as it was."
        "Correct the id: the national ones are in `scripts/national/`, and your own are in your \
         script. For a new item, write a `measure`, `question` or `statement` card with \
         `standard`, `ask` and what else it needs."
    }
    UnknownTable "unknown-table" Error {
        "a table that no card brings"
        "A formula's parameters name the tables that it reads. A table that no card brings has no \
         rows to count."
        "Correct the name, as in `|workers|`, or bring the table: `table(\"workers\", #{ file: \
         \"data/workers.csv\" });`."
    }
    UnknownColumn "unknown-column" Error {
        "a column that the table does not have"
        "A column that the table does not have would be empty in every row, and the result would \
         be missing without anybody knowing why."
        "Correct the name, or say which header of your file it is: `columns: #{ cases: \"Open \
         cases\" }`."
    }
    UnknownAnswer "unknown-answer" Error {
        "an answer that the question does not have"
        "An answer that the question does not have is given by nobody, so the share would be nil \
         and look like a finding."
        "Use the words of the question's answers: `\"strongly disagree\"`, `\"disagree\"`, \
         `\"neither\"`, `\"agree\"` or `\"strongly agree\"`."
    }
    UnknownService "unknown-service" Error {
        "a service that the council does not run"
        "A check reports on the services named in its `council` card. Anything said of another \
         one would appear nowhere."
        "Correct the word to `\"children\"` or `\"adults\"`, or add the service to the council \
         card: `services: [\"children\", \"adults\"]`."
    }
    ItemElsewhere "item-elsewhere" Error {
        "a national item moved to another standard or turned into another kind"
        "A national item that moves to another standard, or becomes another kind of item, could \
         not be compared with any other council's."
        "Leave `standard` out of the card: the item keeps its place. For something different, \
         write a new item with an id of your own."
    }
    WeightOutOfRange "weight-out-of-range" Error {
        "a weight outside 1 to 5"
        "A national standard or item with no weight would drop out of the score without a reason \
         given, and a very heavy one would leave the others no say."
        "Write a weight from 1 to 5: `weight: 3`. An item that you cannot bring is left out by \
         its own card, with a reason: `omit(\"system-hours-lost\", #{ … });`."
    }
    ThresholdTooLow "threshold-too-low" Error {
        "a disclosure threshold under the nation's 10"
        "Below 10 people, colleagues could recognise one another in the figures."
        "Leave `threshold` out, which means 10, or write a higher one: `threshold: 15`."
    }
    AnchorsEqual "anchors-equal" Error {
        "`best` and `worst` the same, so that no score lies between"
        "The score runs from 0 at `worst` to 100 at `best`. If both are the same number, there is \
         nothing in between to score."
        "Write two different numbers: `best: 0`, `worst: 10`."
    }
    AnchorsCross "anchors-cross" Error {
        "`best` and `worst` of a national measure the other way round"
        "With `best` and `worst` the other way round, a bad figure would score high."
        "Exchange the two numbers, so that they run the same way as the nation's: for vacancies \
         `best: 5`, `worst: 30`."
    }
    NumberOutOfRange "number-out-of-range" Error {
        "a number that cannot be right"
        "A number that cannot be right, such as fewer than no practitioners asked, would make \
         every figure that rests on it wrong."
        "Check the number with whoever gave it to you, and correct it: `asked: #{ children: 214 \
         }`."
    }
    AnswersOutOfLine "answers-out-of-line" Error {
        "a question whose answers are not two or more different ones"
        "A question needs at least two answers that differ, written from the worst to the best, \
         or its score means nothing."
        "List them, lowest first: `answers: [\"never\", \"sometimes\", \"often\", \"always\"]`. \
         To keep the five national answers, leave `answers` out."
    }
    BandsOutOfLine "bands-out-of-line" Error {
        "bands that do not begin at 0 and rise"
        "Every score from 0 to 100 must have exactly one band, so the bands begin at 0 and each \
         begins above the one before."
        "Write them lowest first, each with the score at which it begins: `bands: #{ \"needs \
         work\": 0, \"sound\": 50, \"strong\": 75 }`."
    }
    OmissionTooLong "omission-too-long" Error {
        "an omission whose review lies more than 24 months ahead"
        "Leaving an item out is for a time, so that a gap is looked at again and does not become \
         a habit. The limit is 24 months after the as-of date."
        "Bring the date nearer: `review_by: \"2027-09-30\"`."
    }
    OmissionPastReview "omission-past-review" Error {
        "an omission whose review date has passed"
        "You said that you would think again by this date, and it has passed. Readers would take \
         the old reason for today's."
        "Bring the item now by deleting the `omit` card, or give today's reason and a new date: \
         `review_by: \"2027-09-30\"`."
    }
    OmittedAndTailored "omitted-and-tailored" Error {
        "an item both left out and tailored or answered"
        "An item cannot be left out and at the same time be answered or changed: one of the two \
         cards would be ignored."
        "Delete the `omit` card to keep the item, or delete the other card to leave it out."
    }
    NotAStatement "not-a-statement" Error {
        "an answer to an item that is no statement"
        "The employer answers for statements only. Questions are answered by practitioners in the \
         survey, and measures by the records."
        "Correct the id to that of a statement, such as `\"ceiling-reviewed\"`, or delete the \
         card."
    }
    FormulaFromElsewhere "formula-from-elsewhere" Error {
        "a formula made by a library or in another script"
        "The text of each formula is published beside its result, so it must stand in the \
         council's own script where readers can find it."
        "Write the formula in the card and call the library from it: `value: |workers| \
         workers.sum(|w| caseload::weighted(w.cases, w.newly_qualified))`."
    }
    TableOutsideFolder "table-outside-folder" Error {
        "a data file outside the council's folder"
        "A council's figures are read from its own folder only, so that no script can open \
         another council's rows or any other file."
        "Copy the file beside the script, into `data/`, and write `file: \"data/survey.csv\"`."
    }
    // Worth a look
    CoreItemChanged "core-item-changed" Warning {
        "a national item changed so that it no longer compares"
        "Practitioners were asked something else, or the figure is worked out in another way, so \
         the result cannot stand beside other councils'. The item leaves the national score, and \
         the page says so. A header that is a whole sentence is taken for what was asked."
        "To stay comparable, delete the changed line and put your explanation into `hint: \"…\"` \
         or `note: \"…\"`. If only the header is worded otherwise, write the nation's wording as `ask`: \
         then you say that it was asked. To ask your own version as well, give it an id of your own."
    }
    LooserAnchors "looser-anchors" Warning {
        "anchors looser than the nation's"
        "Easier ends make the same figure score higher with you than elsewhere. The national \
         score keeps the nation's ends, and the page says that yours are looser."
        "Delete `best` and `worst` to score as the nation does, or make them stricter. A target \
         of your own is always free: `target: at_most(16)`."
    }
    TargetCrosses "target-crosses" Warning {
        "a target that a worse figure reaches"
        "Where less is better, `at_least(16)` is reached by every figure from 16 up, the worst of \
         all among them, and the page would say so beside a score of 0."
        "Write `at_most(…)` where less is better and `at_least(…)` where more is, as `best` and \
         `worst` have it; or `between(…, …)`. An action leads from its `baseline` to a better `target`."
    }
    AnchorsAsFraction "anchors-as-fraction" Warning {
        "`best` and `worst` as parts of one where the unit is %"
        "A share runs from 0 to 100. With `best: 1` every share from 1% up scores 100."
        "Write both in hundredths: `best: 100`, `worst: 30`. If they truly are 1% and less, all is \
         well."
    }
    TooFewItems "too-few-items" Warning {
        "a standard with too few comparable items to be rated"
        "A score that rests on a few chosen items could be made to look good. A standard needs \
         60% of its items, comparable and scored, or it is not rated, and then the overall score \
         is not rated either."
        "Bring some of the items back by deleting their `omit` cards or the changes that made \
         them not comparable."
    }
    NoLead "no-lead" Warning {
        "no accountable manager is named"
        "Somebody has to answer for the check. Without an accountable manager the grade is \
         withheld."
        "Add the post to the council card: `lead: #{ post: \"Principal Social Worker\", \
         social_work_qualified: true },`. Name the post, not the person."
    }
    LeadNotQualified "lead-not-qualified" Warning {
        "the accountable manager has no social work qualification"
        "The check is about social work practice, and the one who answers for it needs to know \
         that practice. The grade is withheld."
        "Name a post whose holder has a social work qualification, and write \
         `social_work_qualified: true`."
    }
    NobodyConsulted "nobody-consulted" Warning {
        "nobody was consulted in the last 12 months"
        "A check that nobody outside management was asked about carries little weight with \
         practitioners. Without a consultation in the 12 months to the as-of date the grade is \
         withheld."
        "Add a card for each body: `consulted(\"UNISON\", #{ on: \"2026-09-04\", how: \"workload \
         group\", agreed: true });`. Agreement is printed, not required."
    }
    CeilingNotReviewed "ceiling-not-reviewed" Warning {
        "the caseload ceiling was not reviewed in the last 12 months"
        "A ceiling that is not looked at again drifts away from the work. A yes to this statement \
         claims a review in the last 12 months, so an older date counts as partly."
        "Review the ceiling and write the new date, `on: \"2026-03-18\"`, or say `says: \
         \"partly\"`."
    }
    ClaimWithoutEvidence "claim-without-evidence" Warning {
        "a yes without evidence or date, which counts as partly"
        "Readers cannot check a yes that shows neither when nor by what, so it counts as partly, \
         which is 50 and not 100."
        "Add both lines: `on: \"2026-03-18\",` and `evidence: \"Workload agreement, section \
         2\",`."
    }
    ActionIncomplete "action-incomplete" Warning {
        "an action without owner, dates, measure, baseline or target"
        "An action without somebody to do it, a date to do it by and a figure to move is a hope. \
         It does not count as the plan that a standard below good must have."
        "Fill in the keys that are missing among `owner`, `start`, `due`, `measure`, `baseline` \
         and `target`: `owner: \"Head of Children's Assessment\",`."
    }
    ActionOverdue "action-overdue" Warning {
        "an action past its date and not done"
        "The action should have been done by the as-of date. Readers will see it, and will want \
         to know what happened."
        "Write `status: \"done\"` if it is, give a new date in `due`, or drop it and say why: \
         `status: \"dropped\", because: \"…\"`."
    }
    StandardWithoutAction "standard-without-action" Warning {
        "a standard below good without a complete action"
        "A standard below good needs a plan that can be followed up. Without one the grade is \
         withheld."
        "Add an `action` card for the standard with `what`, `owner`, `start`, `due`, `measure`, \
         `baseline`, `target` and `status`."
    }
    BaselineDiffers "baseline-differs" Warning {
        "a baseline that is not what this check found"
        "An action that begins after the as-of date starts from what this check found. With another \
         baseline the same pages say two things, and nobody can tell later how far it came. The pages \
         show both."
        "Write the figure of the page as `baseline`. If the action began earlier and the baseline is \
         of that day, say so with `start`."
    }
    ActionNotCarriedOver "action-not-carried-over" Warning {
        "an action of the last edition's plan that this plan says nothing of"
        "What was promised is followed up. An action that is neither done nor in the plan any \
         more is shown on the page as dropped without a reason."
        "Put the card back and say what became of it: `status: \"done\"`, or `status: \"dropped\"` \
         with `because: \"…\"`."
    }
    UnusedColumn "unused-column" Warning {
        "a column that no item and no formula uses"
        "A column about people that nothing uses is read for no purpose, and most often points to \
         a formula that was never written or a name spelt in two ways."
        "Delete the line from `columns`, or use the column in a formula or a `breakdown`."
    }
    ColumnsNotFound "columns-not-found" Warning {
        "national columns that a file does not have, beside headers that nothing reads"
        "An item whose column is not found is not rated, and the score of the rest can rise for it. \
         Mostly the column is there under the name that your own system gives it."
        "In the table's card say which header is meant: `columns: #{ cases: \"Open cases\" },`. If you do \
         not have it, leave the item out with an `omit` card."
    }
    ValueNotThere "value-not-there" Warning {
        "a formula compares a column with a value that no row of the file has"
        "The condition is then false of everybody, or true of everybody, and the figure that comes of \
         it, often a perfect 0%, looks like a finding."
        "Write the value as the file has it, capitals too; or say in the table's card what the file's \
         words mean: `codes: #{ supervised: #{ \"N\": \"no\", \"Y\": \"yes\" } },`. A number stands without \
         quotes. If nobody has that value this time, all is well."
    }
    ShareAsFraction "share-as-fraction" Warning {
        "a formula that gives a part of one, or a number of rows, where the unit is %"
        "One count divided by another is 0.2 where a fifth is meant. A spreadsheet shows that as 20%, since \
         the cell is formatted so; a page would say 0.2 %, and the score would be near the best. A count \
         alone is no share of anything."
        "Write `percent(part, whole)`, or ask for the share itself: `workers.share(|w| w.cases > 20)`."
    }
    AnswersHighestFirst "answers-highest-first" Warning {
        "a question's answers are listed from the highest to the lowest"
        "The first answer of the list scores 0 and the last 100. Survey tools list them the other way \
         round, and copied so they turn every score upside down."
        "List them lowest first. Where agreeing is bad, do so too, and write `reverse: true`."
    }
    AnswersUnordered "answers-unordered" Warning {
        "a question's answers stand neither from the lowest up nor from the highest down"
        "The first answer of the list scores 0, the last 100, and those between stand at even steps: an answer \
         that stands in another's place gets its score."
        "List them lowest first, each above the one before: `answers: [\"strongly disagree\", \"disagree\", \
         \"neither\", \"agree\", \"strongly agree\"]`. To keep these five, leave `answers` out."
    }
    UnusedConstant "unused-constant" Warning {
        "a constant that nothing uses"
        "A figure that was agreed and is used nowhere may mean that a formula still works with an \
         old one."
        "Use its name in a formula, or delete the line."
    }
    TableNotBrought "table-not-brought" Warning {
        "a national table that no card brings"
        "The items that rest on this table cannot be scored, and count as not brought. They are \
         never taken as good."
        "Add the table: `table(\"workforce\", #{ file: \"data/workforce.csv\" });`. If you cannot \
         bring an item yet, say why: `omit(\"time-to-fill\", #{ reason: \"…\", review_by: \
         \"2027-09-30\" });`."
    }
    NationalCardsDiffer "national-cards-differ" Warning {
        "the national cards on disk differ from those in the program"
        "The program scores by the national cards that are built into it. Those in the folder are \
         for reading, and a changed copy would mislead whoever reads it."
        "Put the folder `scripts/national` back as it came with the program. To vary an item, \
         copy its card into your own script."
    }
    // Formulas, when they run
    FormulaFailed "formula-failed" Warning {
        "a formula that stopped; its finding is not rated"
        "The formula stopped part of the way, so there is no result. The item is not rated: it is \
         not taken as 0, and not as good."
        "Look at the place shown, mend the formula and run again. `healthcheck check` finds most \
         slips before anything runs."
    }
    NotFinite "not-finite" Warning {
        "a formula whose result is not a finite number"
        "Dividing by nothing gives no number that can be printed or scored, so the item is not \
         rated."
        "Write `rate(part, whole)` or `percent(part, whole)` in place of a division: where there \
         is nothing to divide by, 0 out of 0, they say so. Something out of 0, as cases where nobody holds \
         any, contradicts itself: put the figures right."
    }
    NotANumber "not-a-number" Warning {
        "a formula that gives something other than a number"
        "A measure or a score is a number. A text, a list or a yes cannot be placed between \
         `best` and `worst`, so the item is not rated."
        "Let the formula end in a number: `workers.share(|w| w.cases > 20)`, not a comparison."
    }
    ComparedWithMissing "compared-with-missing" Warning {
        "a formula that compares with a missing value"
        "A value that is missing is neither more nor less than anything, so the comparison has no \
         answer and the item is not rated."
        "Ask first: `if is_missing(value) { … } else { … }`. If you have a value to use in its \
         place, write `or_else(value, 0)`, and mind that a missing figure is not a nought."
    }
    ChangedByARow "changed-by-a-row" Warning {
        "a condition or value of one row that changes what stands outside of it"
        "What one person's row leaves outside could be had back as a figure: the highest caseload, \
         or somebody's hours. No rule on what may be seen would know of it, so the item is not \
         rated."
        "Ask all rows for what you want: `count`, `share`, `sum`, `mean`, `median`, `quantile`. \
         Where it takes several steps, keep rows with `only` and ask those."
    }
    TooManyGaps "too-many-gaps" Warning {
        "so many gaps in a column that measures are not rated"
        "A measure needs nine tenths of the rows that it is about. With fewer nobody could say whether \
         those that are missing are the busiest, so it is not rated, and its standard rests on the \
         others."
        "Fill the cells, or write `not applicable` where the figure does not apply to somebody: such \
         rows are none that the measure is about."
    }
    ScoreOutOfRange "score-out-of-range" Warning {
        "a score outside 0 to 100"
        "Scores run from 0 to 100, and one outside could not be placed in a band, so it is not \
         rated."
        "Keep it inside: `clamp(score, 0, 100)`."
    }
    // Data
    FileNotFound "file-not-found" Error {
        "a file that is not there"
        "The items that rest on this file cannot be scored without it."
        "Check the folder and the spelling, capital letters too. The name counts from the \
         script's own folder: `file: \"data/survey.csv\"`."
    }
    FileNotRead "file-not-read" Error {
        "a file that cannot be read"
        "The file is there and could not be opened or understood, so nothing in it has been \
         counted."
        "Close it in Excel or any other program, check that you may open it, and run again. If it \
         came by email, save it afresh as CSV."
    }
    FileFormat "file-format" Error {
        "a file in a form that is not read"
        "Only some kinds of file are read, so that figures cannot change on the way in."
        "Read are CSV, JSON and the workbooks of Excel and LibreOffice. Save the sheet as CSV (in \
         Excel: Save As, CSV UTF-8) and name that file: `file: \"data/workers.csv\"`."
    }
    UnknownSheet "unknown-sheet" Error {
        "a sheet that the workbook does not have"
        "The card names a sheet, and the workbook has none of that name, or only a hidden one. \
         Another sheet would hold other figures, so none is taken."
        "Write the name as it stands on the sheet's tab: `sheet: \"Establishment\"`."
    }
    WhichSheet "which-sheet" Error {
        "a workbook with several sheets that may be meant"
        "More than one sheet has columns that are wanted, or none has, and nobody can tell which \
         one holds the figures of this date."
        "Name the sheet in the table's card: `sheet: \"Establishment\"`."
    }
    DataTooLarge "data-too-large" Error {
        "a data file larger than any table needs to be"
        "A file of gigabytes, or with thousands of columns, is most often a whole \
         system's export under the wrong name. Reading it would fill the computer and hold up \
         every other council, so it is measured first and left alone."
        "Keep the columns that the check needs, and one row for each practitioner, team or \
         answer sheet: at most 2 GB (64 MB of JSON), 50 million rows, 2,000 columns, and \
         32,767 bytes in a cell. A CSV may have 16 GB where it is plain: UTF-8, as many cells in \
         each row as in its header, no line end in a cell, and nothing at fault; else the row \
         where it is not is told."
    }
    WorkbookTooLarge "workbook-too-large" Error {
        "a workbook that unfolds to too much"
        "A few kilobytes can unfold to thousands of millions of cells. What a workbook would \
         unfold to is measured first, and beyond five million cells, 1,000 sheets or 128 MB of text \
         (64 MB in an .xls or .ods) it is left alone. A text counts in each cell that shows it."
        "Delete what stands far below or far to the right of the table, and columns of long texts \
         that the check does not need; or save the sheet as CSV, which has no such limit."
    }
    RowsLeftOut "rows-left-out" Warning {
        "rows below the table that are no rows of it"
        "Below the rows stands a total, an average or a note. Counted as a row it would be a \
         person or a team that there is not, so it is left out and told."
        "Delete it from the file, so that nobody need wonder. If it is a row like the others, \
         give it another name: a team that is called Total cannot be told from a total."
    }
    NumberFarOut "number-far-out" Warning {
        "a number of one practitioner that is more than ten times that of everybody else"
        "A slip of typing, 1700 for 17, moves every mean of the table, and looks like a finding."
        "Put the number right in the file, or empty the cell where nobody knows it. If it is right, \
         leave it."
    }
    RowsOfAnotherDate "rows-of-another-date" Warning {
        "rows that were published for another date already"
        "Last year's file under this year's date compares the same people with themselves: \
         nothing changed, and nobody was asked."
        "Name this year's file in the table's card, `file: \"data/survey-2027.csv\"`, or put it in the \
         place of the old one. If the figures truly are still the same, leave it."
    }
    RowsTwice "rows-twice" Warning {
        "rows that stand twice in a list of people"
        "A row that was pasted twice counts a practitioner or an answer sheet twice, and every figure of \
         the table moves a little."
        "Delete the rows that repeat others. If one person truly holds two posts, leave them."
    }
    TotalsRow "totals-row" Error {
        "a row of totals among the rows"
        "A row that sums up others would be counted as one more person or team, and every total \
         would be doubled."
        "Delete the row from the file. Where a team is truly called so, give it another name in \
         `codes`: `team: #{ \"Total\": \"Total Care\" }`."
    }
    TotalsNotUsable "totals-not-usable" Error {
        "totals of answers that do not count what they should"
        "From totals a survey can be scored only if each answer to each question is counted once, \
         in whole people. A count that is missing is not 0, and one that stands twice would count \
         people twice."
        "Give one row for each question and answer, with the columns question, answer and count; \
         or one row for each question with a column for each answer. Only `survey` may be brought \
         so: `totals: true`."
    }
    NeedsSheets "needs-sheets" Error {
        "a formula that needs the answer sheets"
        "Totals tell how many gave which answer to each question, and not who answered two of \
         them how. A formula that reads two questions at once would be guessing."
        "Bring the answer sheets; or write one measure for each question."
    }
    MissingHeader "missing-header" Error {
        "a header that the file does not have"
        "The script names a header that the file does not have, so the column would be empty \
         throughout. Or the file has not one of the columns that are looked for: then it is \
         most likely another file, saved under this name."
        "Copy the header from the file into the script exactly, `cases: \"Open cases\"`, or \
         correct it in the file. If it is another file, put the right one in its place."
    }
    DuplicateHeader "duplicate-header" Error {
        "the same header twice"
        "With two columns under the same header, nobody can tell which one the script means."
        "Rename one of the two in the file, or delete the one that you do not need."
    }
    RaggedRow "ragged-row" Error {
        "a row with more or fewer cells than the header"
        "A row with a cell too many or too few has slipped sideways, and its figures would stand \
         under the wrong headers."
        "Look at the row shown for a comma inside a text or a missing cell. Saving the sheet as \
         CSV from Excel puts such texts in quotes."
    }
    UnclosedQuote "unclosed-quote" Error {
        "a quote in a data file that is never closed"
        "A quote that is never closed swallows every row after it into one cell, and those people \
         would not be counted."
        "Add or remove the quote in the cell where the trouble begins, or save the sheet as CSV \
         again."
    }
    CellNotANumber "cell-not-a-number" Error {
        "a cell that is not a number where one is wanted"
        "A figure that cannot be read must not be guessed, and must not be taken for 0."
        "Write the number alone, `12.5`, without unit, word or note. If a word means that there \
         is no figure, say so in the table card: `missing: [\"n/a\", \"not known\"]`."
    }
    CellNotADay "cell-not-a-day" Error {
        "a cell that is not a day in a column that is compared with one"
        "Days can be told earlier from later where every cell of a column is one. With one text among \
         them, a 31 September say, all are text, and `\"30/09/2026\"` comes after \
         `\"04/10/2026\"`: the figure would be wrong, and nobody would see it."
        "Write each day as `30/09/2026` or `2026-09-30`, the year with four digits; leave a cell empty \
         where there is none. If a word means that, say so: `missing: [\"not yet\"]`."
    }
    UnknownValue "unknown-value" Error {
        "a cell that is none of the values known for its column"
        "The column knows certain values only. A value outside them would put the person in no \
         group, or leave out an answer that was given."
        "Correct the cell, or say what your word means: `codes: #{ service: #{ \"CSC\": \
         \"children\", \"ASC\": \"adults\" } }`. If it means no answer, write `missing: [\"no \
         reply\"]`."
    }
    NoRows "no-rows" Warning {
        "a file with a header and no rows"
        "A file with headers alone gives nothing to count. The items that rest on it are not \
         rated."
        "Check that the export was complete and that the file named is the right one."
    }
    MoreAnswersThanAsked "more-answers-than-asked" Error {
        "more answer sheets than practitioners asked"
        "There cannot be more answer sheets than people invited. Either somebody answered twice \
         or the number asked is wrong, and the response rate would be false."
        "Check the survey for sheets that stand twice, or correct the number in the council card: \
         `asked: #{ children: 214, adults: 168 }`."
    }
    NamesAsGroups "names-as-groups" Warning {
        "people are put into groups by a column that looks like one person's own"
        "The name of every group is published, also of those whose figures are withheld. A column of \
         names, e-mail addresses or staff numbers would put practitioners' names on a public page."
        "Group by what several people share: `team: \"Team name\"`, `by: \"role\"`. If the column holds \
         teams after all, give it a header that says so, or say in `codes` what its values mean."
    }
    GroupsOfOne "groups-of-one" Error {
        "nearly every row, or each number, is a group of its own"
        "A column with another value in nearly every row holds what one person alone has: a name, an \
         e-mail address, a number. The figures of such groups are withheld, but their names would be \
         published, and that is a list of the people who work for you. Of a column of numbers the \
         highest and the lowest would be published as names of groups."
        "Map the column to what tells teams apart, `team: \"Team name\"`, or take the `breakdown` card \
         out. Where numbers are names, as of areas, name them: `groups: #{ \"Area 1\": [\"1\"] }`."
    }
    ValueInTwoGroups "value-in-two-groups" Error {
        "a value that stands in two groups of one breakdown"
        "Whoever says so would count twice. And where one group holds another and a few people more, these few \
         could be had from the difference of the two, answer by answer."
        "Let each value stand in one group. Two ways to group the same people are two `breakdown` cards: what \
         is withheld is then found with both in view."
    }
    RowsOfAnotherService "rows-of-another-service" Warning {
        "rows of a service that the council does not check"
        "With `services: [\"children\"]` rows of adults' services are left out of every figure. Where the council \
         runs both and one was forgotten, half of its practitioners are."
        "Name both in the `council` card, `services: [\"children\", \"adults\"]`, with those asked in both. Where \
         the files hold more than the council checks, all is well."
    }
    ColumnReplaced "column-replaced" Warning {
        "a column of the file that the script fills itself"
        "With `service: always(\"children\")` every row counts as children's, whatever the file says in its own \
         column `service`: figures by service, the nation's too, are then of other people than they say."
        "Take the line out of `columns`, and the file's own column is read. If that column is about something \
         else, all is well."
    }
    GroupsAlike "groups-alike" Warning {
        "two groups whose names are nearly the same"
        "A team that is written in two ways is two teams: the survey of the one stands beside the records of \
         the other, and each has fewer people than it has."
        "Write it in one way in the files, or say in the table's card which is meant: `codes: #{ team: #{ \
         \"Assesment North\": \"Assessment North\" } }`. Where they are two teams, all is well."
    }
    TooManyGroups "too-many-groups" Error {
        "more groups than can be published and kept apart"
        "A council has some hundred teams at the most. Where a column has many more different \
         values, it is most often a number or a name of each person under the wrong heading; and \
         each group is worked out, withheld and attacked for itself, so that thousands of them \
         would hold up everything else."
        "Map the column to what tells teams apart, `team: \"Team name\"`; or name the groups that \
         you want in the `breakdown` card."
    }
    SurveyClosed "survey-closed" Error {
        "figures about people differ from those published of the same survey or date"
        "A survey closes when it is first published. Were it published again with one sheet more \
         or less, the difference between the two would be one person's answers."
        "If nobody outside has seen the earlier publication, run again with `--unseen`. If readers \
         have, put the rows back as they were published, and the groups too; or, where the error \
         matters, withdraw what was published: `correction(\"sheets-read-twice\", #{ on: \"2026-11-02\", because: \"…\" });`. The \
         page says so, and what a few people's change would give away is withheld, with every score that \
         rests on it. A measure's own formula stays too, since two figures of the same people can differ by \
         one of them: a new one belongs to the next as-of date. With another as-of date a survey is the same if its first and last day are: give \
         another survey its own `fielded`. `run` alone tells this: `check` does not look at what was published."
    }
    CorrectionWithholds "correction-withholds" Warning {
        "a correction after which less can be published than before"
        "Readers keep what was published first. Where the corrected figure differs from it by a few \
         people, the difference would be what those people answered; so it is withheld, and with it \
         every score that rests on it."
        "If nobody outside has seen the first publication, take the card out and run with \
         `--unseen`. If readers have seen it, think about whether the error matters more than the \
         figures that go: it can be put right at the next as-of date."
    }
    FiguresRevised "figures-revised" Warning {
        "figures of posts and things, or claims, differ from those published with the same as-of date"
        "Readers keep what was published first. Numbers of posts, days and unallocated cases, and what \
         the employer claims, are no person's data: they may be put right without a `correction`. But two \
         publications of one date then say different things, and who meets both should not have to find out."
        "If the new figure is right, leave it: what was published first stays beside it in `earlier`, \
         and is on the page of downloads. Say in a `note` what was put right. If it is a slip, put the \
         file back. If nobody outside has seen the first publication, run with `--unseen`."
    }
    WithdrawnNotAtHand "withdrawn-not-at-hand" Warning {
        "a correction of figures that are not at hand"
        "Figures that were withdrawn stay known to everybody who has read them. The new ones can \
         only be held against them where they are at hand; else the difference between the two \
         may give somebody away."
        "Put the `results.json` that was published first into `earlier` beside the script, under \
         any name that ends in `.json`. If nothing was published before with this date, take the \
         `correction` card out."
    }
    TotalsDiffer "totals-differ" Warning {
        "`workers` and `workforce` give totals that differ by more than 5%"
        "The list of practitioners and the totals of the teams describe the same people on the \
         same day. If they differ by more than 5%, one of them is out of date, and the report \
         says so under data quality."
        "Compare the two team by team, and check that both were counted on the as-of date. Agency \
         practitioners belong into `workers`, with *yes* under `agency`, and not into `in_post_fte`: they are \
         left out of the comparison of full-time equivalents."
    }
    EarlierNotRead "earlier-not-read" Warning {
        "results of an earlier day that cannot be read"
        "What changed since last time is told from the results published then. Those that cannot \
         be read, or are of another council, are left out, and readers miss a comparison."
        "Put back the `results.json` of that day as it was published, in `earlier` beside the \
         script, or delete the file that is shown."
    }
    PublicationOpens "publication-opens" Warning {
        "a publication from which a withheld figure can be worked out"
        "What is withheld must not follow from what is printed. Before it publishes, the program \
         attacks its own publication as any reader could, together with what was published of \
         the same date before; this one gave way, whatever was held back. So only the council's \
         name, the date and a reason are published, and what is no person's data."
        "Take out the breakdown that is named, or roll its small groups up into larger ones. This \
         is a safety net and should not be needed: please report it, without the data."
    }
    ReleaseOpens "release-opens" Error {
        "a later release from which, with an earlier one, a withheld figure can be worked out"
        "Readers keep what was published first. What is told later of the same date, such as a \
         further breakdown, is planned together with it; where no choice of what to withhold keeps \
         both apart, the later one is not published, and the earlier one stays as it is."
        "Take out the breakdown that is new, or leave it for the next as-of date. If nobody \
         outside has seen the earlier publication, run again with `--unseen`."
    }
    // A council's own tests
    TestFailed "test-failed" Error {
        "a test found something else than it expects"
        "A test says what the check must come to on a few rows that anybody can work out by hand. \
         If it comes to something else, either the formula or the test is wrong, and the same \
         formula goes over everybody's rows."
        "Work the rows out by hand. If the test is right, mend the formula shown; if the formula \
         is, mend the test. Compare what has many decimal places with \
         `expect(round(item(\"caseload-per-fte\").value, 1), 16.7)`."
    }
    TestWithoutExpect "test-without-expect" Error {
        "a test that expects nothing"
        "It cannot fail, so that it looks after nothing while it seems to."
        "Say what the rows must come to: `expect(item(\"caseload-per-fte\").value, 16);`."
    }
    OutsideTest "outside-test" Error {
        "rows given or results expected outside of a test"
        "Each test has its own rows, so that none depends on another; outside of one there are no \
         rows to look at."
        "Put it between the curly brackets of a test: `test(\"what holds\", || { … });`."
    }
    BranchNotTested "branch-not-tested" Warning {
        "a branch of a formula that no test enters"
        "Tests look after what they go through. A branch that none of them enters may do anything, \
         and it is the rare cases for which branches are written."
        "Give rows of which the condition is so, and say what they must come to: \
         `given(\"workers\", [#{ cases: 40, fte: 1.0 }]);`. Only tests say this: `check` and `run` do \
         not."
    }
    // Templates
    TemplateSyntax "template-syntax" Error {
        "a template that cannot be read at this point"
        "A page cannot be made from a template that cannot be read, and nothing is published from \
         half a page."
        "Look at the place shown: `{{ … }}` and `{% … %}` come in pairs, and each `{% if %}` and \
         `{% for %}` needs its `{% endif %}` or `{% endfor %}`."
    }
    TemplateUnknownName "template-unknown-name" Error {
        "a template that uses a name which does not exist"
        "A name that does not exist would leave a blank on the page where readers expect a \
         figure."
        "Correct the spelling: `{{ standard.band }}`. Every name that a template can use is \
         listed in the reference."
    }
    TemplateFailed "template-failed" Error {
        "a template that stopped while a page was being made"
        "The page was not finished, and a page that is half made is not published."
        "Look at the place shown for a loop over something that is not a list, or a page that \
         repeats without end."
    }
    TemplateUnsafe "template-unsafe" Error {
        "a page that holds what no published page may hold"
        "A published page must not run programs or load anything from elsewhere: it stands on the \
         council's site and readers trust it."
        "Take out the part shown, such as a script, a form, a frame or a picture from another \
         address. Styles can stand in the template itself."
    }
    TemplateUnclosed "template-unclosed" Error {
        "a page on which something is opened and never closed, or closed and never opened"
        "A browser shows such a page all the same: half of it in bold, out of its place, or, after \
         `<!--` without `-->`, not at all. What readers would miss, its author need not see."
        "Write the closing tag where the part ends, `</strong>`, or take the one away that has no \
         other."
    }
    TemplateMisplaced "template-misplaced" Error {
        "a template from which nothing is made"
        "A page that its author believes to be published would be missing, and nobody would be \
         told."
        "A template in `pages` makes a page of its own name and one in `papers` a paper; what \
         others include goes into `parts`. `healthcheck templates` writes out the program's own \
         to begin with."
    }
    TemplateBrokenLink "template-broken-link" Error {
        "a link to a page, a file or a place that the publication does not have"
        "Readers who follow it would meet an error in the middle of the council's own site."
        "Correct the address: pages are linked by the names of their templates, such as \
         `plan.html`, and from a paper with `{{ root }}` before it. A link out of the publication \
         begins with `https://`."
    }
    TemplateTable "template-table-uneven" Error {
        "a table in which a row has more or fewer cells than another"
        "A heading that was added without its cell, or a cell without its heading, puts every figure after it \
         under another word, and nothing on the page says so."
        "Give each heading its cell, in the same place of the row, and each cell its heading. A cell that stands \
         for several says so: `colspan=\"3\"`."
    }
    // Libraries of Rust functions
    LibraryNotUsable "library-not-usable" Error {
        "a library of functions written in Rust that scripts cannot be given"
        "An analyst meets a library's functions by their documentation alone. One that is not \
         documented, gives something else than its page says, or takes a name that means \
         something already would mislead every script that uses it."
        "This is for the developer who added the library: say in the function's doc comment what \
         it does, what it takes, and in an example what it gives; or choose another name. \
         docs/adding-a-function.md shows one whole."
    }
    // Files and folders
    NothingToRun "nothing-to-run" Error {
        "no council was found to run"
        "Every folder under `scripts` that holds a `check.rhai` is a council, and none was found."
        "Go to the folder that holds `scripts` and run again, or begin a council with \
         `healthcheck new northshire`."
    }
    ResultsNotUsable "results-not-usable" Error {
        "a file of results cannot be compared"
        "Results are compared as `run` wrote them, in `results.json`. This file is something \
         else, or was written by another version."
        "Name the folder of a published check, its `results.json`, or the folder that holds all \
         of them. Publish an old one again with this version."
    }
    ResultsTwice "results-twice" Error {
        "two files are the same council's results of the same day, and they differ"
        "Nobody could tell which of them was meant, so that neither is counted."
        "Name only the one that stands published. Two councils never share a code."
    }
    NotWritten "not-written" Error {
        "the publication could not be written"
        "The last publication stands unchanged, so that readers never meet one that is half \
         written."
        "Check that you may write in the folder, that the disk has room and that no file in it is \
         open in Excel. Then run again."
    }
}
