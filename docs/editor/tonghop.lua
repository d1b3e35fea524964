---@meta
-- Sinh ra từ khai báo trong src/rules, để trình soạn thảo gợi ý tên và tham số. Không phải là quy tắc.

---Khai báo một ngành: chỉ tiêu, phần lời, tồn tại hạn chế và câu chữ của ngành.
---@class tonghop.SectorTable
---@field api integer Phiên bản của cách viết quy tắc: 1.
---@field id string Mã ngành, dùng trong quy tắc và trong `outline`: chữ thường không dấu, chữ số, `-`, `_`.
---@field title string Tên ngành, in trong báo cáo và biểu tổng hợp.
---@field section string Đề mục của ngành, theo đường dẫn trong `outline`: `II.I.1.a`.
---@field departments? string[]|string Các đơn vị báo cáo; hai đơn vị cùng báo một số thì lấy số của đơn vị đứng trước; `"all"` là mọi đơn vị.
---@field targets? string[] Các kế hoạch đem so sánh, theo tên trong `[[targets]]`.
---@field measures? string[] Các loại số liệu khác được in, theo tên trong `[[measures]]`.
---@field unit? string Đơn vị tính của các chỉ tiêu không ghi riêng.
---@field decimals? tonghop.DecimalsTable Số chữ số thập phân khi in, cho các chỉ tiêu không ghi riêng.
---@field indicators? table<string, tonghop.IndicatorTable> Các chỉ tiêu theo mã, đúng thứ tự của biểu tổng hợp.
---@field narrative? table<string, string|string[]>|string[] Các chủ đề của phần lời theo mã, mỗi chủ đề kèm tên dòng (một hoặc nhiều tên).
---@field records? table<string, tonghop.RecordsTable> Các bảng mở theo tên: bảng mà dòng không khai báo trước, đơn vị có gì ghi nấy.
---@field shortfalls? fun(d: tonghop.Sector, out: tonghop.Out) Hàm ghi tồn tại, hạn chế bằng `out:shortfall`.
---@field text? fun(d: tonghop.Sector, out: tonghop.Out)|table<string, fun(d: tonghop.Sector, out: tonghop.Out)> Viết câu chữ của ngành: một hàm, hoặc mỗi đề mục một hàm `["II.IV.1"] = function(d, out)`.

---Khai báo một chỉ tiêu: tên như đơn vị ghi trong biểu, đơn vị tính và những gì suy ra từ đó.
---@class tonghop.IndicatorTable
---@field [1] string Tên dòng trong biểu; `{@period.year}` trong tên thay đổi theo kỳ báo cáo.
---@field aliases? string[] Các tên khác có cùng nghĩa.
---@field unit? string Đơn vị tính: `triệu đồng`; không ghi thì theo chỉ tiêu ở trên.
---@field parts? table<string, tonghop.IndicatorTable> Các thành phần cộng lại bằng chỉ tiêu này; lệch thì được báo.
---@field of_which? table<string, tonghop.IndicatorTable> Các chỉ tiêu trong đó, không nhất thiết cộng đủ.
---@field by? table<string, string> Các thành viên cộng lại bằng chỉ tiêu này, lấy từ các dòng bên dưới hoặc từ cột: `ma = "Tên"`; mỗi thành viên là chỉ tiêu `<mã chỉ tiêu>_<ma>`.
---@field attained? fun(i: tonghop.Indicator): tonghop.Figure Số đem so với kế hoạch, nếu không phải là số thực hiện.
---@field derive? fun(d: tonghop.Sector): tonghop.Figure Cách tính số thực hiện khi không đơn vị nào báo cáo.
---@field decimals? tonghop.DecimalsTable Số chữ số thập phân khi in.
---@field padded? boolean Số dưới mười có in thêm số không ở trước hay không; số đếm thì có.
---@field from? string Lấy số của chỉ tiêu ngành khác: `nganh.chi_tieu`.
---@field of? string Chỉ tiêu làm mẫu số, cho `.ratio` và `{x/x.of}`.
---@field names? boolean Chỉ tiêu này có phải là số dòng bên dưới hay không; tên của các dòng đó là danh sách tên.
---@field equals? string Chỉ tiêu mà nó phải bằng.
---@field at_most? string Chỉ tiêu mà nó không được vượt quá.
---@field because? string Lý do có thể có của chênh lệch, được nêu kèm khi báo.

