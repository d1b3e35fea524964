---@meta
-- Made from the registry in src/rules: what rules can call and read, for editors. Not a rule.

---What a sector is: its indicators, its words, its shortfalls and its text.
---@class tonghop.SectorTable
---@field api integer The version of the way rules are written: 1.
---@field id string Its name in the rules and in `outline`: small letters, digits, `-`, `_`.
---@field title string Its title, as the report and the workbook print it.
---@field section string The heading it writes under, by its path in `outline`: `II.I.1.a`.
---@field departments? string[]|string The departments that report it; where two give the same figure, the first stands; `"all"` for all of them.
---@field targets? string[] The plans it is compared with, by their names in `[[targets]]`.
---@field measures? string[] Further measures that it prints, by their names in `[[measures]]`.
---@field unit? string The unit of all indicators that state none.
---@field decimals? tonghop.DecimalsTable How many decimals are printed, for all indicators that do not say.
---@field indicators? table<string, tonghop.IndicatorTable> Its indicators by name, in the order of the summary.
---@field narrative? table<string, string|string[]>|string[] The topics of its words by name, each with the label (or labels) of its rows.
---@field records? table<string, tonghop.RecordsTable> Open tables by name, whose rows are not declared one by one: what is listed, not what is asked.
---@field shortfalls? fun(d: tonghop.Sector, out: tonghop.Out) Reports what is behind by `out:shortfall`.
---@field text? fun(d: tonghop.Sector, out: tonghop.Out)|table<string, fun(d: tonghop.Sector, out: tonghop.Out)> Writes its text: a function, or a function a heading `["II.IV.1"] = function(d, out)`.

---What an indicator is: its label as departments write it, its unit, and what follows from it.
---@class tonghop.IndicatorTable
---@field [1] string The label of its row; `{@period.year}` in it follows the period.
---@field aliases? string[] Other labels that mean the same.
---@field unit? string What it is measured in: `triệu đồng`; else that of the indicator above it.
---@field parts? table<string, tonghop.IndicatorTable> Indicators that add up to it; a difference is told.
---@field of_which? table<string, tonghop.IndicatorTable> Indicators within it that need not add up.
---@field by? table<string, string> Members that add up to it, from rows below it or columns: `key = "Label"`; each is the indicator `<name>_<key>`.
---@field attained? fun(i: tonghop.Indicator): tonghop.Figure What is measured against the plan, where that is not the actual.
---@field derive? fun(d: tonghop.Sector): tonghop.Figure Its actual, where no department reports it.
---@field decimals? tonghop.DecimalsTable How many decimals are printed.
---@field padded? boolean Whether numbers below ten are printed with a zero before them; counts are.
---@field from? string Another sector's indicator that it is: `sector.indicator`.
---@field of? string The indicator that it is a fraction of, for `.ratio` and `{x/x.of}`.
---@field names? boolean Whether it counts the rows below it, whose labels are names.
---@field equals? string An indicator that it must equal.
---@field at_most? string An indicator that it must not exceed.
---@field because? string What may explain a difference, told with it.

---An open table: every row that departments write in it is read, with its words and its figures.
---@class tonghop.RecordsTable
---@field fields table<string, string> Its columns of words by name, each with its heading: `field = "Lĩnh vực"`; tables that have them all are read.
---@field unit? string The unit of rows that state none, and of sums.
---@field mixed? boolean Whether rows of several units may be added up, to a sum without unit.
---@field decimals? integer How many decimals are printed.

---How many decimals are printed, by measure; as many as the workbook shows where nothing is said.
---@class tonghop.DecimalsTable
---@field value? integer Of the figure itself.
---@field attainment? integer|table<string, integer> Of percents of plans, all or by plan.
---@field yoy? integer Of the change on last year.
---@field share? integer Of the share in the indicator above.
---@field ratio? integer Of the percent of the indicator named by `of`.

---What is said over all sectors.
---@class tonghop.ReportTable
---@field api integer The version of the way rules are written: 1.
---@field sections table<string, fun(r: tonghop.Report, out: tonghop.Out)> A function a heading: `["II.III.1"] = function(r, out)`.

