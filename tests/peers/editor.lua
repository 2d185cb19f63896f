-- Run by editor.sh inside Neovim 0.7 or newer. Each step says what it did; the first that does
-- not hold ends it with 1.

local function say(words)
  io.stdout:write(words .. "\n")
end

local function fail(words)
  say("FAILED: " .. words)
  vim.cmd("cquit 1")
end

local function holds(what, step, seen)
  if not what then
    fail(step .. (seen and ("\n" .. vim.inspect(seen)) or ""))
  end
  say("ok: " .. step)
end

local function wait(step, until_true)
  local done = vim.wait(20000, until_true, 10)
  holds(done, step, vim.diagnostic.get(0))
end

vim.cmd("edit scripts/northshire/check.rhai")
local buffer = vim.api.nvim_get_current_buf()
local client = vim.lsp.start_client({
  name = "healthcheck",
  cmd = { os.getenv("PROGRAM"), "lsp" },
  root_dir = vim.fn.getcwd(),
})
vim.lsp.buf_attach_client(buffer, client)
wait("Neovim and the server know each other", function()
  return vim.lsp.buf_is_attached(buffer, client) and vim.lsp.get_client_by_id(client).initialized
end)

local function ask(method, params)
  local answers, why = vim.lsp.buf_request_sync(buffer, method, params, 20000)
  if not answers then
    fail(method .. ": " .. tostring(why))
  end
  local answer = answers[client] or {}
  if answer.error then
    fail(method .. ": " .. vim.inspect(answer.error))
  end
  return answer.result
end

-- Puts the cursor behind the first place of a text, or on its first letter.
local function go(text, on_it)
  for number, line in ipairs(vim.api.nvim_buf_get_lines(buffer, 0, -1, false)) do
    local first, last = line:find(text, 1, true)
    if first then
      vim.api.nvim_win_set_cursor(0, { number, on_it and first - 1 or last })
      return number
    end
  end
  fail("there is no `" .. text .. "`")
end

local function here()
  return vim.lsp.util.make_position_params(0, "utf-16")
end

local function replace(old, new)
  local number = go(old)
  local line = vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1]
  local first, last = line:find(old, 1, true)
  vim.api.nvim_buf_set_text(buffer, number - 1, first - 1, number - 1, last, { new })
  return number
end

-- Writes a line where another stands, and puts the cursor at its end.
local function write(number, line)
  vim.api.nvim_buf_set_lines(buffer, number - 1, number, false, { line })
  vim.cmd("normal! " .. number .. "G$")
  vim.api.nvim_win_set_cursor(0, { number, #line })
end

local function choice(label)
  -- The cursor of normal mode cannot stand behind the last letter: ask for there.
  local params = here()
  params.position.character = #vim.api.nvim_get_current_line()
  local items = ask("textDocument/completion", params)
  for at, item in ipairs(items.items or items or {}) do
    if item.label == label then
      return item, at
    end
  end
  return nil, items
end

-- Faults as one types.
local number = replace("target: at_most(16)", "tarket: at_most(16)")
wait("a misspelt key is underlined while it is not saved", function()
  local faults = vim.diagnostic.get(buffer)
  return #faults == 1 and faults[1].code == "unknown-key" and faults[1].lnum == number - 1
end)

-- A quick fix.
go("tarket", true)
local range = vim.lsp.util.make_range_params(0, "utf-16")
range.context = { diagnostics = vim.lsp.diagnostic.get_line_diagnostics(buffer) }
local actions = ask("textDocument/codeAction", range)
holds(actions and actions[1] and actions[1].edit, "a quick fix is offered: " .. tostring(actions[1] and actions[1].title))
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
holds(vim.api.nvim_get_current_line() == "    target: at_most(16),", "it is applied", vim.api.nvim_get_current_line())
wait("and nothing is underlined any more", function()
  return #vim.diagnostic.get(buffer) == 0
end)

-- Hover and definition.
go("caseload-per-fte", true)
local hover = ask("textDocument/hover", here())
holds(hover and hover.contents.value:find("12 scores 100, 22 scores 0", 1, true), "hover shows an item's national definition", hover)
local there = ask("textDocument/definition", here())
holds(there and there.uri:match("national/caseload%.rhai$"), "an item leads to its national card", there)
vim.lsp.util.jump_to_location(there, "utf-16")
holds(vim.api.nvim_get_current_line():find('measure("caseload-per-fte"', 1, true), "Neovim stands there", vim.api.nvim_get_current_line())
holds(vim.bo.readonly, "in a copy for reading")
vim.cmd("buffer " .. buffer)

-- Completion of a key, in a card that is broken.
local function complete(old, new, label, step)
  number = go(old)
  local line = vim.api.nvim_buf_get_lines(buffer, number - 1, number, false)[1]
  write(number, new)
  local item, seen = choice(label)
  holds(item, step, seen)
  write(number, line)
  return item
end
complete('advice: "Take to the monthly', "    wei", "weight", "the key `weight` is offered after `wei`")

-- Completion of a header of the council's own file.
local item = complete('cases: "Open cases"', '        cases: "Op', "Open cases", "the file's header `Open cases` is offered after `\"Op`")
holds(item.textEdit.newText == 'Open cases"', "with the quote that is missing", item)
complete("permanent.share(", "        permanent.share(|w| w.ca", "cases", "the column `cases` is offered after `w.ca`")

-- Layout.
write(go("worst:  6"), "  worst: 6,")
vim.lsp.util.apply_text_edits(ask("textDocument/formatting", vim.lsp.util.make_formatting_params()), buffer, "utf-16")
holds(go("    worst:  6,"), "the script is laid out")

-- How long a keystroke waits: each letter of a line is typed, and completion asked for.
local lines = vim.api.nvim_buf_line_count(buffer)
local took = {}
number = go("permanent.share(")
for _ = 1, 5 do
  local line = "        permanent.share(|w| w.cases > FAR_OVER * w.ceiling * w.fte)"
  for letter = 9, #line do
    write(number, line:sub(1, letter))
    local params = here()
    params.position.character = letter
    local begun = vim.loop.hrtime()
    ask("textDocument/completion", params)
    table.insert(took, (vim.loop.hrtime() - begun) / 1e6)
  end
end
table.sort(took)
say(string.format("answer to a keystroke in a script of %d lines: median %.1f ms, 95th percentile %.1f ms, of %d", lines, took[math.ceil(#took / 2)], took[math.ceil(#took * 0.95)], #took))

-- From the last keystroke to what is underlined.
local waits = {}
for _ = 1, 9 do
  number = replace("target: at_most(16)", "tarket: at_most(16)")
  local begun = vim.loop.hrtime()
  vim.wait(20000, function() return #vim.diagnostic.get(buffer) == 1 end, 1)
  table.insert(waits, (vim.loop.hrtime() - begun) / 1e6)
  replace("tarket: at_most(16)", "target: at_most(16)")
  vim.wait(20000, function() return #vim.diagnostic.get(buffer) == 0 end, 1)
end
table.sort(waits)
say(string.format("from a keystroke to its fault underlined: median %.0f ms, of which 120 ms are the pause that is waited for", waits[5]))

-- The end.
vim.lsp.stop_client(client)
wait("the server ends when Neovim says so", function()
  local gone = vim.lsp.get_client_by_id(client)
  return gone == nil or gone.is_stopped()
end)
vim.cmd("qall!")