---Một bảng mở: mọi dòng đơn vị ghi đều được đọc, cả chữ và số.
---@class tonghop.RecordsTable
---@field fields table<string, string> Các cột chữ theo tên, kèm tiêu đề cột: `linh_vuc = "Lĩnh vực"`; bảng có đủ các cột này thì được đọc.
---@field unit? string Đơn vị tính của các dòng không ghi riêng và của số tổng.
---@field mixed? boolean Có được cộng các dòng khác đơn vị tính hay không; khi đó số tổng không có đơn vị tính.
---@field decimals? integer Số chữ số thập phân khi in.

---Số chữ số thập phân khi in, theo từng loại số liệu; không ghi thì in như biểu hiển thị.
---@class tonghop.DecimalsTable
---@field value? integer Của chính số liệu.
---@field attainment? integer|table<string, integer> Của tỷ lệ đạt kế hoạch, chung hoặc theo từng kế hoạch.
---@field yoy? integer Của mức tăng, giảm so với cùng kỳ.
---@field share? integer Của tỷ trọng trong chỉ tiêu ở trên.
---@field ratio? integer Của tỷ lệ so với chỉ tiêu ghi ở `of`.

---Phần viết chung cho mọi ngành.
---@class tonghop.ReportTable
---@field api integer Phiên bản của cách viết quy tắc: 1.
---@field sections table<string, fun(r: tonghop.Report, out: tonghop.Out)> Mỗi đề mục một hàm: `["II.III.1"] = function(r, out)`.

---Các quan hệ giữa các ngành phải đúng.
---@class tonghop.ChecksTable
---@field api integer Phiên bản của cách viết quy tắc: 1.
---@field run fun(r: tonghop.Report, check: tonghop.Check) So sánh số liệu bằng `check:equal` và `check:at_most`.

---Một bảng của báo cáo; các tên khác ghi thêm là giá trị cho mẫu câu trong bảng.
---@class tonghop.TableTable
---@field title? string|tonghop.Text Dòng chữ phía trên bảng.
---@field columns string[] Tiêu đề các cột.
---@field rows table|tonghop.Parts Mỗi dòng một giá trị.
---@field cells string[] Mỗi cột một mẫu câu, trong đó `{it}` là dòng đang viết.
---@field appendix? boolean Đặt bảng thành phụ lục ở cuối, trên trang riêng.
---@field [string] any

---Các dòng của bảng mở, trên một trang tính riêng.
---@class tonghop.ListingTable
---@field title string Tên trang tính.
---@field rows table|tonghop.Parts Các dòng được liệt kê.

---Một tồn tại, hạn chế; các tên khác ghi thêm là giá trị cho mẫu câu.
---@class tonghop.ShortfallTable
---@field [1]? tonghop.Indicator Chỉ tiêu đạt thấp; bỏ trống nếu là khó khăn, vướng mắc bằng lời.
---@field text? string|tonghop.Text Câu viết; không ghi thì dùng câu có sẵn rằng chỉ tiêu đạt thấp.
---@field cause? tonghop.Text Nguyên nhân, theo lời của đơn vị.
---@field [string] any

---Những gì không xét.
---@class tonghop.BehindTable
---@field except? string[] Mã các chỉ tiêu không xét.

---Những gì nêu kèm khi có chênh lệch.
---@class tonghop.RelationTable
---@field because? string Lý do có thể có của chênh lệch, được nêu kèm khi báo.

---@class tonghop.Sector
---@field title string Tên ngành.
---@field narrative tonghop.Words Phần lời của đơn vị theo chủ đề; viết `d.chu_de` cũng vậy. Cách viết cũ: thay bằng `d.<topic>`.
---@field causes tonghop.Words Nguyên nhân mà đơn vị đã ghi, theo chỉ tiêu.
---@field [string] any
local Sector = {}

---Lần lượt các chỉ tiêu chính có tỷ lệ đạt một kế hoạch nào đó thấp hơn `share` lần nhịp độ chia đều trong năm.
---@param share number
---@param options? tonghop.BehindTable
---@return fun(): tonghop.Indicator
function Sector:behind(share, options) end