---The relations between sectors that must hold.
---@class tonghop.ChecksTable
---@field api integer The version of the way rules are written: 1.
---@field run fun(r: tonghop.Report, check: tonghop.Check) Compares figures by `check:equal` and `check:at_most`.

---A table of the report; further names are arguments of its templates.
---@class tonghop.TableTable
---@field title? string|tonghop.Text What stands above it.
---@field columns string[] The titles of its columns.
---@field rows table|tonghop.Parts One value a row.
---@field cells string[] One template a column, in which the row is `{it}`.
---@field appendix? boolean Whether it stands behind the text, on pages of its own.
---@field [string] any

---Rows of an open table on a sheet of their own.
---@class tonghop.ListingTable
---@field title string The name of the sheet.
---@field rows table|tonghop.Parts The rows that it lists.

---A shortfall; further names are arguments of its template.
---@class tonghop.ShortfallTable
---@field [1]? tonghop.Indicator The indicator that is behind; none for a difficulty in words.
---@field text? string|tonghop.Text Its sentence; without it, that the indicator is behind.
---@field cause? tonghop.Text Its cause, in the department's words.
---@field [string] any

---What is left out.
---@class tonghop.BehindTable
---@field except? string[] The names of indicators that are not judged.

---What is told with a difference.
---@class tonghop.RelationTable
---@field because? string What may explain a difference, told with it.

---@class tonghop.Sector
---@field title string The title of the sector.
---@field narrative tonghop.Words The words of departments by topic; `d.topic` is the same. Deprecated: use `d.<topic>`.
---@field causes tonghop.Words The causes that departments wrote, by indicator.
---@field [string] any
local Sector = {}

---Goes through the headline indicators whose attainment of any target is below `share` of an even pace.
---@param share number
---@param options? tonghop.BehindTable
---@return fun(): tonghop.Indicator
function Sector:behind(share, options) end

---Goes through the difficulties that departments wrote without naming an indicator.
---@return fun(): tonghop.Remark
function Sector:difficulties() end

