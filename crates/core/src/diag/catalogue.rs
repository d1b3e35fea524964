//! The catalogue of problems: a stable code, a severity, and an explanation for the user.
//!
//! Output: one Vietnamese entry per code; `english` has them in English. Not here: the message of one problem.

mod english;

use super::Language;
use serde::{Deserialize, Serialize};

/// The severity of a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Information: an unambiguous conversion.
    Note,
    /// Needs review: contradictory or missing data.
    Warning,
    /// Something was lost: an input, a rule, a department, the source of a number.
    Error,
}

/// The explanation of a kind of problem, in one language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The problem in a few words, without a full stop.
    pub title: &'static str,
    /// Why it is a problem and what happened to the data.
    pub explanation: &'static str,
    /// A place and its message; exactly the one raised by `tests/diagnostics/`.
    pub example: &'static str,
    /// What to do, in the imperative.
    pub remedy: &'static str,
}

macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident { $($field:ident: $words:literal,)+ })+) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        /// All kinds of problems, in the order of the pipeline.
        pub const CODES: &[Code] = &[$(Code::$name,)+];

        impl Code {
            /// Returns the stable name, as printed and as accepted by `explain`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $code,)+ }
            }

            /// Returns the severity of this kind of problem.
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)+ }
            }

            fn vietnamese(self) -> &'static Explanation {
                match self { $(Self::$name => &Explanation { $($field: $words,)+ },)+ }
            }
        }
    };
}

impl Code {
    /// Returns whether the cause is the administrator's rules or settings, independently of the workbooks.
    pub fn is_rule_problem(self) -> bool {
        matches!(
            self,
            Self::SettingUnknown
                | Self::PluginBroken
                | Self::RuleFailed
                | Self::RuleLimit
                | Self::RuleDeprecated
                | Self::TemplateSuspect
                | Self::NameShadowed
                | Self::IndicatorUnused
                | Self::RuleIdle
                | Self::HeadingShared
                | Self::HeadingEmpty
        )
    }

    /// Returns the explanation of this kind of problem.
    pub fn explanation(self, language: Language) -> &'static Explanation {
        match language {
            Language::Vietnamese => self.vietnamese(),
            Language::English => english::explanation(self),
        }
    }
}