---Lần lượt các khó khăn, vướng mắc mà đơn vị ghi không kèm chỉ tiêu.
---@return fun(): tonghop.Remark
function Sector:difficulties() end

---@class tonghop.Indicator
---@field id string Mã chỉ tiêu trong quy tắc.
---@field label string Tên chỉ tiêu như khai báo.
---@field unit string Đơn vị tính, viết đầy đủ.
---@field name string Tên chỉ tiêu để viết giữa câu: chữ đầu viết thường, trừ khi mở đầu bằng chữ viết tắt.
---@field actual tonghop.Figure Số thực hiện.
---@field last_year tonghop.Figure Số cùng kỳ năm trước.
---@field yoy tonghop.Figure Tăng, giảm bao nhiêu phần trăm so với cùng kỳ năm trước; in là "tăng 11% so với cùng kỳ năm …".
---@field change tonghop.Figure Tăng, giảm bao nhiêu so với cùng kỳ năm trước, theo đơn vị tính của chỉ tiêu; in là "tăng 97 ca so với cùng kỳ năm …".
---@field ratio tonghop.Figure Bằng bao nhiêu phần trăm chỉ tiêu ghi ở `of` khi khai báo.
---@field of tonghop.Indicator Chỉ tiêu ghi ở `of` khi khai báo.
---@field names tonghop.Text Các tên ở những dòng bên dưới, nếu chỉ tiêu được khai báo là số đếm của chúng.
---@field share tonghop.Figure Tỷ trọng (phần trăm) trong chỉ tiêu mà nó là thành phần.
---@field target tonghop.Targets Các kế hoạch của chỉ tiêu, theo tên.
---@field attainment tonghop.Targets Đạt bao nhiêu phần trăm kế hoạch, theo tên kế hoạch; chỉ có một kế hoạch thì không cần ghi tên.
---@field lag tonghop.Targets Chậm bao nhiêu điểm phần trăm so với nhịp độ chia đều trong năm, theo kế hoạch; in là "chậm 11 điểm phần trăm so với nhịp độ".
---@field parts tonghop.Parts Các chỉ tiêu ngay bên dưới, gọi theo mã hoặc lần lượt từng chỉ tiêu.
---@field reached string "đạt" hoặc "ước đạt", tùy số liệu là chính thức hay số ước; chưa có số liệu thì để trống.
---@field estimated string "ước" nếu là số ước, để trống nếu là số chính thức: {x.estimated} đón {x}.
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
---@field value number? Con số để so sánh, rẽ nhánh; nil nếu chưa có số liệu.
---@field missing boolean Có phải chưa biểu nào cho số này hay không.
---@field unit string Đơn vị tính, viết đầy đủ.
---@operator add(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator sub(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator mul(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
---@operator div(tonghop.Figure|tonghop.Indicator|number): tonghop.Figure
local Figure = {}

---Có nhỏ hơn một số liệu hoặc con số hay không; thiếu một trong hai thì là false.
---@param other tonghop.Figure|tonghop.Indicator|number
---@return boolean
function Figure:below(other) end

---Có lớn hơn hoặc bằng một số liệu hoặc con số hay không; thiếu một trong hai thì là false.
---@param other tonghop.Figure|tonghop.Indicator|number
---@return boolean
function Figure:at_least(other) end

---Có bằng một số liệu hoặc con số hay không; thiếu một trong hai thì là false.
---@param other tonghop.Figure|tonghop.Indicator|number
---@return boolean
function Figure:equals(other) end

---@class tonghop.Words
---@field [string] tonghop.Text
local Words = {}

---@class tonghop.Text
local Text = {}

---@class tonghop.Remark
---@field difficulty tonghop.Text Khó khăn, vướng mắc theo lời của đơn vị.
---@field cause tonghop.Text Nguyên nhân theo lời của đơn vị.
local Remark = {}

---@class tonghop.Out
local Out = {}

---Liệt kê các dòng của bảng mở trên một trang riêng của biểu tổng hợp, mỗi dòng kèm ô nguồn.
---@param listing tonghop.ListingTable
function Out:listing(listing) end

---Viết một đoạn văn; đoạn trống thì bỏ qua.
---@param template string|tonghop.Text
---@param arguments? table<string, any>
function Out:paragraph(template, arguments) end

---Viết một dòng của danh sách, in sau dấu gạch đầu dòng.
---@param template string|tonghop.Text
---@param arguments? table<string, any>
function Out:item(template, arguments) end

---Viết một bảng: mỗi giá trị của `rows` một dòng, mỗi mẫu câu của `cells` một ô, `{it}` là dòng đang viết (hoặc các tên ghi trong một dòng là bảng); `appendix = true` đặt bảng thành phụ lục trên trang riêng.
---@param table tonghop.TableTable
function Out:table(table) end

---Ghi một tồn tại, hạn chế: một chỉ tiêu đạt thấp, hoặc (không có chỉ tiêu) một khó khăn bằng lời.
---@param shortfall tonghop.ShortfallTable
function Out:shortfall(shortfall) end

---@class tonghop.Report
---@field [string] tonghop.Sector
local Report = {}

---Lần lượt các tồn tại, hạn chế của mọi ngành, theo thứ tự đề mục.
---@return fun(): tonghop.Shortfall
function Report:shortfalls() end

---@class tonghop.Shortfall
---@field text tonghop.Text Câu nêu tồn tại, hạn chế.
---@field cause tonghop.Text Các nguyên nhân theo lời của đơn vị.
local Shortfall = {}

---@class tonghop.Check
local Check = {}

---Báo khi hai số liệu khác nhau; chênh lệch do làm tròn được nêu riêng.
---@param title string
---@param left tonghop.Figure|tonghop.Indicator|number
---@param right tonghop.Figure|tonghop.Indicator|number
---@param options? tonghop.RelationTable
function Check:equal(title, left, right, options) end

---Báo khi số liệu thứ nhất lớn hơn số liệu thứ hai.
---@param title string
---@param left tonghop.Figure|tonghop.Indicator|number
---@param right tonghop.Figure|tonghop.Indicator|number
---@param options? tonghop.RelationTable
function Check:at_most(title, left, right, options) end

---Khai báo một ngành: chỉ tiêu, phần lời, tồn tại hạn chế và câu chữ.
---@param table tonghop.SectorTable
---@return tonghop.SectorTable
function sector(table) end

---Khai báo phần viết chung cho mọi ngành: mỗi đề mục một hàm.
---@param table tonghop.ReportTable
---@return tonghop.ReportTable
function report(table) end

---Khai báo các quan hệ giữa các ngành phải đúng.
---@param table tonghop.ChecksTable
---@return tonghop.ChecksTable
function checks(table) end

---Chạy tệp plugins/lib/<name>.lua trong phạm vi của quy tắc này và trả về giá trị tệp đó trả về.
---@param name string
---@return any
function use(name) end

---Tổng các số liệu; thiếu một số thì tổng cũng là chưa có số liệu.
---@param ... tonghop.Figure|tonghop.Indicator|number|table|tonghop.Parts
---@return tonghop.Figure
function sum(...) end

---Số lớn nhất trong các số liệu.
---@param ... tonghop.Figure|tonghop.Indicator|number|table|tonghop.Parts
---@return tonghop.Figure
function largest(...) end

---Số nhỏ nhất trong các số liệu.
---@param ... tonghop.Figure|tonghop.Indicator|number|table|tonghop.Parts
---@return tonghop.Figure
function smallest(...) end

---Có bao nhiêu số liệu đã có.
---@param ... tonghop.Figure|tonghop.Indicator|number|table|tonghop.Parts
---@return tonghop.Figure
function count(...) end

---Điền một mẫu câu và trả về đoạn chữ, để đưa vào mẫu câu khác.
---@param template string|tonghop.Text
---@param arguments? table<string, any>
---@return tonghop.Text
function t(template, arguments) end

---Điền mẫu câu cho từng dòng, `{it}` là dòng đang viết (hoặc các tên ghi trong một dòng là bảng), rồi nối các dòng có số liệu; dấu ngăn cách là "; " nếu không ghi khác.
---@param rows table|tonghop.Parts
---@param template string
---@param separator? string
---@return tonghop.Text
function list(rows, template, separator) end