---@class tonghop.Indicator
---@field id string Its name in the rules.
---@field label string Its label as declared.
---@field unit string Its unit as written out.
---@field name string Its label as it stands inside a sentence: the first letter small, unless it begins an abbreviation.
---@field actual tonghop.Figure Thực hiện.
---@field last_year tonghop.Figure Cùng kỳ năm trước.
---@field yoy tonghop.Figure The change on the same period last year, in percent; printed as "tăng 11% so với cùng kỳ năm …".
---@field change tonghop.Figure The change on the same period last year, in its own unit; printed as "tăng 97 ca so với cùng kỳ năm …".
---@field ratio tonghop.Figure Percent of the indicator that the declaration names with `of`.
---@field of tonghop.Indicator The indicator that the declaration names with `of`.
---@field names tonghop.Text The names that stand below it, where it is declared to count them.
---@field share tonghop.Figure Percent of the indicator it is a part of.
---@field target tonghop.Targets Its plans by name.
---@field attainment tonghop.Targets Percent of a plan, by the plan's name; with one plan the name may be left out.
---@field lag tonghop.Targets Percentage points behind an even pace, by plan; printed as "chậm 11 điểm phần trăm so với nhịp độ".
---@field parts tonghop.Parts The indicators right below it, by name or one after the other.
---@field reached string "đạt" or "ước đạt", as its figure is final or an estimate; nothing where it is missing.
---@field estimated string "ước" where its figure is an estimate, nothing where it is final: {x.estimated} đón {x}.
---@field [string] any
---@operator add(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator sub(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator mul(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator div(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
local Indicator = {}

---@class tonghop.Parts
---@field [string] tonghop.Indicator
---@operator call: tonghop.Indicator
local Parts = {}

---@class tonghop.Targets
---@field [string] tonghop.Figure
local Targets = {}

---@class tonghop.Figure
---@field value number? The bare number, for decisions; nil where there is none.
---@field missing boolean Whether no workbook gave it.
---@field unit string Its unit as written out.
---@operator add(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator sub(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator mul(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator div(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
local Figure = {}

---Whether it is below a figure or number; false where one is missing.
---@param other tonghop.Figure|tonghop.Indicator|number
---@return boolean
function Figure:below(other) end

---Whether it is at least a figure or number; false where one is missing.
---@param other tonghop.Figure|tonghop.Indicator|number
---@return boolean
function Figure:at_least(other) end

---Whether it equals a figure or number; false where one is missing.
---@param other tonghop.Figure|tonghop.Indicator|number
---@return boolean
function Figure:equals(other) end

---@class tonghop.Words
---@field [string] tonghop.Text
local Words = {}

---@class tonghop.Text
local Text = {}

---@class tonghop.Remark
---@field difficulty tonghop.Text The difficulty in the department's words.
---@field cause tonghop.Text Its cause in the department's words.
local Remark = {}

---@class tonghop.Out
local Out = {}

---Lists rows of an open table on a sheet of their own in the consolidated workbook, each with its cells.
---@param listing tonghop.ListingTable
function Out:listing(listing) end

---Writes a paragraph; one that comes out empty is left out.
---@param template string|tonghop.Text
---@param arguments? table<string, any>
function Out:paragraph(template, arguments) end

---Writes a line of a list, printed with a dash before it.
---@param template string|tonghop.Text
---@param arguments? table<string, any>
function Out:item(template, arguments) end

---Writes a table: one row for each value of `rows`, one cell for each template of `cells`, the row being `{it}` (or the names of a row that is a table); `appendix = true` puts it behind the text on pages of its own.
---@param table tonghop.TableTable
function Out:table(table) end

---Reports a shortfall: an indicator that is behind, or (without one) a difficulty in words.
---@param shortfall tonghop.ShortfallTable
function Out:shortfall(shortfall) end

---@class tonghop.Report
---@field [string] tonghop.Sector
local Report = {}

---Goes through the shortfalls of all sectors in the order of the outline.
---@return fun(): tonghop.Shortfall
function Report:shortfalls() end

---@class tonghop.Shortfall
---@field text tonghop.Text Its sentence.
---@field cause tonghop.Text Its causes in the departments' words.
local Shortfall = {}

---@class tonghop.Check
local Check = {}

---Reports two figures that differ; rounding of the printed decimals is told apart.
---@param title string
---@param left tonghop.Figure|tonghop.Indicator|number
---@param right tonghop.Figure|tonghop.Indicator|number
---@param options? tonghop.RelationTable
function Check:equal(title, left, right, options) end

---Reports a figure that is larger than another one.
---@param title string
---@param left tonghop.Figure|tonghop.Indicator|number
---@param right tonghop.Figure|tonghop.Indicator|number
---@param options? tonghop.RelationTable
function Check:at_most(title, left, right, options) end

---Declares a sector: its indicators, its narrative, its shortfalls and its text.
---@param table tonghop.SectorTable
---@return tonghop.SectorTable
function sector(table) end

---Declares what is said over all sectors: one function a heading.
---@param table tonghop.ReportTable
---@return tonghop.ReportTable
function report(table) end

---Declares the relations between sectors that must hold.
---@param table tonghop.ChecksTable
---@return tonghop.ChecksTable
function checks(table) end

---Runs plugins/lib/<name>.lua in this rule's own state and returns what it returns.
---@param name string
---@return any
function use(name) end

---The sum of figures; one without data makes the sum one without data.
---@param ... tonghop.Figure|tonghop.Indicator|number|table|tonghop.Parts
---@return tonghop.Figure
function sum(...) end

---The largest of the figures.
---@param ... tonghop.Figure|tonghop.Indicator|number|table|tonghop.Parts
---@return tonghop.Figure
function largest(...) end

---The smallest of the figures.
---@param ... tonghop.Figure|tonghop.Indicator|number|table|tonghop.Parts
---@return tonghop.Figure
function smallest(...) end

---How many of the figures are known.
---@param ... tonghop.Figure|tonghop.Indicator|number|table|tonghop.Parts
---@return tonghop.Figure
function count(...) end

---Fills a template and returns rich text, to be used inside another template.
---@param template string|tonghop.Text
---@param arguments? table<string, any>
---@return tonghop.Text
function t(template, arguments) end

---Fills the template once a row, the row being `{it}` (or the names of a row that is a table), and joins what has data; the separator is "; " unless given.
---@param rows table|tonghop.Parts
---@param template string
---@param separator? string
---@return tonghop.Text
function list(rows, template, separator) end