catalogue! {
    /// A file under workbooks/ has an unsupported type; or there is a link or a pipe anywhere in the project.
    FileKind = "file-kind", Error {
        title: "Loại tệp chưa đọc được",
        explanation: "Chương trình chỉ đọc bảng tính .xlsx, .xlsm, .xls, .xlsb và .ods đặt trong thư mục của từng đơn vị. Tệp loại khác, hoặc tệp đặt ngoài thư mục của đơn vị, được bỏ qua nên số liệu trong đó không vào báo cáo. Liên kết (symlink) ở bất cứ thư mục nào của dự án cũng không được mở.",
        example: "workbooks/phong-a/ghi chép.docx: tệp này không phải là bảng tính",
        remedy: "Mở tệp bằng Excel, chọn Lưu thành (Save As) loại .xlsx vào thư mục của đơn vị, rồi chuyển tệp cũ ra ngoài thư mục workbooks. Thay liên kết bằng chính tệp mà nó trỏ tới.",
    }
    /// A setting refers to something that no rule declares.
    SettingUnknown = "setting-unknown", Warning {
        title: "Thiết lập gọi tên một chỉ tiêu không có",
        explanation: "Trong tonghop.toml có một mục nhắc đến chỉ tiêu mà không tệp quy tắc nào khai báo, thường do gõ sai tên hoặc do chỉ tiêu đã đổi tên. Mục đó không có tác dụng.",
        example: "tonghop.toml: charts: không có chỉ tiêu \"herd.goats\"",
        remedy: "Sửa tên trong tonghop.toml cho đúng dạng ngành.chỉ_tiêu như trong tệp quy tắc, hoặc xóa mục không dùng.",
    }
    /// A folder under workbooks/ is not a department of tonghop.toml.
    DepartmentUnknown = "department-unknown", Error {
        title: "Thư mục không thuộc đơn vị nào",
        explanation: "Mỗi thư mục trong workbooks phải mang mã của một đơn vị đã khai báo trong tonghop.toml. Thư mục lạ không được đọc, vì không biết số liệu là của ai.",
        example: "workbooks/phong-c: thư mục \"phong-c\" không phải là đơn vị nào trong tonghop.toml; các tệp trong đó không được đọc",
        remedy: "Đổi tên thư mục cho đúng mã đơn vị; nếu là đơn vị mới, đề nghị quản trị khai báo trong tonghop.toml.",
    }
    /// A department of tonghop.toml sent no workbook.
    DepartmentMissing = "department-missing", Error {
        title: "Đơn vị chưa gửi biểu",
        explanation: "Đơn vị có tên trong tonghop.toml nhưng thư mục của đơn vị không có tệp nào. Báo cáo vẫn được lập và ghi \"chưa có số liệu\" ở những chỗ cần số liệu của đơn vị này.",
        example: "workbooks/phong-b: Phòng B chưa gửi biểu nào",
        remedy: "Đôn đốc đơn vị gửi biểu, đặt tệp vào thư mục của đơn vị rồi chạy lại. Nếu kỳ này đơn vị không phải báo cáo, đề nghị quản trị bỏ đơn vị khỏi tonghop.toml.",
    }
    /// A department's workbooks arrived after their due date.
    SubmissionLate = "submission-late", Warning {
        title: "Đơn vị nộp biểu muộn",
        explanation: "Ngày nhận ghi trong workbooks/tiep-nhan.csv, hoặc ngày lưu lần cuối ghi trong chính tệp, sau hạn nộp của đơn vị trong tonghop.toml. Số liệu vẫn được đọc như bình thường.",
        example: "workbooks/phong-a: Phòng A nộp muộn: hạn nộp 10/9/2024, tệp lưu lần cuối ngày 13/9/2024",
        remedy: "Nhắc đơn vị nộp đúng hạn kỳ sau. Nếu đơn vị đã nộp trước hạn rồi mới mở và lưu lại tệp, ghi ngày nhận vào workbooks/tiep-nhan.csv.",
    }
    /// The office's register of submissions, or a line of it, is unusable.
    RegisterUnusable = "register-unusable", Warning {
        title: "Không dùng được sổ tiếp nhận",
        explanation: "Tệp workbooks/tiep-nhan.csv ghi đơn vị và ngày nhận, mỗi dòng một đơn vị. Dòng sai hoặc tên đơn vị lạ thì không biết đơn vị nào nộp ngày nào; chương trình dùng ngày lưu ghi trong tệp của đơn vị.",
        example: "workbooks/tiep-nhan.csv: dòng 2: \"phong-x\" không phải là đơn vị nào trong tonghop.toml; dòng này không được dùng",
        remedy: "Mở tệp bằng Excel, sửa dòng được nêu (cột 1: mã hoặc tên đơn vị, cột 2: ngày/tháng/năm), rồi lưu lại dạng CSV UTF-8.",
    }
    /// A workbook cannot be read.
    WorkbookUnreadable = "workbook-unreadable", Error {
        title: "Không mở được tệp bảng tính",
        explanation: "Tệp bị hỏng, có mật khẩu, chép chưa xong, hoặc không thật sự là tệp Excel dù mang đuôi .xlsx. Riêng tệp này bị bỏ qua; các tệp khác vẫn được đọc.",
        example: "workbooks/phong-a/ghi-chep.xlsx: không đọc được tệp này: tệp không phải là bảng tính",
        remedy: "Mở thử tệp bằng Excel. Nếu mở được thì bỏ mật khẩu và lưu lại thành .xlsx; nếu không thì xin đơn vị gửi lại tệp.",
    }
    /// A workbook belongs to another department, according to its form or its rows. It is not read.
    DepartmentMismatch = "department-mismatch", Error {
        title: "Biểu của đơn vị khác",
        explanation: "Tệp nằm trong thư mục của một đơn vị nhưng phần đầu biểu ghi tên đơn vị khác, hoặc các dòng là chỉ tiêu của đơn vị khác, thường do đặt nhầm thư mục. Cả tệp không được đọc, vì số liệu sẽ bị ghi cho sai đơn vị.",
        example: "workbooks/phong-a/nham.xlsx [Biểu] A1: biểu ghi đơn vị gửi là \"PHÒNG B\" nhưng tệp nằm trong thư mục của Phòng A; tệp này không được đọc",
        remedy: "Chuyển tệp sang đúng thư mục của đơn vị gửi. Nếu biểu đúng là của đơn vị này, ghi \"Đơn vị báo cáo:\" và tên đơn vị ở đầu biểu.",
    }
    /// A workbook states a different period than the report's, and nowhere the report's. It is not read.
    PeriodMismatch = "period-mismatch", Error {
        title: "Biểu của kỳ báo cáo khác",
        explanation: "Phần đầu biểu hoặc tiêu đề cột chỉ ghi kỳ báo cáo khác với kỳ trong tonghop.toml, thường do gửi lại tệp kỳ trước. Cả tệp không được đọc, vì số liệu cũ sẽ vào báo cáo như số liệu kỳ này.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] A1: biểu ghi \"Kỳ báo cáo: 9 tháng năm 2023\", không phải kỳ báo cáo 9 tháng đầu năm 2024; tệp này không được đọc",
        remedy: "Gửi biểu của kỳ này. Nếu số liệu đúng là của kỳ này thì sửa dòng ghi kỳ báo cáo; nếu là số liệu để so sánh thì ghi rõ \"cùng kỳ\" trong tiêu đề.",
    }
    /// A form contradicts itself about its department or period; its folder and its other lines decide.
    IdentityDoubtful = "identity-doubtful", Warning {
        title: "Biểu ghi hai đơn vị hoặc hai kỳ báo cáo",
        explanation: "Một dòng của biểu ghi đơn vị hoặc kỳ báo cáo khác, nhưng các phần còn lại đúng là của đơn vị và kỳ này, thường do sửa từ tệp cũ mà quên một dòng hay một trang. Số liệu vẫn được đọc.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] A2: dòng này ghi \"Kỳ báo cáo: 6 tháng năm 2024\" trong khi tệp là của kỳ báo cáo 9 tháng đầu năm 2024; vẫn đọc là số liệu của 9 tháng đầu năm 2024",
        remedy: "Mở trang được nêu và kiểm tra số liệu. Nếu số liệu là của kỳ này thì sửa dòng ghi sai; nếu còn là số liệu cũ thì nhập lại hoặc xóa trang.",
    }
    /// A department sent the same workbook twice; one copy is used.
    WorkbookRepeated = "workbook-repeated", Warning {
        title: "Gửi hai lần cùng một nội dung",
        explanation: "Hai tệp của một đơn vị có nội dung giống nhau. Chỉ một tệp được dùng, để câu và tên không bị lặp lại trong báo cáo.",
        example: "workbooks/phong-a/bieu (2).xlsx: nội dung giống hệt tệp workbooks/phong-a/bieu.xlsx; chỉ đọc tệp workbooks/phong-a/bieu.xlsx",
        remedy: "Xóa một trong hai tệp.",
    }
    /// A department sent two versions of a form; one is used, according to tonghop.toml.
    FormRepeated = "form-repeated", Warning {
        title: "Hai tệp cho cùng một biểu",
        explanation: "Hai tệp của một đơn vị cho số liệu của cùng các chỉ tiêu, nhưng có chỗ khác nhau. Theo [duplicates] keep trong tonghop.toml, chương trình dùng tệp lưu sau cùng (newest, mặc định) hoặc tệp đứng trước theo tên (first), và bỏ cả tệp kia.",
        example: "workbooks/phong-a/gui-lai.xlsx: cùng một biểu với tệp workbooks/phong-a/bieu.xlsx: 6 số liệu, nội dung chung, 1 chỗ khác nhau; dùng tệp kia (ngày lưu: 13/09/2024 08:00 UTC), không dùng tệp này (ngày lưu: 13/09/2024 08:00 UTC)",
        remedy: "Hỏi đơn vị tệp nào đúng, giữ tệp đó trong thư mục và chuyển tệp kia đi nơi khác.",
    }
    /// A department sent two versions of a form and the office wants to choose; neither is used.
    FormContested = "form-contested", Error {
        title: "Hai tệp cho cùng một biểu, chưa chọn",
        explanation: "Hai tệp của một đơn vị cho số liệu của cùng các chỉ tiêu, nhưng có chỗ khác nhau, và tonghop.toml ghi [duplicates] keep = \"refuse\": văn phòng tự chọn. Không tệp nào được dùng cho đến khi chỉ còn một tệp.",
        example: "workbooks/phong-a/gui-lai.xlsx: cùng một biểu với tệp workbooks/phong-a/bieu.xlsx: 6 số liệu, nội dung chung, 1 chỗ khác nhau; không tệp nào được dùng",
        remedy: "Hỏi đơn vị tệp nào đúng, giữ tệp đó trong thư mục và chuyển tệp kia đi nơi khác, rồi chạy lại.",
    }
    /// A sheet with numbers has no table that matches the rules.
    SheetUnknown = "sheet-unknown", Error {
        title: "Trang tính không khớp với biểu nào",
        explanation: "Trang tính có số liệu nhưng không có bảng nào mà tiêu đề cột và tên dòng khớp với chỉ tiêu của đơn vị. Cả trang không được đọc.",
        example: "workbooks/phong-a/bieu.xlsx [Học sinh]: trang tính có nội dung nhưng không có bảng nào khớp với chỉ tiêu của đơn vị; trang này không được đọc",
        remedy: "So trang này với biểu mẫu: tiêu đề cột và tên chỉ tiêu phải giống biểu mẫu. Nếu trang chỉ là bảng tính nháp, hãy xóa khỏi tệp trước khi gửi.",
    }
    /// A sheet is hidden; it was still read.
    SheetHidden = "sheet-hidden", Note {
        title: "Trang tính đang bị ẩn",
        explanation: "Trang tính bị ẩn vẫn được đọc như các trang khác, nên số liệu cũ còn sót ở trang ẩn cũng vào báo cáo.",
        example: "workbooks/phong-a/bieu.xlsx [Trang ẩn]: trang tính đang ẩn; vẫn được đọc như các trang khác",
        remedy: "Bỏ ẩn trang nếu đó là số liệu báo cáo; xóa trang nếu không dùng nữa.",
    }
    /// Figures are in hidden rows or columns; they were still read.
    CellsHidden = "cells-hidden", Note {
        title: "Số liệu nằm trong dòng hoặc cột ẩn",
        explanation: "Dòng hoặc cột bị ẩn vẫn được đọc như các dòng, cột khác, nên số cũ còn sót ở đó cũng vào báo cáo.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] D4: 2 số liệu nằm trong dòng hoặc cột đang ẩn; vẫn được đọc như các ô khác",
        remedy: "Bỏ ẩn dòng, cột để kiểm tra; xóa những số không dùng nữa.",
    }
    /// The texts of a sheet were encoded in TCVN3 and were converted to Unicode.
    TextConverted = "text-converted", Note {
        title: "Trang tính gõ bằng phông chữ cũ (TCVN3)",
        explanation: "Chữ trong trang được gõ bằng phông .VnTime theo bảng mã TCVN3. Chương trình đã chuyển sang Unicode để đọc; nội dung gốc vẫn được giữ trong nguồn số liệu.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu]: chữ gõ bằng bảng mã TCVN3 (phông .VnTime) đã được chuyển sang Unicode: \"ChØ tiªu\" → \"Chỉ tiêu\"; \"§¬n vÞ tÝnh\" → \"Đơn vị tính\"; \"KÕ ho¹ch n¨m\" → \"Kế hoạch năm\"",
        remedy: "Kiểm tra các ví dụ chuyển mã. Nếu đúng thì không cần làm gì; kỳ sau nên gõ bằng phông Unicode như Times New Roman.",
    }
    /// A column with numbers has a heading that matches no known measure.
    ColumnUnknown = "column-unknown", Warning {
        title: "Không rõ cột là số liệu gì",
        explanation: "Cột có số nhưng tiêu đề không cho biết đó là kế hoạch, thực hiện hay cùng kỳ, hoặc trùng loại với một cột khác. Số liệu trong cột không được đọc.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] F1: cột \"Số khác\" có số nhưng tiêu đề không cho biết là số liệu gì; cột này không được đọc",
        remedy: "Ghi tiêu đề cột đúng như biểu mẫu, nêu rõ kế hoạch, thực hiện hoặc cùng kỳ năm trước. Nếu cách gọi này được dùng thường xuyên, đề nghị quản trị khai báo thêm.",
    }
    /// A row with numbers matches no indicator.
    RowUnknown = "row-unknown", Warning {
        title: "Dòng không khớp với chỉ tiêu nào",
        explanation: "Dòng có số nhưng tên dòng không giống tên chỉ tiêu nào của đơn vị, thường do gõ sai, viết tắt hoặc thêm dòng mới. Số liệu của dòng không được đọc.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] B5: dòng \"Đàn hươu\" có số nhưng không khớp với chỉ tiêu nào; dòng này không được đọc",
        remedy: "Ghi tên chỉ tiêu đúng như biểu mẫu. Nếu là tên gọi khác của cùng một chỉ tiêu, đề nghị quản trị thêm tên gọi này vào quy tắc.",
    }
    /// A row matches several indicators.
    RowAmbiguous = "row-ambiguous", Warning {
        title: "Dòng khớp với nhiều chỉ tiêu",
        explanation: "Tên dòng giống nhau ở nhiều chỉ tiêu (ví dụ \"Diện tích\" của nhiều loại cây) nên không biết số liệu là của chỉ tiêu nào. Chương trình không tự đoán và không đọc dòng này.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] B5: dòng \"Diện tích\" khớp với nhiều chỉ tiêu: crop.sown, forest.planted; dòng này không được đọc",
        remedy: "Ghi rõ dòng cấp trên, viết đầy đủ tên chỉ tiêu, hoặc thêm cột mã chỉ tiêu.",
    }
    /// A number was typed as text and was parsed.
    NumberAsText = "number-as-text", Note {
        title: "Số gõ dưới dạng văn bản",
        explanation: "Ô chứa số nhưng Excel coi là chữ, ví dụ vì gõ dấu nháy ở đầu hoặc chép từ Word. Chương trình đã hiểu và đọc được số này, nhưng công thức của Excel thì không tính nó.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\": ô \"120\" là số gõ dạng văn bản, đọc là 120",
        remedy: "Nhập lại ô ở dạng số. Nếu số đã đọc không đúng, sửa lại trong biểu.",
    }
    /// A cell should hold a number but its content cannot be parsed.
    NumberUnreadable = "number-unreadable", Warning {
        title: "Không đọc được số trong ô",
        explanation: "Ô phải là một số nhưng lại có chữ, dấu hỏi, nhiều số hoặc lỗi công thức. Số liệu của ô coi như chưa có.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] D3: \"Đàn trâu\": ô \"khoảng 130?\" không phải là số; số liệu coi như chưa có",
        remedy: "Nhập lại một số duy nhất vào ô; chuyển phần giải thích sang cột Ghi chú. Nếu chưa có số liệu thì để ô trống.",
    }
    /// The unit of a row differs from the unit of its indicator and cannot be converted.
    UnitMismatch = "unit-mismatch", Warning {
        title: "Đơn vị tính không khớp",
        explanation: "Đơn vị tính trong biểu khác hẳn đơn vị tính của chỉ tiêu, không thể quy đổi (ví dụ \"hộ\" và \"người\"). Số liệu không được đọc để tránh sai.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] C3: \"Đàn trâu\": đơn vị tính trong biểu là \"hộ\", của chỉ tiêu là \"con\"; số liệu không được đọc",
        remedy: "Sửa đơn vị tính trong biểu cho đúng biểu mẫu, hoặc kiểm tra xem số liệu có đặt nhầm dòng không.",
    }
    /// An amount was converted to the scale of its indicator.
    UnitConverted = "unit-converted", Note {
        title: "Đã quy đổi đơn vị tính",
        explanation: "Biểu ghi số liệu theo bội số khác (ví dụ triệu đồng thay cho tỷ đồng) và chương trình đã quy đổi chính xác sang đơn vị của chỉ tiêu.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] D3: \"Đàn trâu\": đã đổi từ \"nghìn con\" sang \"con\"",
        remedy: "Không phải làm gì nếu đơn vị tính trong biểu đúng; nếu ghi nhầm thì sửa đơn vị tính trong biểu.",
    }
    /// A figure is off its comparables by a factor of a thousand or a million.
    ScaleSuspected = "scale-suspected", Warning {
        title: "Số có thể nhập sai đơn vị tính",
        explanation: "Sau khi quy đổi đơn vị tính, số này gấp hoặc kém khoảng một nghìn lần, một triệu lần so với kế hoạch, cùng kỳ hoặc so với tổng và các phần, thường do nhập đồng vào ô triệu đồng. Số vẫn được dùng như đã nhập. Các ngưỡng nghi ngờ ở mục [scale] trong tonghop.toml.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng thu\" (thực hiện): 168.000.000 triệu đồng, gấp khoảng 1.000.000 lần kế hoạch annual 180 triệu đồng (D2), cùng kỳ năm trước 150 triệu đồng (F2); có thể nhập sai đơn vị tính",
        remedy: "Kiểm tra ô được nêu. Nếu nhập nhầm thì nhập lại theo đơn vị tính của biểu, hoặc ghi đúng đơn vị tính ở dòng đó; nếu số đúng thì không phải làm gì.",
    }
    /// Two cells give the same measure of the same indicator.
    CellRepeated = "cell-repeated", Warning {
        title: "Hai ô cho cùng một chỉ tiêu hai số khác nhau",
        explanation: "Cùng một chỉ tiêu có số liệu ở hai nơi và hai số khác nhau. Chương trình dùng số gặp trước, số gặp sau không được dùng.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\" (thực hiện) có hai số khác nhau: 120 con và 121 con; dùng số thứ nhất",
        remedy: "Đối chiếu hai ô được nêu, giữ số đúng và xóa số kia; thống nhất mỗi chỉ tiêu do một đơn vị báo cáo.",
    }
    /// The office replaced a figure with a line of dieu-chinh.csv.
    FigureCorrected = "figure-corrected", Note {
        title: "Số liệu do văn phòng điều chỉnh",
        explanation: "Văn phòng đã thay số của đơn vị bằng một dòng trong tệp workbooks/dieu-chinh.csv. Báo cáo dùng số điều chỉnh và ghi rõ người điều chỉnh, lý do.",
        example: "workbooks/dieu-chinh.csv [] C2: herd.total.target.annual: văn phòng điều chỉnh thành 190 (trước đó là 180); người điều chỉnh: Văn phòng; lý do: Giao bổ sung",
        remedy: "Không phải làm gì nếu điều chỉnh còn đúng; xóa dòng trong dieu-chinh.csv khi đơn vị đã gửi số đúng.",
    }
    /// A line of dieu-chinh.csv cannot be applied.
    CorrectionUnknown = "correction-unknown", Error {
        title: "Không áp dụng được một dòng điều chỉnh",
        explanation: "Một dòng của workbooks/dieu-chinh.csv gọi sai tên chỉ tiêu, sai loại số liệu, hoặc giá trị không phải là số. Dòng đó không có tác dụng; báo cáo vẫn dùng số của đơn vị.",
        example: "workbooks/dieu-chinh.csv [] A2: không có chỉ tiêu \"herd.totals\"",
        remedy: "Sửa ô được nêu trong dieu-chinh.csv: tên chỉ tiêu dạng ngành.chỉ_tiêu, loại số liệu như actual hoặc target.mã_kế_hoạch, giá trị là một số.",
    }
    /// No workbook gives an indicator.
    IndicatorMissing = "indicator-missing", Warning {
        title: "Chỉ tiêu chưa có số liệu",
        explanation: "Quy tắc có khai báo chỉ tiêu nhưng không biểu nào cho số thực hiện của chỉ tiêu đó. Câu văn cần số này sẽ ghi \"chưa có số liệu\" hoặc được lược bớt.",
        example: "plugins/herd.lua:4: Chăn nuôi: chưa có số liệu của \"Đàn bò\"",
        remedy: "Kiểm tra đơn vị đã gửi biểu chưa, và tên dòng trong biểu có khớp với tên chỉ tiêu trong quy tắc không.",
    }
    /// The file of accepted aliases cannot be read.
    AliasesUnreadable = "aliases-unreadable", Error {
        title: "Không đọc được tệp tên gọi",
        explanation: "Tệp plugins/aliases.toml viết sai nên mọi tên gọi trong tệp không được dùng. Dòng nào chỉ nhận ra nhờ tên gọi ở đó thì coi như không khớp với chỉ tiêu nào; các dòng khác vẫn được đọc.",
        example: "plugins/aliases.toml:1: không đọc được tệp tên gọi; mọi tên gọi trong tệp không được dùng: unclosed array table, expected `]`",
        remedy: "Quản trị sửa dòng được nêu. Mỗi tên gọi gồm ba dòng: [[alias]], indicator = \"ngành.chỉ_tiêu\", label = \"tên dòng trong biểu\".",
    }
    /// An accepted alias refers to no indicator, or is ambiguous.
    AliasUnusable = "alias-unusable", Warning {
        title: "Một tên gọi không dùng được",
        explanation: "Một mục trong plugins/aliases.toml gọi sai mã chỉ tiêu hoặc mã đơn vị, lặp lại một tên đã có, hoặc dùng tên của chỉ tiêu khác nên không biết dòng nào là của chỉ tiêu nào. Riêng mục đó không có tác dụng.",
        example: "plugins/aliases.toml:2: tên gọi này không được dùng: không có chỉ tiêu \"herd.goats\"",
        remedy: "Quản trị sửa mục được nêu trong plugins/aliases.toml cho đúng, hoặc xóa đi.",
    }
    /// A file under history/ is not a readable earlier run.
    HistoryUnusable = "history-unusable", Error {
        title: "Không dùng được tệp kỳ trước",
        explanation: "Trong thư mục history chỉ để các tệp tong-hop.xlsx của những kỳ trước. Tệp được nêu bị hỏng, không phải là tệp tong-hop.xlsx, không cho biết kỳ báo cáo, hoặc trùng kỳ với tệp khác, nên không được dùng để so sánh và điền số cùng kỳ.",
        example: "history/ghi-chep.xlsx: không dùng được tệp này làm số liệu kỳ trước: không có trang \"Nguồn số liệu\" như tong-hop.xlsx",
        remedy: "Chép lại tong-hop.xlsx của kỳ đó vào thư mục history (lệnh tonghop accept), hoặc chuyển tệp khác ra ngoài.",
    }
    /// The figure for last year differs from the one reported last year.
    LastYearDiffers = "last-year-differs", Warning {
        title: "Số cùng kỳ khác với số đã báo cáo năm trước",
        explanation: "Biểu năm nay ghi số cùng kỳ năm trước khác với số mà báo cáo năm trước đã dùng, quá mức làm tròn. Báo cáo dùng số trong biểu năm nay.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: \"Đàn trâu\": số cùng kỳ trong biểu là 119 con, báo cáo năm trước ghi 110 con",
        remedy: "Đối chiếu hai ô được nêu. Nếu số năm trước đã được điều chỉnh chính thức thì không phải làm gì; nếu không, sửa số cùng kỳ trong biểu.",
    }
    /// Indicators that had a row in the last accepted run no longer have one.
    RowGone = "row-gone", Warning {
        title: "Dòng của kỳ trước không còn",
        explanation: "Kỳ trước đơn vị có báo cáo những chỉ tiêu này, kỳ này không có dòng nào của chúng. Thường là dòng bị xóa, hoặc đổi tên đến mức không nhận ra được.",
        example: "workbooks/phong-a: 1 chỉ tiêu có dòng ở kỳ trước nay không còn: \"Đàn bò\"",
        remedy: "Hỏi đơn vị: nếu dòng bị sót thì bổ sung vào biểu; nếu đã đổi tên thì thêm tên mới vào plugins/aliases.toml.",
    }
    /// Rows have other labels than in the last accepted run.
    RowRenamed = "row-renamed", Note {
        title: "Dòng đổi tên so với kỳ trước",
        explanation: "Dòng của cùng một chỉ tiêu nay mang tên khác, hoặc một dòng chưa nhận ra có lẽ là dòng cũ đổi tên. Trang Biến động của tong-hop.xlsx liệt kê từng dòng.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 dòng đổi tên so với kỳ trước: \"Đàn trâu\" nay là \"Trâu\"",
        remedy: "Kiểm tra tên mới có còn là chỉ tiêu cũ không; không phải thì báo quản trị.",
    }
    /// Rows that match no indicator are new since the last accepted run.
    RowNew = "row-new", Note {
        title: "Dòng mới so với kỳ trước",
        explanation: "Dòng có số, không khớp với chỉ tiêu nào và kỳ trước cũng chưa có. Số liệu của dòng không được đọc.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 dòng mới so với kỳ trước, chưa thuộc chỉ tiêu nào: \"Đàn hươu\"",
        remedy: "Nếu là nội dung mới cần báo cáo, đề nghị quản trị khai báo chỉ tiêu; nếu không thì không phải làm gì.",
    }
    /// Rows are at other positions than in the last accepted run.
    RowMoved = "row-moved", Note {
        title: "Dòng đổi vị trí so với kỳ trước",
        explanation: "Dòng vẫn tên cũ nhưng đứng ở hàng khác hoặc trang khác so với kỳ trước. Chương trình nhận dòng theo tên nên số liệu vẫn được đọc.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 dòng đổi vị trí so với kỳ trước: \"Đàn bò\" từ hàng 4 sang hàng 5",
        remedy: "Không phải làm gì.",
    }
    /// A rule file cannot be loaded.
    PluginBroken = "plugin-broken", Error {
        title: "Tệp quy tắc không dùng được",
        explanation: "Tệp quy tắc sai cú pháp, gọi tên không có, hoặc khai báo thiếu. Ngành của tệp này không có trong báo cáo; các ngành khác không bị ảnh hưởng.",
        example: "plugins/plan.lua:3: tệp kết thúc khi còn thiếu dấu đóng (Expected 'end' (to close 'function' at line 2), got <eof>)",
        remedy: "Quản trị mở tệp ở dòng được nêu, sửa theo hướng dẫn kèm theo rồi chạy lại. Cán bộ nhập biểu không phải làm gì.",
    }
    /// A rule failed; its results are omitted.
    RuleFailed = "rule-failed", Error {
        title: "Quy tắc bị lỗi khi chạy",
        explanation: "Tệp quy tắc đọc được nhưng gặp lỗi khi tính hoặc khi viết câu. Phần kết quả của quy tắc đó bị bỏ ra ngoài báo cáo.",
        example: "plugins/herd.lua:5: mẫu câu gọi {totals}, nhưng không có \"totals\"",
        remedy: "Quản trị sửa tệp quy tắc ở dòng được nêu rồi chạy lại.",
    }
    /// A rule exceeded its time or memory limit.
    RuleLimit = "rule-limit", Error {
        title: "Quy tắc chạy quá lâu hoặc dùng quá nhiều bộ nhớ",
        explanation: "Quy tắc đã bị dừng để không làm treo cả báo cáo, thường do vòng lặp không có điểm kết thúc. Kết quả của quy tắc bị bỏ ra ngoài.",
        example: "plugins/herd.lua:5: quy tắc quá thời gian cho phép và đã bị dừng",
        remedy: "Quản trị kiểm tra vòng lặp ở dòng được nêu. Nếu quy tắc thật sự cần nhiều hơn, tăng giới hạn ở mục [limits] của tonghop.toml.",
    }
    /// A rule uses a deprecated function or field; it still runs.
    RuleDeprecated = "rule-deprecated", Warning {
        title: "Quy tắc dùng cách viết cũ",
        explanation: "Quy tắc gọi một hàm hoặc trường đã có cách viết mới. Kết quả vẫn đúng như trước, nhưng phiên bản sau của chương trình có thể không còn cách viết cũ.",
        example: "plugins/herd.lua:5: \"narrative\" là cách viết cũ từ api = 1; quy tắc vẫn chạy",
        remedy: "Quản trị sửa dòng được nêu theo cách viết mới trong hướng dẫn kèm theo.",
    }
    /// A template that was not reached would fail if it were.
    TemplateSuspect = "template-suspect", Warning {
        title: "Mẫu câu có lỗi nhưng chưa chạy tới",
        explanation: "Mẫu câu nằm ở nhánh mà kỳ này không chạy tới, ví dụ trong một if hoặc một hàm chưa được gọi, nên báo cáo kỳ này không bị ảnh hưởng. Khi chạy tới, quy tắc sẽ lỗi và ngành mất phần nội dung đó. Chương trình thử mọi mẫu câu viết sẵn mà không cần số liệu.",
        example: "plugins/herd.lua:6: mẫu câu này chưa chạy tới nhưng có lỗi: mẫu câu gọi {catle}, nhưng không có \"catle\"",
        remedy: "Quản trị sửa mẫu câu ở dòng được nêu theo gợi ý kèm theo.",
    }
    /// A name in a rule shadows another name that is used later.
    NameShadowed = "name-shadowed", Warning {
        title: "Một tên trong quy tắc che mất tên khác",
        explanation: "Biến của quy tắc trùng tên với một hàm của chương trình, nên gọi hàm ấy sẽ không được; hoặc trùng tên với chỉ tiêu mà mẫu câu gọi, nên mẫu câu in chỉ tiêu chứ không in biến.",
        example: "plugins/herd.lua:6: {cattle} trong mẫu câu là \"cattle\" của ngành, không phải biến cattle ở dòng 6",
        remedy: "Quản trị đổi tên biến, hoặc đưa biến vào mẫu câu bằng bảng đi kèm: { tên = tên }.",
    }
    /// Departments must fill an indicator or a topic that no rule reads.
    IndicatorUnused = "indicator-unused", Note {
        title: "Chỉ tiêu không quy tắc nào dùng tới",
        explanation: "Đơn vị phải điền chỉ tiêu hoặc phần lời này nhưng không câu, bảng, phép tính, ngưỡng, phép đối chiếu, biểu đồ hay ngành nào dùng tới. Số liệu vẫn có trong tong-hop.xlsx nhưng không vào báo cáo.",
        example: "plugins/herd.lua:4: đơn vị phải điền \"Đàn dê\" (goats), nhưng không quy tắc nào dùng tới",
        remedy: "Quản trị đưa chỉ tiêu vào một câu hoặc bảng; nếu không cần nữa thì xóa khỏi khai báo để đơn vị khỏi phải điền.",
    }
    /// A rule line read figures, but there was no figure in the whole period.
    RuleIdle = "rule-idle", Note {
        title: "Dòng quy tắc không đọc được số liệu nào",
        explanation: "Dòng này có chạy, nhưng trong cả kỳ không có số liệu nào để so sánh, xét ngưỡng, đối chiếu hay in ra, nên nó không có tác dụng mà không ai thấy. Ngưỡng không chỉ tiêu nào vi phạm thì không bị nêu, vì đó là điều bình thường của một kỳ.",
        example: "plugins/herd.lua:6: phép so sánh này luôn sai vì chưa có số liệu để so",
        remedy: "Quản trị kiểm tra tên chỉ tiêu, loại số liệu (kế hoạch, cùng kỳ) ở dòng được nêu; nếu chỉ do đơn vị chưa gửi biểu thì không phải làm gì.",
    }
    /// Sectors share a heading without a declared order.
    HeadingShared = "heading-shared", Note {
        title: "Nhiều ngành viết vào một đề mục, chưa nói thứ tự",
        explanation: "Hai ngành trở lên viết vào cùng một đề mục của báo cáo, nhưng mục sectors của đề mục đó trong tonghop.toml không kể đủ các ngành. Ngành không được kể in sau, theo thứ tự mã ngành, có thể không phải thứ tự cần in.",
        example: "plugins/pond.lua:1: nhiều ngành cùng viết vào đề mục I: \"herd\", \"pond\"; outline không nói thứ tự của các ngành này",
        remedy: "Quản trị ghi đủ các ngành vào sectors của đề mục trong tonghop.toml, theo thứ tự cần in; nếu ghi nhầm đề mục thì sửa section trong quy tắc.",
    }
    /// No rule writes under a heading of the outline.
    HeadingEmpty = "heading-empty", Note {
        title: "Đề mục không có nội dung",
        explanation: "Đề mục có trong outline của tonghop.toml nhưng không quy tắc nào viết vào đề mục đó hay đề mục con của nó, nên báo cáo không in đề mục này.",
        example: "tonghop.toml: outline: không quy tắc nào viết vào đề mục II (THỦY SẢN); báo cáo sẽ không in đề mục này",
        remedy: "Quản trị sửa section trong quy tắc hoặc khóa trong report.lua cho đúng đề mục; nếu không cần thì bỏ đề mục khỏi outline.",
    }
    /// The office's template for the Word report is unusable.
    TemplateUnusable = "template-unusable", Error {
        title: "Không dùng được mẫu báo cáo của văn phòng",
        explanation: "Tệp plugins/mau-bao-cao.docx bị hỏng, không phải là văn bản Word, hoặc có chỗ điền mà chương trình không biết. Báo cáo vẫn đủ nội dung nhưng theo mẫu có sẵn của chương trình.",
        example: "plugins/mau-bao-cao.docx: không dùng được mẫu báo cáo: tệp không phải là văn bản Word (.docx); báo cáo theo mẫu có sẵn của chương trình",
        remedy: "Mở mẫu bằng Word, sửa chỗ được nêu rồi lưu lại với kiểu \"Word Document (*.docx)\"; hoặc bỏ tệp mẫu nếu không cần.",
    }
    /// Two figures differ within rounding.
    CheckRounding = "check-rounding", Note {
        title: "Chênh lệch do làm tròn",
        explanation: "Hai số lẽ ra bằng nhau nhưng lệch một ít, không quá mức làm tròn số lẻ gây ra. Báo cáo dùng các số như đơn vị đã ghi.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: tổng số và cộng các thành phần: 168,3 tấn so với 168,2 tấn, chênh lệch 0,1 tấn (do làm tròn)",
        remedy: "Không phải làm gì. Nếu muốn hai số khớp nhau, nhập thêm chữ số thập phân trong biểu.",
    }
    /// Two figures contradict each other.
    CheckContradiction = "check-contradiction", Warning {
        title: "Hai số liệu mâu thuẫn",
        explanation: "Hai số phải bằng nhau, hoặc số này không được vượt số kia, nhưng biểu của đơn vị cho kết quả khác, quá mức làm tròn. Báo cáo vẫn dùng các số như đã ghi.",
        example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: tổng số và cộng các thành phần: 170 con so với 168 con, chênh lệch 2 con (mâu thuẫn)",
        remedy: "Đối chiếu các ô được nêu với đơn vị báo cáo và sửa ô chưa đúng. Nếu cả hai đều đúng, đề nghị quản trị xem lại quan hệ khai báo trong quy tắc.",
    }
    /// A number of the report has no source.
    NumberUntraced = "number-untraced", Error {
        title: "Số trong báo cáo không có nguồn",
        explanation: "Trong báo cáo có một số không lấy từ ô nào, không do phép tính nào cho ra và không phải câu chữ cố định. Không thể trả lời số ấy từ đâu ra, nên coi là lỗi.",
        example: "tonghop.toml: mục I: số \"2\" trong \" và 2 \" không có nguồn",
        remedy: "Quản trị sửa quy tắc: lấy số từ chỉ tiêu, hoặc viết trong {=…} nếu là câu chữ cố định như số hiệu văn bản.",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn codes_are_unique() {
        let names: BTreeSet<_> = CODES.iter().map(|c| c.as_str()).collect();
        assert_eq!(names.len(), CODES.len());
    }

    #[test]
    fn explanations_are_complete() {
        let languages = [Language::Vietnamese, Language::English];
        let titles: BTreeSet<_> =
            languages.iter().flat_map(|l| CODES.iter().map(|c| c.explanation(*l).title)).collect();
        assert_eq!(titles.len(), languages.len() * CODES.len());
        for (code, language) in CODES.iter().flat_map(|code| languages.map(|language| (code, language))) {
            let Explanation { title, explanation, example, remedy } = code.explanation(language);
            assert!(!title.is_empty() && !title.ends_with('.'), "{}", code.as_str());
            assert!(explanation.ends_with('.') && remedy.ends_with('.'), "{}", code.as_str());
            assert!(example.contains(": "), "{}", code.as_str());
        }
    }
}
