//! The table of all kinds of problems: one entry has everything that is known about a kind.
//!
//! Output: [`Code`], [`CODES`] and the entry of each code. Not here: the message of one problem, which the code that
//! raises it writes.

use super::{Audience, Entry, Explanation, Severity};
use serde::{Deserialize, Serialize};

/// Defines the codes. An entry is `Name = "code", Severity for Audience` with the properties that hold (fields of
/// [`Entry`]), the explanation in both languages and, if the hints are for the office, the advice for departments.
macro_rules! catalogue {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $severity:ident for $audience:ident $(, $property:ident)* {
        vietnamese { $($vietnamese:ident: $vietnamese_text:literal,)+ }
        english { $($english:ident: $english_text:literal,)+ }
        $(advice: $advice:literal,)?
    })+) => {
        /// A kind of problem.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Code {
            $($(#[doc = $doc])+ $name,)+
        }

        /// All kinds of problems, in the order of the pipeline.
        pub const CODES: &[Code] = &[$(Code::$name,)+];

        impl Code {
            pub(super) fn entry(self) -> &'static Entry {
                match self { $(Self::$name => {
                    const ENTRY: Entry = Entry {
                        code: $code,
                        severity: Severity::$severity,
                        audience: Audience::$audience,
                        $($property: true,)*
                        vietnamese: Explanation { $($vietnamese: $vietnamese_text,)+ },
                        english: Explanation { $($english: $english_text,)+ },
                        $(advice: Some($advice),)?
                        ..Entry::EMPTY
                    };
                    &ENTRY
                })+ }
            }
        }
    };
}

catalogue! {
    /// A file under workbooks/ has an unsupported type; or there is a link or a pipe anywhere in the project.
    FileKind = "file-kind", Error for Department {
        vietnamese {
            title: "Loại tệp chưa đọc được",
            details: "Chương trình chỉ đọc bảng tính .xlsx, .xlsm, .xls, .xlsb và .ods đặt trong thư mục của từng đơn vị. Tệp loại khác, hoặc tệp đặt ngoài thư mục của đơn vị, được bỏ qua nên số liệu trong đó không vào báo cáo. Liên kết (symlink) ở bất cứ thư mục nào của dự án cũng không được mở.",
            example: "workbooks/phong-a/ghi chép.docx: tệp này không phải là bảng tính",
            remedy: "Mở tệp bằng Excel, chọn Lưu thành (Save As) loại .xlsx vào thư mục của đơn vị, rồi chuyển tệp cũ ra ngoài thư mục workbooks. Thay liên kết bằng chính tệp mà nó trỏ tới.",
        }
        english {
            title: "A file type that cannot be read",
            details: "Only workbooks (.xlsx, .xlsm, .xls, .xlsb and .ods) in the folder of a department are read. A file of another type, or one outside these folders, is skipped, and its figures are not in the report. Links (symlinks) are not followed anywhere in the project.",
            example: "workbooks/phong-a/ghi chép.docx: this file is not a workbook",
            remedy: "Open the file in Excel, save it as .xlsx in the folder of the department, then move the old file out of workbooks. Replace a link with the file that it points to.",
        }
    }
    /// A setting refers to something that no rule declares.
    SettingUnknown = "setting-unknown", Warning for Administrator {
        vietnamese {
            title: "Thiết lập gọi tên một chỉ tiêu không có",
            details: "Trong tonghop.toml có một mục nhắc đến chỉ tiêu mà không tệp quy tắc nào khai báo, thường do gõ sai tên hoặc do chỉ tiêu đã đổi tên. Mục đó không có tác dụng.",
            example: "tonghop.toml: charts: không có chỉ tiêu \"herd.goats\"",
            remedy: "Sửa tên trong tonghop.toml cho đúng dạng ngành.chỉ_tiêu như trong tệp quy tắc, hoặc xóa mục không dùng.",
        }
        english {
            title: "A setting names an unknown indicator",
            details: "An entry of tonghop.toml names an indicator that no rule file declares, usually because of a typing error or because the indicator was renamed. The entry has no effect.",
            example: "tonghop.toml: charts: there is no indicator \"herd.goats\"",
            remedy: "Correct the name in tonghop.toml (sector.indicator, as in the rule file), or remove the entry.",
        }
    }
    /// A folder under workbooks/ is not a department of tonghop.toml.
    DepartmentUnknown = "department-unknown", Error for Department {
        vietnamese {
            title: "Thư mục không thuộc đơn vị nào",
            details: "Mỗi thư mục trong workbooks phải mang mã của một đơn vị đã khai báo trong tonghop.toml. Thư mục lạ không được đọc, vì không biết số liệu là của ai.",
            example: "workbooks/phong-c: thư mục \"phong-c\" không phải là đơn vị nào trong tonghop.toml; các tệp trong đó không được đọc",
            remedy: "Đổi tên thư mục cho đúng mã đơn vị; nếu là đơn vị mới, đề nghị quản trị khai báo trong tonghop.toml.",
        }
        english {
            title: "A folder belongs to no department",
            details: "Each folder in workbooks must be named by the code of a department that tonghop.toml declares. An unknown folder is not read, because it is not known whose figures it holds.",
            example: "workbooks/phong-c: the folder \"phong-c\" is not a department in tonghop.toml; the files in it were not read",
            remedy: "Rename the folder to the code of its department; if the department is new, ask the administrator to declare it in tonghop.toml.",
        }
    }
    /// A department of tonghop.toml sent no workbook.
    DepartmentMissing = "department-missing", Error for Department {
        vietnamese {
            title: "Đơn vị chưa gửi biểu",
            details: "Đơn vị có tên trong tonghop.toml nhưng thư mục của đơn vị không có tệp nào. Báo cáo vẫn được lập và ghi \"chưa có số liệu\" ở những chỗ cần số liệu của đơn vị này.",
            example: "workbooks/phong-b: Phòng B chưa gửi biểu nào",
            remedy: "Đôn đốc đơn vị gửi biểu, đặt tệp vào thư mục của đơn vị rồi chạy lại. Nếu kỳ này đơn vị không phải báo cáo, đề nghị quản trị bỏ đơn vị khỏi tonghop.toml.",
        }
        english {
            title: "A department has sent no workbook",
            details: "The department is listed in tonghop.toml but its folder has no file. The report is still written, and says \"chưa có số liệu\" (no data) where figures of this department are needed.",
            example: "workbooks/phong-b: Phòng B has sent no workbook",
            remedy: "Ask the department for its workbook, put the file into its folder and run again. If it has nothing to report this period, ask the administrator to remove it from tonghop.toml.",
        }
        advice: "Đề nghị đơn vị điền biểu mẫu và gửi văn phòng.",
    }
    /// A department's workbooks arrived after their due date.
    SubmissionLate = "submission-late", Warning for Department {
        vietnamese {
            title: "Đơn vị nộp biểu muộn",
            details: "Ngày nhận ghi trong workbooks/tiep-nhan.csv, hoặc ngày lưu lần cuối ghi trong chính tệp, sau hạn nộp của đơn vị trong tonghop.toml. Số liệu vẫn được đọc như bình thường.",
            example: "workbooks/phong-a: Phòng A nộp muộn: hạn nộp 10/9/2024, tệp lưu lần cuối ngày 13/9/2024",
            remedy: "Nhắc đơn vị nộp đúng hạn kỳ sau. Nếu đơn vị đã nộp trước hạn rồi mới mở và lưu lại tệp, ghi ngày nhận vào workbooks/tiep-nhan.csv.",
        }
        english {
            title: "A department submitted late",
            details: "The date of receipt in workbooks/tiep-nhan.csv, or the date on which the workbook itself says it was last saved, is after the department's due date in tonghop.toml. The figures are read as usual.",
            example: "workbooks/phong-a: Phòng A is late: due 10/9/2024, last saved 13/9/2024",
            remedy: "Remind the department to submit on time. If it did and the file was only saved again later, enter the date of receipt in workbooks/tiep-nhan.csv.",
        }
        advice: "Đề nghị gửi đúng hạn ở kỳ sau; nếu đơn vị đã gửi trước hạn, đề nghị báo văn phòng.",
    }
    /// The office's register of submissions, or a line of it, is unusable.
    RegisterUnusable = "register-unusable", Warning for Office {
        vietnamese {
            title: "Không dùng được sổ tiếp nhận",
            details: "Tệp workbooks/tiep-nhan.csv ghi đơn vị và ngày nhận, mỗi dòng một đơn vị. Dòng sai hoặc tên đơn vị lạ thì không biết đơn vị nào nộp ngày nào; chương trình dùng ngày lưu ghi trong tệp của đơn vị.",
            example: "workbooks/tiep-nhan.csv: dòng 2: \"phong-x\" không phải là đơn vị nào trong tonghop.toml; dòng này không được dùng",
            remedy: "Mở tệp bằng Excel, sửa dòng được nêu (cột 1: mã hoặc tên đơn vị, cột 2: ngày/tháng/năm), rồi lưu lại dạng CSV UTF-8.",
        }
        english {
            title: "The register of submissions cannot be used",
            details: "Each line of workbooks/tiep-nhan.csv gives a department and its date of receipt. If a line is wrong or its department is unknown, it cannot be used; the date on which the department's workbook was saved is used instead.",
            example: "workbooks/tiep-nhan.csv: line 2: \"phong-x\" is not a department in tonghop.toml; the line is not used",
            remedy: "Open the file in Excel, correct the line (column 1: code or name of the department, column 2: day/month/year) and save it as CSV UTF-8.",
        }
    }
    /// A workbook cannot be read.
    WorkbookUnreadable = "workbook-unreadable", Error for Department, is_loss, is_transient {
        vietnamese {
            title: "Không mở được tệp bảng tính",
            details: "Tệp bị hỏng, có mật khẩu, chép chưa xong, hoặc không thật sự là tệp Excel dù mang đuôi .xlsx. Riêng tệp này bị bỏ qua; các tệp khác vẫn được đọc.",
            example: "workbooks/phong-a/ghi-chep.xlsx: không đọc được tệp này: nội dung tệp không phải là bảng tính Excel hay LibreOffice",
            remedy: "Mở thử tệp bằng Excel. Nếu mở được thì bỏ mật khẩu và lưu lại thành .xlsx; nếu không thì xin đơn vị gửi lại tệp.",
        }
        english {
            title: "A workbook cannot be opened",
            details: "The file is damaged, protected by a password, incompletely copied, or not an Excel file in spite of its name. Only this file is skipped; the others are read.",
            example: "workbooks/phong-a/ghi-chep.xlsx: this file cannot be read: the content of the file is not a workbook of Excel or LibreOffice",
            remedy: "Try to open the file in Excel. If it opens, remove the password and save it as .xlsx; otherwise ask the department to send it again.",
        }
    }
    /// A workbook belongs to another department, according to its form or its rows. It is not read.
    DepartmentMismatch = "department-mismatch", Error for Department, is_loss {
        vietnamese {
            title: "Biểu của đơn vị khác",
            details: "Tệp nằm trong thư mục của một đơn vị nhưng phần đầu biểu ghi tên đơn vị khác, hoặc các dòng là chỉ tiêu của đơn vị khác, thường do đặt nhầm thư mục. Cả tệp không được đọc, vì số liệu sẽ bị ghi cho sai đơn vị.",
            example: "workbooks/phong-a/nham.xlsx [Biểu] A1: biểu ghi đơn vị gửi là \"PHÒNG B\" nhưng tệp nằm trong thư mục của Phòng A; tệp này không được đọc",
            remedy: "Chuyển tệp sang đúng thư mục của đơn vị gửi. Nếu biểu đúng là của đơn vị này, ghi \"Đơn vị báo cáo:\" và tên đơn vị ở đầu biểu.",
        }
        english {
            title: "A form of another department",
            details: "The file is in the folder of one department, but its title names another department or its rows are indicators of another, usually because it was put into the wrong folder. The whole file is not read, because its figures would be attributed to the wrong department.",
            example: "workbooks/phong-a/nham.xlsx [Biểu] A1: the form says that it is from \"PHÒNG B\", but the file is in the folder of Phòng A; this file is not read",
            remedy: "Move the file to the folder of the department that sent it. If the form belongs to this department, write \"Đơn vị báo cáo:\" and the name of the department at its top.",
        }
    }
    /// A workbook states a different period than the report's, and nowhere the report's. It is not read.
    PeriodMismatch = "period-mismatch", Error for Department, is_loss {
        vietnamese {
            title: "Biểu của kỳ báo cáo khác",
            details: "Phần đầu biểu hoặc tiêu đề cột chỉ ghi kỳ báo cáo khác với kỳ trong tonghop.toml, thường do gửi lại tệp kỳ trước. Cả tệp không được đọc, vì số liệu cũ sẽ vào báo cáo như số liệu kỳ này.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] A1: biểu ghi \"Kỳ báo cáo: 9 tháng năm 2023\", không phải kỳ báo cáo 9 tháng đầu năm 2024; tệp này không được đọc",
            remedy: "Gửi biểu của kỳ này. Nếu số liệu đúng là của kỳ này thì sửa dòng ghi kỳ báo cáo; nếu là số liệu để so sánh thì ghi rõ \"cùng kỳ\" trong tiêu đề.",
        }
        english {
            title: "A form of another period",
            details: "The title or the headings name only a period other than the one in tonghop.toml, usually because an old file was sent again. The whole file is not read, because old figures would enter the report as figures for this period.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] A1: the form says \"Kỳ báo cáo: 9 tháng năm 2023\", which is not the reporting period \"9 tháng đầu năm 2024\"; this file is not read",
            remedy: "Send the form for this period. If the figures are for this period, correct the line that says otherwise; if they are for comparison, write \"cùng kỳ\" in the heading.",
        }
    }
    /// A form contradicts itself about its department or period; its folder and its other lines decide.
    IdentityDoubtful = "identity-doubtful", Warning for Department {
        vietnamese {
            title: "Biểu ghi hai đơn vị hoặc hai kỳ báo cáo",
            details: "Một dòng của biểu ghi đơn vị hoặc kỳ báo cáo khác, nhưng các phần còn lại đúng là của đơn vị và kỳ này, thường do sửa từ tệp cũ mà quên một dòng hay một trang. Ở trang ghi kỳ báo cáo khác, chỉ cột tự ghi kỳ báo cáo này được đọc; số liệu khác của trang có thể là số liệu cũ.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] A2: dòng này ghi \"Kỳ báo cáo: 6 tháng năm 2024\" trong khi kỳ báo cáo là 9 tháng đầu năm 2024; cột không tự ghi kỳ báo cáo ở trang này không được đọc",
            remedy: "Mở trang được nêu và kiểm tra số liệu. Nếu số liệu là của kỳ này thì sửa dòng ghi sai; nếu còn là số liệu cũ thì nhập lại hoặc xóa trang.",
        }
        english {
            title: "A form names two departments or two periods",
            details: "A line of the form names another department or period, but the rest belongs to this one, usually because a line or a sheet of an old file was overlooked. On a sheet of another period, only columns that name the reporting period themselves are read; the other figures of the sheet may be old.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] A2: this line says \"Kỳ báo cáo: 6 tháng năm 2024\", but the reporting period is \"9 tháng đầu năm 2024\"; columns of this sheet that do not name the period themselves were not read",
            remedy: "Open the sheet and check its figures. If they are for this period, correct the line; if they are old, enter the new ones or delete the sheet.",
        }
    }
    /// A folder holds an answer or a result of this program; it is no data.
    OwnProduct = "own-product", Note for Department {
        vietnamese {
            title: "Tệp do chương trình lập, không phải số liệu",
            details: "Tệp phản hồi và bảng tổng hợp mang dấu của chương trình trong thuộc tính của tệp. Khi nằm trong thư mục của đơn vị, tệp không được đọc và không tính là đơn vị đã gửi. Biểu mẫu do chương trình lập rồi đơn vị điền thì vẫn là số liệu.",
            example: "workbooks/phong-a/phan-hoi.xlsx: đây là tệp phản hồi của văn phòng, không phải số liệu của đơn vị; tệp này không được đọc",
            remedy: "Xóa tệp khỏi thư mục của đơn vị. Nếu đơn vị đã sửa số trong tệp phản hồi, đề nghị sửa trong tệp của đơn vị rồi gửi lại.",
        }
        english {
            title: "A file that the program made is no data",
            details: "Feedback and the consolidated workbook carry a mark of the program in the properties of the file. In the folder of a department they are not read and do not count as its submission. A form that the program made and the department filled in is data.",
            example: "workbooks/phong-a/phan-hoi.xlsx: this is the feedback of the office, not data of the department; it was not read",
            remedy: "Remove the file from the folder of the department. If the department corrected numbers in the feedback, ask it to correct them in its own file and to send that again.",
        }
        advice: "Nếu đơn vị đã sửa số trong tệp phản hồi, đề nghị sửa trong tệp của đơn vị rồi gửi tệp ấy; nếu chưa thì không phải làm gì.",
    }
    /// The format of a workbook has no checksums, so that damage to it may not be noticed.
    WorkbookUnproven = "workbook-unproven", Note for Department {
        vietnamese {
            title: "Tệp .xls không có mã kiểm",
            details: "Tệp .xlsx, .xlsb và .ods có mã kiểm nên tệp hỏng khi chép luôn bị phát hiện. Loại .xls cũ không có, nên một số có thể bị đổi mà không nhận ra được. Chương trình đối chiếu các bản ghi của tệp với nhau và tính lại các công thức cộng, trừ, nhân, chia; ngoài ra các số được đọc như ghi trong tệp.",
            example: "workbooks/phong-a/bieu.xls: tệp .xls không có mã kiểm, nên nếu tệp bị hỏng khi chép thì không nhận ra được; các số được đọc như ghi trong tệp",
            remedy: "Đối chiếu vài số với bản gốc. Lần sau lưu thành loại Excel Workbook (.xlsx).",
        }
        english {
            title: "A .xls file has no checksums",
            details: "The files .xlsx, .xlsb and .ods have checksums, so that damage on the way is always found. The old .xls has none, and a number can change without being noticed. The records of the file are compared with each other, and formulas of simple arithmetic are calculated again; beyond that the numbers are read as they are in the file.",
            example: "workbooks/phong-a/bieu.xls: a .xls file has no checksums, so damage to it may not be noticed; the numbers are read as they are in the file",
            remedy: "Compare some numbers with the original. Next time save the file as an Excel Workbook (.xlsx).",
        }
    }
    /// Cells of a workbook without checksums contradict each other.
    WorkbookDoubtful = "workbook-doubtful", Warning for Department {
        vietnamese {
            title: "Tệp .xls có ô mâu thuẫn với phần còn lại",
            details: "Tệp .xls không có mã kiểm, nên chương trình đối chiếu các bản ghi của tệp với nhau và tính lại các công thức cộng, trừ, nhân, chia và SUM. Ở các ô được nêu, bản ghi sai loại, sai chỗ hay ghi hai lần, hoặc kết quả lưu trong tệp khác với kết quả tính từ chính các ô của công thức. Có thể tệp đã hỏng khi chép, hoặc công thức chưa được tính lại sau khi sửa số. Ô có bản ghi sai coi như chưa có số liệu; các số khác được đọc như ghi trong tệp.",
            example: "workbooks/phong-a/bieu.xls [Biểu] D2: 1 ô mâu thuẫn với phần còn lại của tệp: bản ghi sai, hoặc kết quả không khớp với các ô của công thức; tệp .xls không có mã kiểm nên các số khác cũng có thể đã hỏng khi chép",
            remedy: "Mở tệp bằng Excel, bấm Ctrl+Alt+F9 để tính lại, đối chiếu các số với bản gốc, rồi lưu thành loại Excel Workbook (.xlsx) và gửi lại.",
        }
        english {
            title: "Cells of a .xls file contradict the rest of it",
            details: "A .xls file has no checksums, so its records are compared with each other, and formulas of simple arithmetic and SUM are calculated again. At the cells named here a record is of a wrong kind, out of place or there twice, or the result saved in the file is not what the cells of the formula give. The file may have been damaged on the way, or a formula was not recalculated after a change. A cell with a wrong record is treated as no data; the other numbers are read as they are in the file.",
            example: "workbooks/phong-a/bieu.xls [Biểu] D2: 1 cell contradicts the rest of the file: a wrong record, or a result that the cells of the formula do not give; a .xls file has no checksums, so other numbers may be damaged too",
            remedy: "Open the file in Excel, press Ctrl+Alt+F9 to recalculate, compare the numbers with the original, then save it as an Excel Workbook (.xlsx) and send it again.",
        }
    }
    /// A department sent the same workbook twice; one copy is used.
    WorkbookRepeated = "workbook-repeated", Warning for Department {
        vietnamese {
            title: "Gửi hai lần cùng một nội dung",
            details: "Hai tệp của một đơn vị có nội dung giống nhau. Chỉ một tệp được dùng, để câu và tên không bị lặp lại trong báo cáo.",
            example: "workbooks/phong-a/bieu (2).xlsx: nội dung giống hệt tệp workbooks/phong-a/bieu.xlsx; chỉ đọc tệp workbooks/phong-a/bieu.xlsx",
            remedy: "Xóa một trong hai tệp.",
        }
        english {
            title: "The same content was sent twice",
            details: "Two files of a department have the same content. Only one of them is used, so that no sentence or name appears twice in the report.",
            example: "workbooks/phong-a/bieu (2).xlsx: the content is the same as that of workbooks/phong-a/bieu.xlsx; only workbooks/phong-a/bieu.xlsx is read",
            remedy: "Delete one of the files.",
        }
    }
    /// A department sent two versions of a form; one is used, according to tonghop.toml.
    FormRepeated = "form-repeated", Warning for Department {
        vietnamese {
            title: "Hai tệp cho cùng một biểu",
            details: "Hai tệp của một đơn vị cho số liệu của cùng các chỉ tiêu, nhưng có chỗ khác nhau. Vì tonghop.toml ghi [duplicates] keep, chương trình dùng tệp lưu sau cùng (newest) hoặc tệp đứng trước theo tên (first), và bỏ cả tệp kia.",
            example: "workbooks/phong-a/gui-lai.xlsx: cùng một biểu với tệp workbooks/phong-a/bieu.xlsx: 6 số liệu, nội dung chung, 1 chỗ khác nhau; dùng tệp kia (ngày lưu: 13/09/2024 08:00 UTC), không dùng tệp này (ngày lưu: 13/09/2024 08:00 UTC)",
            remedy: "Hỏi đơn vị tệp nào đúng, giữ tệp đó trong thư mục và chuyển tệp kia đi nơi khác.",
        }
        english {
            title: "Two files for one form",
            details: "Two files of a department give figures of the same indicators and differ somewhere. [duplicates] keep in tonghop.toml decides which one is used: the one that was saved last (newest) or the first by name (first). The other one is ignored entirely.",
            example: "workbooks/phong-a/gui-lai.xlsx: the same form as workbooks/phong-a/bieu.xlsx: 6 figures and texts in common, 1 of which differ; that file is used (saved: 13/09/2024 08:00 UTC), not this one (saved: 13/09/2024 08:00 UTC)",
            remedy: "Ask the department which one is right, keep it in the folder and move the other one away.",
        }
        advice: "Đề nghị chỉ giữ tệp đúng và báo văn phòng tệp nào không dùng.",
    }
    /// Forms with the same figures disagree and nothing decides between them; none is used.
    FormContested = "form-contested", Error for Department, is_loss {
        vietnamese {
            title: "Các biểu giống nhau có số khác nhau, chưa chọn",
            details: "Hai tệp, hai trang hoặc hai bảng cho số liệu của cùng các chỉ tiêu, nhưng có chỗ khác nhau: hai lần gửi của một biểu, hoặc biểu của hai nơi. Chương trình không tự chọn và không lấy biểu của một nơi làm số chung. Không biểu nào được dùng cho đến khi chỉ còn một biểu, các nơi được khai báo trong [members], hoặc [duplicates] keep trong tonghop.toml chọn giữa hai tệp.",
            example: "workbooks/phong-a/gui-lai.xlsx: cùng một biểu với tệp workbooks/phong-a/bieu.xlsx: 6 số liệu, nội dung chung, 1 chỗ khác nhau (\"Đàn trâu\" 119 con và 120 con); không tệp nào được dùng",
            remedy: "Nếu là hai lần gửi: hỏi đơn vị biểu nào đúng, giữ biểu đó, bỏ biểu kia rồi chạy lại. Nếu mỗi biểu là của một nơi: khai báo các nơi trong [members] của tonghop.toml.",
        }
        english {
            title: "Like forms have different numbers, none chosen",
            details: "Two files, sheets or tables give figures of the same indicators and differ somewhere: they are two versions of a form, or the forms of two places. The program does not choose, and does not take the form of one place for the whole. None is used until only one is left, the places are declared in [members], or [duplicates] keep in tonghop.toml chooses between two files.",
            example: "workbooks/phong-a/gui-lai.xlsx: the same form as workbooks/phong-a/bieu.xlsx: 6 figures and texts in common, 1 of which differ (\"Đàn trâu\" 119 con and 120 con); neither file is used",
            remedy: "If they are two versions: ask the department which one is right, keep it, remove the other one and run again. If each form is that of a place: declare the places in [members] of tonghop.toml.",
        }
        advice: "Đề nghị báo văn phòng biểu nào đúng; trước khi có trả lời, không biểu nào được dùng.",
    }
    /// A form of an indicator by members names no member, or several; it is not used.
    MemberUnknown = "member-unknown", Error for Department, is_loss {
        vietnamese {
            title: "Không rõ biểu của nơi nào",
            details: "Chỉ tiêu có số riêng của từng nơi khai báo ở [members] trong tonghop.toml, nhưng tiêu đề biểu, tên trang, tên tệp không ghi nơi nào, ghi nhiều nơi, hoặc các dòng là của một nơi chưa khai báo. Số của một nơi không được lấy làm số chung, nên không số nào của biểu được dùng.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: trang \"Biểu\" không cho biết là biểu của nơi nào trong [members]; 2 số liệu không được dùng",
            remedy: "Ghi tên đúng một nơi trong tiêu đề biểu, tên trang hoặc tên tệp; bỏ tên nơi khác.",
        }
        english {
            title: "It is not clear whose form it is",
            details: "An indicator has a figure of each member declared in [members] of tonghop.toml, but the title, the sheet name and the file name name no member or several, or the rows are of a place that is not declared. The figure of one place is not taken for the whole, so none of the form is used.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: the sheet \"Biểu\" does not say which member of [members] it is from; 2 figures are not used",
            remedy: "Write the name of exactly one member in the title, the sheet name or the file name, and remove other names.",
        }
        advice: "Đề nghị ghi rõ biểu của nơi nào.",
    }
    /// A sheet with numbers has no table that matches the rules.
    SheetUnknown = "sheet-unknown", Error for Department, depends_on_rules {
        vietnamese {
            title: "Trang tính không khớp với biểu nào",
            details: "Trang tính có nội dung nhưng không dòng nào được nhận ra. Thông báo nêu bước đầu tiên không qua và ô: (1) có dòng tiêu đề, ít nhất một cột tên chỉ tiêu và một cột khác; (2) có cột cho biết số liệu là gì; (3) có dòng khớp với chỉ tiêu; (4) chỉ tiêu là của đơn vị gửi. Cả trang không được đọc.",
            example: "workbooks/phong-a/bieu.xlsx [Học sinh]: không tìm thấy dòng tiêu đề của số ở ô A2: dòng gần nhất chỉ hiểu \"STT\" (A1), không hiểu \"Cơ sở\" (B1), \"Số lớp\" (C1); trang này không được đọc",
            remedy: "Sửa ô được nêu cho giống biểu mẫu. tonghop read TỆP cho thấy từng bảng, tiêu đề, dòng và ô được hiểu thế nào. Nếu trang chỉ là bảng tính nháp, hãy xóa khỏi tệp trước khi gửi.",
        }
        english {
            title: "A sheet matches no form",
            details: "The sheet has content, but no row was recognised. The message names the first test that failed, with its cell: (1) there is a row of headings, at least a column of indicator names and another one; (2) a column says what its numbers are; (3) a row matches an indicator; (4) the indicators are those of the sender. The whole sheet is not read.",
            example: "workbooks/phong-a/bieu.xlsx [Học sinh]: no row of headings was found for the number in A2: in the nearest row only \"STT\" (A1) is understood, not \"Cơ sở\" (B1), \"Số lớp\" (C1); the sheet was not read",
            remedy: "Correct the named cell as in the form. tonghop read FILE shows how each table, heading, row and cell was understood. If the sheet is only a draft, delete it from the file before sending.",
        }
    }
    /// A sheet has a few words only: a cover, notes.
    SheetWithoutFigures = "sheet-without-figures", Note for Department {
        vietnamese {
            title: "Trang tính không có số liệu",
            details: "Trang tính chỉ có vài dòng chữ ngắn, không có số và không có mục phần lời của đơn vị: thường là bìa hoặc ghi chú. Trang không được đọc.",
            example: "workbooks/phong-a/bieu.xlsx [Bìa]: trang tính chỉ có chữ, bắt đầu ở ô \"BÁO CÁO\" (A1), và không có mục phần lời nào của đơn vị; trang này không được đọc",
            remedy: "Không phải làm gì nếu là bìa hoặc ghi chú. Nếu là lời cho báo cáo, ghi tên mục phần lời đúng như biểu mẫu ở dòng riêng, lời ở các dòng dưới.",
        }
        english {
            title: "A sheet has no figures",
            details: "The sheet has only a few short lines, no numbers and no topic of the department: usually a cover or notes. It is not read.",
            example: "workbooks/phong-a/bieu.xlsx [Bìa]: the sheet has only text, beginning in \"BÁO CÁO\" (A1), and no topic of the department; it was not read",
            remedy: "Nothing needs to be done for a cover or notes. If it is text for the report, write the topic exactly as in the form in a line of its own, and the text below it.",
        }
        advice: "Không phải sửa nếu là bìa hoặc ghi chú; nếu là lời cho báo cáo, đề nghị ghi tên mục phần lời như biểu mẫu ở dòng riêng.",
    }
    /// A sheet is hidden; it was still read.
    SheetHidden = "sheet-hidden", Warning for Department {
        vietnamese {
            title: "Trang tính đang bị ẩn",
            details: "Trang tính bị ẩn vẫn được đọc như các trang khác, nên số liệu cũ còn sót ở trang ẩn cũng vào báo cáo, nếu không có ô hiện nào cho cùng số liệu. Trang ẩn sâu (very hidden), mà Excel không cho thấy trong danh sách trang ẩn, không bao giờ được dùng.",
            example: "workbooks/phong-a/bieu.xlsx [Trang ẩn]: trang tính đang ẩn; vẫn được đọc như các trang khác",
            remedy: "Bỏ ẩn trang nếu đó là số liệu báo cáo; xóa trang nếu không dùng nữa.",
        }
        english {
            title: "A sheet is hidden",
            details: "A hidden sheet is read like the others, so old figures left in it also enter the report, unless a visible cell gives the same figure. A very hidden sheet, which Excel does not list among the hidden sheets, is never used.",
            example: "workbooks/phong-a/bieu.xlsx [Trang ẩn]: the sheet is hidden; it was read like the other sheets",
            remedy: "Unhide the sheet if it is part of the report; delete it if it is no longer used.",
        }
    }
    /// Figures are in hidden rows or columns or under merged cells; they were still read.
    CellsHidden = "cells-hidden", Warning for Department {
        vietnamese {
            title: "Số liệu nằm ở ô không nhìn thấy",
            details: "Dòng hoặc cột bị ẩn (kể cả do lọc, thu gọn nhóm, cao hoặc rộng bằng 0) và ô bị ô gộp che vẫn được đọc, nên số cũ còn sót ở đó cũng vào báo cáo, nếu không có ô hiện nào cho cùng số liệu.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] D4: 2 số liệu nằm trong dòng, cột đang ẩn hoặc bị ô gộp che; vẫn được đọc như các ô khác",
            remedy: "Bỏ ẩn dòng, cột, bỏ gộp ô để kiểm tra; xóa những số không dùng nữa.",
        }
        english {
            title: "Figures in cells that are not seen",
            details: "Hidden rows and columns (also by a filter, a collapsed group, or a height or width of 0) and cells under a merged one are read like the others, so old figures left in them also enter the report, unless a visible cell gives the same figure.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] D4: 2 figures in hidden rows or columns, or under merged cells; read like the other cells",
            remedy: "Unhide the rows and columns, unmerge the cells and check them; delete figures that are no longer used.",
        }
    }
    /// Numbers are results of formulas that refer to another workbook.
    ResultExternal = "result-external", Warning for Department {
        vietnamese {
            title: "Số liệu lấy từ tệp khác bằng công thức",
            details: "Công thức trong ô tham chiếu sang một tệp Excel khác. Tệp gửi chỉ giữ kết quả của lần tính gần nhất; không có gì cho biết tệp kia đã đổi hay chưa. Kết quả lưu trong tệp vẫn được dùng.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: 2 số liệu là kết quả của công thức lấy từ tệp khác; dùng kết quả lưu trong tệp, có thể đã cũ",
            remedy: "Mở cả hai tệp để Excel tính lại, kiểm tra số, rồi chép và dán giá trị (Paste Values) thay cho công thức.",
        }
        english {
            title: "Numbers taken from another workbook by formulas",
            details: "The formula of the cell refers to another Excel file. The file that was sent keeps only the result of the last calculation; nothing shows whether the other file has changed since. The saved result is used.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: 2 numbers taken from another workbook by formulas; the results saved in the file are used, which may be old",
            remedy: "Open both files so that Excel calculates again, check the numbers, then copy them and paste their values over the formulas.",
        }
    }
    /// Texts of a workbook, a rule file or a file of the office had control characters, which were removed.
    CharactersRemoved = "characters-removed", Warning for Department {
        vietnamese {
            title: "Ký tự không in ra đã được bỏ",
            details: "Trong ô, ghi chú của ô, tệp quy tắc hoặc tệp của văn phòng (tonghop.toml, các tệp CSV) có ký tự điều khiển (như NUL, ESC) hay ký tự đổi chiều chữ (U+202E và các ký tự cùng loại). Các ký tự này không in ra mà làm chữ, số quanh chúng hiện ra khác với nội dung thật, nên được bỏ trước khi đọc; phần còn lại giữ nguyên.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] B4: đã bỏ khỏi 1 ô các ký tự không in ra mà đổi được chữ quanh chúng: U+202E",
            remedy: "Đọc lại nội dung ô hoặc dòng được nêu; nếu không đúng thì gõ lại bằng bàn phím, không dán từ nơi khác.",
        }
        english {
            title: "Characters that are not printed were removed",
            details: "A cell, a comment of a cell, a rule file or a file of the office (tonghop.toml, the CSV files) has control characters (such as NUL or ESC) or characters that turn the direction of text (U+202E and its like). They are not printed, but make the text or the numbers around them look different from what they are. They are removed before reading; everything else stays.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] B4: characters that are not printed but can change the text around them were removed from 1 cell: U+202E",
            remedy: "Check the cell or line that is named; if it is not right, type it again with the keyboard instead of pasting.",
        }
        advice: "Đề nghị gõ lại nội dung ô được nêu bằng bàn phím, không dán từ nơi khác.",
    }
    /// Texts of a sheet were encoded in TCVN3 or VNI-Windows and were converted to Unicode.
    TextConverted = "text-converted", Note for Department {
        vietnamese {
            title: "Chữ gõ bằng phông cũ (TCVN3, VNI)",
            details: "Chữ trong trang hoặc trong một số ô được gõ theo bảng mã TCVN3 (phông .VnTime) hoặc VNI-Windows (phông VNI-Times). Chương trình đã chuyển sang Unicode để đọc; nội dung gốc vẫn được giữ trong nguồn số liệu. Chỉ chuyển khi chắc chắn: tiếng nước ngoài và mã hiệu giữ nguyên.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu]: chữ gõ bằng bảng mã TCVN3 (phông .VnTime) đã được chuyển sang Unicode: \"ChØ tiªu\" → \"Chỉ tiêu\"; \"§¬n vÞ tÝnh\" → \"Đơn vị tính\"; \"KÕ ho¹ch n¨m\" → \"Kế hoạch năm\"",
            remedy: "Kiểm tra các ví dụ chuyển mã. Nếu đúng thì không cần làm gì; kỳ sau nên gõ bằng phông Unicode như Times New Roman.",
        }
        english {
            title: "Texts were typed in an old font (TCVN3, VNI)",
            details: "The texts of the sheet, or of some of its cells, were typed in TCVN3 (fonts .VnTime) or VNI-Windows (fonts VNI-Times). They have been converted to Unicode; the sources of figures keep them as typed. Only what is certain is converted: other languages and codes stay.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu]: the text was typed in TCVN3 (font .VnTime) and has been converted to Unicode: \"ChØ tiªu\" → \"Chỉ tiêu\"; \"§¬n vÞ tÝnh\" → \"Đơn vị tính\"; \"KÕ ho¹ch n¨m\" → \"Kế hoạch năm\"",
            remedy: "Check the examples. If they are right, nothing needs to be done; next time, use a Unicode font such as Times New Roman.",
        }
        advice: "Không phải sửa nếu chữ đã chuyển là đúng; kỳ sau nên dùng phông Unicode (Times New Roman).",
    }
    /// Texts that go into the report were encoded in TCVN3 or VNI-Windows, or may be.
    ProseEncoding = "prose-encoding", Warning for Department {
        vietnamese {
            title: "Phần lời gõ bằng phông cũ (TCVN3, VNI)",
            details: "Lời đưa vào báo cáo (phần lời, khó khăn, nguyên nhân, tên) gõ theo bảng mã TCVN3 (phông .VnTime) hoặc VNI-Windows (phông VNI-Times). Nếu chắc chắn thì chương trình chuyển sang Unicode và nêu ô để đọc lại; nếu chỉ có một chữ nên chưa chắc thì ô gồm toàn chữ như vậy không đưa vào báo cáo, còn một chữ giữa đoạn Unicode thì giữ nguyên như đã gõ.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: 1 đoạn lời gõ bằng bảng mã VNI-Windows (phông VNI-Times) đã được chuyển sang Unicode để đưa vào báo cáo: \"Thieáu nöôùc vaø thöùc aên\" → \"Thiếu nước và thức ăn\"",
            remedy: "Đọc lại đoạn lời trong báo cáo; gõ lại bằng phông Unicode như Times New Roman nếu có chữ sai hoặc ô không được dùng.",
        }
        english {
            title: "Texts for the report were typed in an old font (TCVN3, VNI)",
            details: "Texts for the report (sentences, difficulties, causes, names) were typed in TCVN3 (fonts .VnTime) or VNI-Windows (fonts VNI-Times). What is certain is converted to Unicode, and its cell is named so that a person reads it again. One word alone is not certain: a cell of nothing else is not in the report, and a word within a text in Unicode stays as typed.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: 1 text for the report typed in VNI-Windows (font VNI-Times), converted to Unicode: \"Thieáu nöôùc vaø thöùc aên\" → \"Thiếu nước và thức ăn\"",
            remedy: "Read the text in the report; type it again in a Unicode font such as Times New Roman if a word is wrong or the cell is not used.",
        }
    }
    /// A column with numbers has a heading that matches no known measure.
    ColumnUnknown = "column-unknown", Warning for Department {
        vietnamese {
            title: "Không rõ cột là số liệu gì",
            details: "Cột có số nhưng tiêu đề có chữ chưa hiểu, không cho biết đó là kế hoạch, thực hiện hay cùng kỳ, là của kỳ khác, hoặc trùng loại với một cột khác. Số liệu trong cột không được đọc.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F1: cột \"Số khác\" có số nhưng không hiểu hết tiêu đề (chưa rõ: \"số khác\"); cột này không được đọc",
            remedy: "Ghi tiêu đề cột đúng như biểu mẫu, nêu rõ kế hoạch, thực hiện hoặc cùng kỳ năm trước. Nếu cách gọi này được dùng thường xuyên, đề nghị quản trị khai báo thêm.",
        }
        english {
            title: "It is not clear what a column holds",
            details: "The column has numbers but its heading has words that are not understood, does not say whether they are plan, actual or last year, is of another period, or another column holds the same kind of figures. The column is not read.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F1: the column \"Số khác\" has numbers but its heading is not wholly understood (unclear: \"số khác\"); it was not read",
            remedy: "Write the heading as in the form: plan, actual or same period last year. If this heading is used regularly, ask the administrator to declare it.",
        }
        advice: "Ghi tiêu đề cột đúng như biểu mẫu, nêu rõ kế hoạch, thực hiện hay cùng kỳ năm trước; cột không dùng thì xóa.",
    }
    /// A row with numbers matches no indicator.
    RowUnknown = "row-unknown", Warning for Department, depends_on_rules {
        vietnamese {
            title: "Dòng không khớp với chỉ tiêu nào",
            details: "Dòng có số nhưng tên dòng không giống tên chỉ tiêu nào của đơn vị, thường do gõ sai, viết tắt hoặc thêm dòng mới. Số liệu của dòng không được đọc.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] B5: dòng \"Đàn hươu\" có số nhưng không khớp với chỉ tiêu nào; dòng này không được đọc",
            remedy: "Ghi tên chỉ tiêu đúng như biểu mẫu. Nếu là tên gọi khác của cùng một chỉ tiêu, đề nghị quản trị thêm tên gọi này vào quy tắc.",
        }
        english {
            title: "A row matches no indicator",
            details: "The row has numbers but its name is not that of an indicator of the department, usually because of a typing error, an abbreviation or a new row. The row is not read.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] B5: the row \"Đàn hươu\" has numbers but matches no indicator; it was not read",
            remedy: "Write the name of the indicator as in the form. If it is another name of the same indicator, ask the administrator to add it to the rules.",
        }
        advice: "Ghi tên đúng như biểu mẫu; nếu đây là tên gọi khác của cùng một chỉ tiêu, đề nghị báo văn phòng.",
    }
    /// A row matches several indicators.
    RowAmbiguous = "row-ambiguous", Warning for Department {
        vietnamese {
            title: "Dòng không rõ là của chỉ tiêu nào",
            details: "Tên dòng giống nhau ở nhiều chỉ tiêu (ví dụ \"Diện tích\" của nhiều loại cây) nên không biết số liệu là của chỉ tiêu nào; hoặc bảng có nhiều dòng cùng tên (ví dụ \"Tổng số\" của từng phần) mà không dòng nào là của cả chỉ tiêu. Chương trình không tự đoán và không đọc dòng này.",
            example: "plugins/crop.lua:2: \"Diện tích\": các chỉ tiêu crop.sown, forest.planted trùng tên và đơn vị tính nên dòng mang tên này không được đọc",
            remedy: "Ghi rõ dòng cấp trên, viết đầy đủ tên chỉ tiêu, hoặc thêm cột mã chỉ tiêu.",
        }
        english {
            title: "It is not clear which indicator a row is",
            details: "Several indicators have the name of the row (for example \"Diện tích\", area, of several crops), so it is not clear which one is meant; or the table has several rows with one name (for example \"Tổng số\", the total of each part), and none is that of the whole. The program does not guess; the row is not read.",
            example: "plugins/crop.lua:2: \"Diện tích\": the indicators crop.sown, forest.planted have the same name and unit, so rows with this name are not read",
            remedy: "Add the row above that it belongs to, write the name of the indicator in full, or add a column with the codes of the indicators.",
        }
        advice: "Ghi rõ dòng cấp trên hoặc viết đầy đủ tên, đúng như biểu mẫu.",
    }
    /// A number was typed as text and was parsed.
    NumberAsText = "number-as-text", Note for Department {
        vietnamese {
            title: "Số gõ dưới dạng văn bản",
            details: "Ô chứa số nhưng Excel coi là chữ, ví dụ vì gõ dấu nháy ở đầu hoặc chép từ Word. Đơn vị tính, dấu ngoặc của số âm, chữ \"trên\", \"khoảng\", \"(ước)\" và dấu chú thích cạnh số cũng được hiểu. Chương trình đã đọc được số này, nhưng công thức của Excel thì không tính nó.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\": ô \"120\" là số gõ dạng văn bản, đọc là 120",
            remedy: "Nhập lại ô ở dạng số. Nếu số đã đọc không đúng, sửa lại trong biểu.",
        }
        english {
            title: "A number typed as text",
            details: "The cell holds a number that Excel treats as text, for example because of a leading apostrophe or because it was copied from Word. A unit, the brackets of a negative number, the words \"trên\", \"khoảng\", \"(ước)\" and marks of notes next to it are understood as well. The number was read, but Excel formulas ignore it.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\": the cell \"120\" is a number typed as text, read as 120",
            remedy: "Enter the cell again as a number. If the number that was read is wrong, correct it in the workbook.",
        }
        advice: "Không phải sửa nếu số đã hiểu là đúng; kỳ sau nên nhập ô này ở dạng số.",
    }
    /// A cell should hold a number but its content cannot be parsed.
    NumberUnreadable = "number-unreadable", Warning for Department {
        vietnamese {
            title: "Không đọc được số trong ô",
            details: "Ô phải là một số nhưng lại có chữ, dấu hỏi, nhiều số hoặc lỗi công thức. Số liệu của ô coi như chưa có.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] D3: \"Đàn trâu\": ô \"khoảng 130?\" không phải là số; số liệu coi như chưa có",
            remedy: "Nhập lại một số duy nhất vào ô; chuyển phần giải thích sang cột Ghi chú. Nếu chưa có số liệu thì để ô trống.",
        }
        english {
            title: "The number in a cell cannot be read",
            details: "The cell should hold one number but holds words, a question mark, several numbers or a formula error. It is treated as no data.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] D3: \"Đàn trâu\": the cell \"khoảng 130?\" is not a number; it is treated as no data",
            remedy: "Enter a single number into the cell; move explanations to the notes column. If there is no figure yet, leave the cell empty.",
        }
    }
    /// The unit of a row differs from the unit of its indicator and cannot be converted.
    UnitMismatch = "unit-mismatch", Warning for Department {
        vietnamese {
            title: "Đơn vị tính không khớp",
            details: "Đơn vị tính trong biểu khác hẳn đơn vị tính của chỉ tiêu, không thể quy đổi (ví dụ \"hộ\" và \"người\"). Số liệu không được đọc để tránh sai.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] C3: \"Đàn trâu\": đơn vị tính trong biểu là \"hộ\", của chỉ tiêu là \"con\"; số liệu không được đọc",
            remedy: "Sửa đơn vị tính trong biểu cho đúng biểu mẫu, hoặc kiểm tra xem số liệu có đặt nhầm dòng không.",
        }
        english {
            title: "The units do not match",
            details: "The unit in the workbook differs from that of the indicator and cannot be converted (for example households and persons). The figure is not read, so that nothing wrong is reported.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] C3: \"Đàn trâu\": the unit in the workbook is \"hộ\", but the unit of the indicator is \"con\"; the figure was not read",
            remedy: "Change the unit in the workbook to that of the form, or check whether the figure is in the wrong row.",
        }
    }
    /// An amount was converted to the scale of its indicator.
    UnitConverted = "unit-converted", Note for Department {
        vietnamese {
            title: "Đã quy đổi đơn vị tính",
            details: "Biểu ghi số liệu theo bội số khác (ví dụ triệu đồng thay cho tỷ đồng), hoặc định dạng của ô hiển thị số khác với số lưu trong ô (phần trăm; #,##0, chia cho 1.000), và chương trình đã quy đổi chính xác sang đơn vị của chỉ tiêu. Số được đọc như trên màn hình.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] D3: \"Đàn trâu\": đã đổi từ \"nghìn con\" sang \"con\"",
            remedy: "Không phải làm gì nếu đơn vị tính trong biểu đúng; nếu ghi nhầm thì sửa đơn vị tính trong biểu.",
        }
        english {
            title: "A unit was converted",
            details: "The workbook gives the figure in another multiple (for example millions instead of billions), or the format of the cell displays another number than it stores (a percentage; #,##0, divides by 1000), and it was converted exactly to the unit of the indicator. Numbers are read as displayed.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] D3: \"Đàn trâu\": converted from \"nghìn con\" to \"con\"",
            remedy: "Nothing needs to be done if the unit in the workbook is right; otherwise correct it there.",
        }
        advice: "Không phải sửa nếu số đã đổi là đúng; nếu sai, sửa đơn vị tính trong biểu.",
    }
    /// A number that its unit, its label, its rule or the numbers beside it exclude.
    NumberImplausible = "number-implausible", Warning for Department, is_explainable {
        vietnamese {
            title: "Số khó có thể đúng",
            details: "Số này không thể có theo đơn vị tính, tên gọi hoặc khai báo của chỉ tiêu: người, con, vụ, đồng có phần lẻ; số âm ở chỗ không phải mức tăng, giảm hay chênh lệch; tỷ lệ trong tổng số trên 100%; số ngoài khoảng range mà quy tắc khai báo; số gấp nhiều lần kế hoạch hoặc cùng kỳ. Số vẫn được dùng như đã nhập.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] D2: \"Lượt khám bệnh\" (thực hiện): 37,618 lượt người không phải là số nguyên; có thể là 37.618 lượt người gõ theo cách viết tiếng Anh",
            remedy: "Kiểm tra ô được nêu và nhập lại số đúng. Nếu số đúng thì đơn vị giải trình, hoặc quản trị khai báo range, sign = \"any\" hoặc whole = false cho chỉ tiêu.",
        }
        english {
            title: "A number can hardly be right",
            details: "The unit, the label or the declaration of the indicator excludes this number: a fraction of a person, an animal, a case or a đồng; a negative number that is no change or difference; a share of a whole above 100%; a number outside of the range that the rule declares; a number many times the plan or last year's. It is used as entered.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] D2: \"Lượt khám bệnh\" (actual): 37.618 lượt người is not a whole number; possibly 37618 lượt người typed with a point that English Excel takes for the decimal sign",
            remedy: "Check the cell and enter the right number. If it is right, the department explains it, or the administrator declares range, sign = \"any\" or whole = false for the indicator.",
        }
    }
    /// A figure is off its comparables by a factor of 10, 100, a thousand or a million.
    ScaleSuspected = "scale-suspected", Warning for Department, is_explainable {
        vietnamese {
            title: "Số có thể sai đơn vị tính hoặc thừa, thiếu chữ số",
            details: "Sau khi quy đổi đơn vị tính, số này gấp hoặc kém khoảng 10, 100, 1.000 hoặc 1.000.000 lần so với kế hoạch, cùng kỳ hoặc so với tổng và các phần, thường do nhập đồng vào ô triệu đồng hoặc thừa, thiếu một chữ số; hoặc riêng đơn vị tính ghi trong biểu làm các số thay đổi như vậy. Số vẫn được dùng như đã nhập. Các ngưỡng nghi ngờ ở mục [scale] trong tonghop.toml.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng thu\" (thực hiện): 168.000.000 triệu đồng, gấp khoảng 1.000.000 lần kế hoạch năm 180 triệu đồng (D2), cùng kỳ năm trước 150 triệu đồng (F2); có thể nhập sai đơn vị tính",
            remedy: "Kiểm tra ô được nêu. Nếu nhập nhầm thì nhập lại theo đơn vị tính của biểu, hoặc ghi đúng đơn vị tính ở dòng đó; nếu số đúng thì đơn vị giải trình.",
        }
        english {
            title: "A number may be in the wrong unit or have a digit too many or too few",
            details: "After conversion to the same unit, this number is about 10, 100, 1000 or 1000000 times larger or smaller than its plan, last year's figure, or the total and its parts, usually because đồng was entered for triệu đồng or a digit is missing or too many; or the unit of the form alone changed the numbers so. It is used as entered. The thresholds are set under [scale] in tonghop.toml.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng thu\" (actual): 168000000 triệu đồng, about 1000000 times plan annual 180 triệu đồng (D2), same period last year 150 triệu đồng (F2); possibly entered in the wrong unit",
            remedy: "Check the cell. If it is wrong, enter it in the unit of the form or state its unit in the row; if it is right, the department explains it.",
        }
    }
    /// A cell of the column of statuses says something unknown.
    StatusUnknown = "status-unknown", Warning for Department {
        vietnamese {
            title: "Không hiểu tình trạng số liệu",
            details: "Cột tình trạng số liệu cho biết số là chính thức hay ước. Ô ghi chữ khác nên không rõ; số của dòng được coi là như tiêu đề cột ghi.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: không hiểu tình trạng số liệu \"Dự kiến cả năm\"; số của dòng được coi là như tiêu đề cột ghi",
            remedy: "Ghi \"Chính thức\" hoặc \"Ước\", kèm \"trên\", \"gần\", \"khoảng\" nếu có; điều khác thì ghi ở cột ghi chú.",
        }
        english {
            title: "The status of a number is not understood",
            details: "The column of statuses says whether a number is final or an estimate. The cell has other words, so this is not clear; the number of the row is taken as the heading of its column says.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: the status \"Dự kiến cả năm\" is not understood; the number of the row is taken as the heading of its column says",
            remedy: "Write \"Chính thức\" (final) or \"Ước\" (estimate), with \"trên\", \"gần\" or \"khoảng\" if needed; put everything else into the column of notes.",
        }
    }
    /// The comment of a cell states another number than the cell.
    CommentDiffers = "comment-differs", Warning for Department, is_explainable {
        vietnamese {
            title: "Chú thích của ô ghi số khác",
            details: "Ô cho số liệu có chú thích (comment, ghi chú của Excel) ghi một số khác với số trong ô. Số trong ô được dùng, vì chỉ đơn vị mới biết số nào đúng. Ngày tháng, số hiệu văn bản, năm, số của kỳ khác, của một phần hoặc của đơn vị tính khác không tính; cùng một số viết cách khác cũng không tính; chú thích đã đánh dấu là giải quyết xong thì bỏ qua.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\": ô ghi 120 con nhưng chú thích của ô ghi số khác: 125 con (\"Số đúng là 125\"); số trong ô được dùng",
            remedy: "Nếu số trong chú thích đúng thì nhập số đó vào ô; nếu số trong ô đúng thì sửa hoặc xóa chú thích.",
        }
        english {
            title: "The comment of a cell states another number",
            details: "A cell with a figure has a comment that states another number. The number in the cell is used, because only the department knows which one is right. Dates, numbers of documents, years, numbers of another period, of a part or in another unit do not count, nor does the same number in another spelling; comments marked as resolved are ignored.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\": the cell says 120 con, but its comment states another number: 125 con (\"Số đúng là 125\"); the number in the cell is used",
            remedy: "If the number in the comment is right, enter it in the cell; if the number in the cell is right, correct or delete the comment.",
        }
    }
    /// A department's own percentages differ from what follows from its numbers.
    PercentDiffers = "percent-differs", Warning for Department, is_explainable {
        vietnamese {
            title: "Cột tỷ lệ không khớp với số liệu cùng dòng",
            details: "Cột tỷ lệ của đơn vị (so với kế hoạch, so với cùng kỳ) ghi một số khác với tỷ lệ tính từ các số liệu cùng dòng, quá mức làm tròn. Báo cáo tính tỷ lệ từ số liệu và không dùng cột này, nhưng chênh lệch cho thấy tỷ lệ hoặc một trong hai số liệu chưa đúng. Chỉ số 111% và mức tăng 11% coi là như nhau.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: \"Đàn trâu\": cột \"So với kế hoạch (%)\" ghi 80%, nhưng theo 120 con (E3) và 130 con (D3) thì là 92,3%",
            remedy: "Kiểm tra tỷ lệ và hai số liệu được nêu, sửa ô chưa đúng.",
        }
        english {
            title: "A column of percentages does not fit the numbers of its rows",
            details: "The department's own percentage (of the plan, or compared with last year) differs from what the numbers of the row give, beyond rounding. The report computes percentages itself and does not use this column, but the difference shows that the percentage or one of the two numbers is wrong. An index of 111 % and a growth of 11 % are the same.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: \"Đàn trâu\": the column \"So với kế hoạch (%)\" says 80%, but 120 con (E3) and 130 con (D3) give 92.3%",
            remedy: "Check the percentage and the two numbers, and correct the wrong cell.",
        }
    }
    /// Two cells give one figure different numbers, and one of them is used for a declared reason.
    CellRepeated = "cell-repeated", Warning for Department {
        vietnamese {
            title: "Hai ô cho cùng một chỉ tiêu hai số khác nhau",
            details: "Cùng một chỉ tiêu có số liệu ở hai nơi và hai số khác nhau. Một số được dùng: số nhìn thấy thay cho số nằm ở chỗ đang ẩn, hoặc số mà [duplicates] trong tonghop.toml chọn.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\" (thực hiện) có hai số khác nhau: 120 con và 121 con; dùng số thứ nhất, theo [duplicates] trong tonghop.toml",
            remedy: "Đối chiếu hai ô được nêu, giữ số đúng và xóa số kia; thống nhất mỗi chỉ tiêu do một đơn vị báo cáo.",
        }
        english {
            title: "Two cells give one indicator two different numbers",
            details: "The same indicator appears in two places with different numbers. One of them is used: a visible number in place of a hidden one, or the one that [duplicates] in tonghop.toml chooses.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\" (actual) has two different numbers: 120 con and 121 con; the first is used, by [duplicates] in tonghop.toml",
            remedy: "Compare the two cells, keep the right number and delete the other; agree on one department to report each indicator.",
        }
    }
    /// Cells give one figure different numbers and nothing decides between them; none is used.
    CellContested = "cell-contested", Error for Department, is_loss {
        vietnamese {
            title: "Các ô cho một chỉ tiêu các số khác nhau, chưa chọn",
            details: "Cùng một chỉ tiêu có số liệu ở nhiều ô và các số khác nhau. Chương trình không tự chọn: không số nào được dùng, cũng không thay bằng tổng các thành phần hay số của kỳ trước, cho đến khi các ô thống nhất, văn phòng ghi số đúng vào dieu-chinh.csv, hoặc tonghop.toml có khai báo ([members], [duplicates]).",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\" (thực hiện) có các số khác nhau: 120 con; 121 con; không dùng số nào",
            remedy: "Đối chiếu các ô được nêu, giữ số đúng và xóa số kia; hoặc ghi số đúng vào workbooks/dieu-chinh.csv.",
        }
        english {
            title: "Cells give one indicator different numbers, none chosen",
            details: "The same indicator appears in several cells with different numbers. The program does not choose: none is used, nor the sum of parts or an earlier figure in its place, until the cells agree, the office writes the right number into dieu-chinh.csv, or tonghop.toml decides ([members], [duplicates]).",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E3: \"Đàn trâu\" (actual) has different numbers: 120 con; 121 con; none of them is used",
            remedy: "Compare the cells, keep the right number and delete the other; or write the right number into workbooks/dieu-chinh.csv.",
        }
    }
    /// The office replaced a figure with a line of dieu-chinh.csv.
    FigureCorrected = "figure-corrected", Note for Department {
        vietnamese {
            title: "Số liệu do văn phòng điều chỉnh",
            details: "Văn phòng đã thay số của đơn vị bằng một dòng trong tệp workbooks/dieu-chinh.csv. Báo cáo dùng số điều chỉnh và ghi rõ người điều chỉnh, lý do.",
            example: "workbooks/dieu-chinh.csv [] C2: \"Tổng đàn gia súc\" (kế hoạch năm): văn phòng điều chỉnh thành 190 (trước đó là 180); người điều chỉnh: Văn phòng; lý do: Giao bổ sung",
            remedy: "Không phải làm gì nếu điều chỉnh còn đúng; xóa dòng trong dieu-chinh.csv khi đơn vị đã gửi số đúng.",
        }
        english {
            title: "A figure was corrected by the office",
            details: "The office replaced the number of the department with a line of workbooks/dieu-chinh.csv. The report uses the corrected number and says who corrected it and why.",
            example: "workbooks/dieu-chinh.csv [] C2: \"Tổng đàn gia súc\" (plan annual): corrected by the office to 190 (before: 180); by: Văn phòng; reason: Giao bổ sung",
            remedy: "Nothing needs to be done while the correction holds; delete the line of dieu-chinh.csv once the department has sent the right number.",
        }
    }
    /// A line of dieu-chinh.csv cannot be applied.
    CorrectionUnknown = "correction-unknown", Error for Office {
        vietnamese {
            title: "Không áp dụng được một dòng điều chỉnh",
            details: "Một dòng của workbooks/dieu-chinh.csv gọi sai tên chỉ tiêu, sai loại số liệu, giá trị không phải là số, hoặc thừa, thiếu cột (thường do số thập phân có dấu phẩy mà không đặt trong dấu nháy kép). Dòng đó không có tác dụng; báo cáo vẫn dùng số của đơn vị.",
            example: "workbooks/dieu-chinh.csv [] A2: không có chỉ tiêu \"herd.totals\"",
            remedy: "Sửa ô được nêu trong dieu-chinh.csv: tên chỉ tiêu như trong biểu hoặc dạng ngành.chỉ_tiêu, loại số liệu như \"thực hiện\", tên kế hoạch hoặc actual, giá trị là một số.",
        }
        english {
            title: "A correction cannot be applied",
            details: "A line of workbooks/dieu-chinh.csv names an indicator or a measure that does not exist, its value is not a number, or it has too many or too few columns (often a decimal comma without quotation marks). The line has no effect; the report uses the number of the department.",
            example: "workbooks/dieu-chinh.csv [] A2: there is no indicator \"herd.totals\"",
            remedy: "Correct the cell of dieu-chinh.csv: the indicator by its label or as sector.indicator, the measure such as actual, target.plan or its title, the value a number.",
        }
    }
    /// No workbook gives an indicator.
    IndicatorMissing = "indicator-missing", Warning for Office {
        vietnamese {
            title: "Chỉ tiêu chưa có số liệu",
            details: "Quy tắc có khai báo chỉ tiêu nhưng không biểu nào cho số thực hiện của chỉ tiêu đó: không có dòng, ô để trống, hoặc chỉ có số liệu khác như cùng kỳ (thông báo nêu ô đó). Câu văn cần số này sẽ ghi \"chưa có số liệu\" hoặc được lược bớt.",
            example: "plugins/herd.lua:4: Chăn nuôi: chưa có số liệu của \"Đàn bò\"",
            remedy: "Kiểm tra đơn vị đã gửi biểu chưa, tên dòng trong biểu có khớp với tên chỉ tiêu trong quy tắc không, số có nằm lệch sang dòng, cột hay dưới tiêu đề khác không.",
        }
        english {
            title: "An indicator has no data",
            details: "The rules declare the indicator but no workbook gives its actual figure: there is no row, its cell is empty, or there is only another figure such as last year's (the message names the cell). The sentence that needs it says \"chưa có số liệu\" (no data) or is shortened.",
            example: "plugins/herd.lua:4: Chăn nuôi: no data for \"Đàn bò\"",
            remedy: "Check that the department has sent its workbook, that the row has the name of the indicator in the rules, and that the number is not in another row or column or under another heading.",
        }
    }
    /// The file of accepted aliases cannot be read.
    AliasesUnreadable = "aliases-unreadable", Error for Office, is_loss {
        vietnamese {
            title: "Không đọc được tệp tên gọi",
            details: "Tệp plugins/aliases.toml viết sai nên mọi tên gọi trong tệp không được dùng. Dòng nào chỉ nhận ra nhờ tên gọi ở đó thì coi như không khớp với chỉ tiêu nào; các dòng khác vẫn được đọc.",
            example: "plugins/aliases.toml:1: không đọc được tệp tên gọi; mọi tên gọi trong tệp không được dùng: dòng 1, cột 9: thiếu dấu ]] sau tên bảng: [[tên]]; dòng này viết: [[alias]",
            remedy: "Quản trị sửa dòng được nêu. Mỗi tên gọi gồm ba dòng: [[alias]], indicator = \"ngành.chỉ_tiêu\", label = \"tên dòng trong biểu\".",
        }
        english {
            title: "The file of aliases cannot be read",
            details: "plugins/aliases.toml has a syntax error, so none of its aliases is used. Rows that are known only by an alias then match no indicator; all others are read.",
            example: "plugins/aliases.toml:1: the alias file cannot be read; none of its aliases are used: line 1, column 9: the name of the table has no closing ]]: [[name]]; the line says: [[alias]",
            remedy: "Ask the administrator to correct the line. An alias consists of three lines: [[alias]], indicator = \"sector.indicator\", label = \"label of the row\".",
        }
    }
    /// An accepted alias refers to no indicator, or is ambiguous.
    AliasUnusable = "alias-unusable", Warning for Office, depends_on_rules {
        vietnamese {
            title: "Một tên gọi không dùng được",
            details: "Một mục trong plugins/aliases.toml gọi sai mã chỉ tiêu hoặc mã đơn vị, lặp lại một tên đã có, hoặc dùng tên của chỉ tiêu khác nên không biết dòng nào là của chỉ tiêu nào. Riêng mục đó không có tác dụng.",
            example: "plugins/aliases.toml:2: tên gọi này không được dùng: không có chỉ tiêu \"herd.goats\"",
            remedy: "Quản trị sửa mục được nêu trong plugins/aliases.toml cho đúng, hoặc xóa đi.",
        }
        english {
            title: "An alias cannot be used",
            details: "An entry of plugins/aliases.toml names an indicator or department that does not exist, repeats a label, or uses that of another indicator, so that the rows cannot be distinguished. Only this entry has no effect.",
            example: "plugins/aliases.toml:2: this alias is not used: there is no indicator \"herd.goats\"",
            remedy: "Ask the administrator to correct the entry in plugins/aliases.toml or to delete it.",
        }
    }
    /// A file under history/ is not a readable earlier run.
    HistoryUnusable = "history-unusable", Error for Office, is_loss, is_transient {
        vietnamese {
            title: "Không dùng được tệp kỳ trước",
            details: "Trong thư mục history chỉ để các tệp tong-hop.xlsx của những kỳ trước. Tệp được nêu bị hỏng, không phải là tệp tong-hop.xlsx, không cho biết kỳ báo cáo, hoặc trùng kỳ với tệp khác, nên không được dùng để so sánh và điền số cùng kỳ.",
            example: "history/ghi-chep.xlsx: không dùng được tệp này làm số liệu kỳ trước: không có trang \"Nguồn số liệu\" như tong-hop.xlsx",
            remedy: "Chép lại tong-hop.xlsx của kỳ đó vào thư mục history (lệnh tonghop accept), hoặc chuyển tệp khác ra ngoài.",
        }
        english {
            title: "An earlier run cannot be used",
            details: "The folder history holds the tong-hop.xlsx of earlier periods and nothing else. This file is damaged, is not a tong-hop.xlsx, does not state its period or has the same period as another file; it is not used for comparison or for figures of last year.",
            example: "history/ghi-chep.xlsx: this file cannot be used as the figures of an earlier period: it does not have the sheet \"Nguồn số liệu\" of tong-hop.xlsx",
            remedy: "Copy the tong-hop.xlsx of that period into history again (tonghop accept), or move the file elsewhere.",
        }
    }
    /// The figure for last year differs from the one reported last year.
    LastYearDiffers = "last-year-differs", Warning for Department, is_explainable {
        vietnamese {
            title: "Số cùng kỳ khác với số đã báo cáo năm trước",
            details: "Biểu năm nay ghi số cùng kỳ năm trước khác với số mà báo cáo năm trước đã dùng, quá mức làm tròn. Báo cáo dùng số trong biểu năm nay.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: \"Đàn trâu\": số cùng kỳ trong biểu là 119 con, báo cáo năm trước ghi 110 con",
            remedy: "Đối chiếu hai ô được nêu. Nếu số năm trước đã được điều chỉnh chính thức thì không phải làm gì; nếu không, sửa số cùng kỳ trong biểu.",
        }
        english {
            title: "Last year's figure is not what was reported then",
            details: "This year's workbook gives a figure of last year that differs from what last year's report used, by more than rounding explains. The report uses this year's workbook.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] F3: \"Đàn trâu\": the workbook says 119 con for last year, but last year's report says 110 con",
            remedy: "Compare the two cells. Nothing needs to be done if last year's figure was corrected officially; otherwise correct the workbook.",
        }
        advice: "Đối chiếu với số đã báo cáo năm trước; nếu số năm trước đã điều chỉnh, đề nghị giải trình.",
    }
    /// Indicators that had a row in the last accepted run no longer have one.
    RowGone = "row-gone", Warning for Department, depends_on_rules {
        vietnamese {
            title: "Dòng của kỳ trước không còn",
            details: "Kỳ trước đơn vị có báo cáo những chỉ tiêu này, kỳ này không có dòng nào của chúng. Thường là dòng bị xóa, hoặc đổi tên đến mức không nhận ra được.",
            example: "workbooks/phong-a: 1 chỉ tiêu có dòng ở kỳ trước nay không còn: \"Đàn bò\"",
            remedy: "Hỏi đơn vị: nếu dòng bị sót thì bổ sung vào biểu; nếu đã đổi tên thì thêm tên mới vào plugins/aliases.toml.",
        }
        english {
            title: "Rows of the earlier run are missing",
            details: "The department reported these indicators then but has no row for them now. Usually a row was deleted, or renamed beyond recognition.",
            example: "workbooks/phong-a: 1 indicator with a row in the previous period but not now: \"Đàn bò\"",
            remedy: "Ask the department. Add a row that was left out to the workbook, or a new label to plugins/aliases.toml.",
        }
        advice: "Nếu sót dòng, đề nghị bổ sung vào biểu; nếu dòng đã đổi tên, đề nghị báo văn phòng.",
    }
    /// Rows have other labels than in the last accepted run.
    RowRenamed = "row-renamed", Note for Department {
        vietnamese {
            title: "Dòng đổi tên so với kỳ trước",
            details: "Dòng của cùng một chỉ tiêu nay mang tên khác, hoặc một dòng chưa nhận ra có lẽ là dòng cũ đổi tên. Trang Biến động của tong-hop.xlsx liệt kê từng dòng.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 dòng đổi tên so với kỳ trước: \"Đàn trâu\" nay là \"Trâu\"",
            remedy: "Kiểm tra tên mới có còn là chỉ tiêu cũ không; không phải thì báo quản trị.",
        }
        english {
            title: "Rows have other labels than in the earlier run",
            details: "The row of an indicator now has another label, or an unknown row may be a renamed old one. The sheet Biến động of tong-hop.xlsx lists them.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 row renamed since the previous period: \"Đàn trâu\" is now \"Trâu\"",
            remedy: "Check that the new label still means the same indicator; if not, inform the administrator.",
        }
        advice: "Nếu vẫn là chỉ tiêu cũ, đề nghị ghi tên như biểu mẫu hoặc báo văn phòng.",
    }
    /// Rows that match no indicator are new since the last accepted run.
    RowNew = "row-new", Note for Department {
        vietnamese {
            title: "Dòng mới so với kỳ trước",
            details: "Dòng có số, không khớp với chỉ tiêu nào và kỳ trước cũng chưa có. Số liệu của dòng không được đọc.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 dòng mới so với kỳ trước, chưa thuộc chỉ tiêu nào: \"Đàn hươu\"",
            remedy: "Nếu là nội dung mới cần báo cáo, đề nghị quản trị khai báo chỉ tiêu; nếu không thì không phải làm gì.",
        }
        english {
            title: "Rows that the earlier run did not have",
            details: "The row has numbers, matches no indicator and was not there before. Its figures are not read.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 row new since the previous period, not matching any indicator: \"Đàn hươu\"",
            remedy: "If it should be reported, ask the administrator to declare an indicator; otherwise nothing needs to be done.",
        }
        advice: "Nếu là nội dung cần báo cáo, đề nghị báo văn phòng; nếu không thì không phải sửa.",
    }
    /// Rows are at other positions than in the last accepted run.
    RowMoved = "row-moved", Note for Department {
        vietnamese {
            title: "Dòng đổi vị trí so với kỳ trước",
            details: "Dòng vẫn tên cũ nhưng đứng ở hàng khác hoặc trang khác so với kỳ trước. Chương trình nhận dòng theo tên nên số liệu vẫn được đọc.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 dòng đổi vị trí so với kỳ trước: \"Đàn bò\" từ hàng 4 sang hàng 5",
            remedy: "Không phải làm gì.",
        }
        english {
            title: "Rows are in other positions than in the earlier run",
            details: "The label is the same but is now in another row or sheet. Rows are recognised by their labels, so the figures are still read.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu]: 1 row moved since the previous period: \"Đàn bò\" from row 4 to row 5",
            remedy: "Nothing needs to be done.",
        }
    }
    /// A rule file cannot be loaded.
    PluginBroken = "plugin-broken", Error for Administrator, is_loss {
        vietnamese {
            title: "Tệp quy tắc không dùng được",
            details: "Tệp quy tắc sai cú pháp, gọi tên không có, hoặc khai báo thiếu. Ngành của tệp này không có trong báo cáo; các ngành khác không bị ảnh hưởng.",
            example: "plugins/plan.lua:3: thiếu end: function mở ở dòng 2 chưa được đóng",
            remedy: "Quản trị mở tệp ở dòng được nêu, sửa theo hướng dẫn kèm theo rồi chạy lại. Cán bộ nhập biểu không phải làm gì.",
        }
        english {
            title: "A rule file cannot be used",
            details: "The rule file has a syntax error, names something that does not exist, or lacks a declaration. Its sector is not in the report; the other sectors are.",
            example: "plugins/plan.lua:3: end is missing: function of line 2 is not closed",
            remedy: "Ask the administrator to open the file at this line, correct it as the message says and run again. Those who fill in workbooks have nothing to do.",
        }
    }
    /// A rule failed; its results are omitted.
    RuleFailed = "rule-failed", Error for Administrator, is_loss {
        vietnamese {
            title: "Quy tắc bị lỗi khi chạy",
            details: "Tệp quy tắc đọc được nhưng gặp lỗi khi tính hoặc khi viết câu. Phần kết quả của quy tắc đó bị bỏ ra ngoài báo cáo.",
            example: "plugins/herd.lua:5: mẫu câu gọi {totals}, nhưng không có \"totals\"",
            remedy: "Quản trị sửa tệp quy tắc ở dòng được nêu rồi chạy lại.",
        }
        english {
            title: "A rule failed while running",
            details: "The rule file was loaded but an error occurred while computing or writing a sentence. What this rule would have written is not in the report.",
            example: "plugins/herd.lua:5: the template uses {totals}, but there is no \"totals\"",
            remedy: "Ask the administrator to correct the rule file at this line and run again.",
        }
    }
    /// A rule exceeded its time or memory limit.
    RuleLimit = "rule-limit", Error for Administrator, is_loss, is_transient {
        vietnamese {
            title: "Quy tắc chạy quá lâu hoặc dùng quá nhiều bộ nhớ",
            details: "Quy tắc đã bị dừng để không làm treo cả báo cáo, thường do vòng lặp không có điểm kết thúc. Kết quả của quy tắc bị bỏ ra ngoài.",
            example: "plugins/herd.lua:5: quy tắc quá thời gian cho phép và đã bị dừng",
            remedy: "Quản trị kiểm tra vòng lặp ở dòng được nêu. Nếu quy tắc thật sự cần nhiều hơn, tăng giới hạn ở mục [limits] của tonghop.toml.",
        }
        english {
            title: "A rule took too long or used too much memory",
            details: "The rule was stopped so that it does not hold up the whole report, usually because of an endless loop. What it would have written is not in the report.",
            example: "plugins/herd.lua:5: the rule exceeded its time limit and was stopped",
            remedy: "Ask the administrator to check the loops at this line. If the rule really needs more, raise the limit under [limits] in tonghop.toml.",
        }
    }
    /// A rule uses a deprecated function or field; it still runs.
    RuleDeprecated = "rule-deprecated", Warning for Administrator {
        vietnamese {
            title: "Quy tắc dùng cách viết cũ",
            details: "Quy tắc gọi một hàm hoặc trường đã có cách viết mới. Kết quả vẫn đúng như trước, nhưng phiên bản sau của chương trình có thể không còn cách viết cũ.",
            example: "plugins/herd.lua:5: \"narrative\" là cách viết cũ từ api = 1; quy tắc vẫn chạy",
            remedy: "Quản trị sửa dòng được nêu theo cách viết mới trong hướng dẫn kèm theo.",
        }
        english {
            title: "A rule uses a function or field that has been replaced",
            details: "The rule uses a function or field that has a better replacement. Its result is unchanged, but a later version of the program may no longer support it.",
            example: "plugins/herd.lua:5: \"narrative\" is deprecated since api = 1; the rule still runs",
            remedy: "Ask the administrator to correct the line as the hint says.",
        }
    }
    /// A template that was not reached would fail if it were.
    TemplateSuspect = "template-suspect", Warning for Administrator {
        vietnamese {
            title: "Mẫu câu có lỗi nhưng chưa chạy tới",
            details: "Mẫu câu nằm ở nhánh mà kỳ này không chạy tới, ví dụ trong một if hoặc một hàm chưa được gọi, nên báo cáo kỳ này không bị ảnh hưởng. Khi chạy tới, quy tắc sẽ lỗi và ngành mất phần nội dung đó. Chương trình thử mọi mẫu câu viết sẵn mà không cần số liệu.",
            example: "plugins/herd.lua:6: mẫu câu này chưa chạy tới nhưng có lỗi: mẫu câu gọi {catle}, nhưng không có \"catle\"",
            remedy: "Quản trị sửa mẫu câu ở dòng được nêu theo gợi ý kèm theo.",
        }
        english {
            title: "A template has a mistake but did not run",
            details: "The template is in a branch that this period did not reach, such as an if or a function that was not called, so this report is correct. Once the branch is reached, the rule will fail and the sector will lose that part. The program checks every template that is written out in a rule, without figures.",
            example: "plugins/herd.lua:6: this template was not run but contains an error: the template uses {catle}, but there is no \"catle\"",
            remedy: "Ask the administrator to correct the template at the named line, as the hint says.",
        }
    }
    /// A rule asks for a figure that the declaration of its indicator leaves always missing.
    FigureImpossible = "figure-impossible", Warning for Administrator {
        vietnamese {
            title: "Quy tắc dùng một số mà chỉ tiêu không thể có",
            details: "Tỷ trọng (.share) chỉ có ở thành phần của một chỉ tiêu, tỷ lệ (.ratio) chỉ có khi chỉ tiêu khai báo mẫu số (of). Số này luôn thiếu: câu in \"chưa có số liệu\", đoạn trong [ ] luôn bị lược.",
            example: "plugins/herd.lua:6: \"total\" không thuộc chỉ tiêu nào nên không có tỷ trọng",
            remedy: "Quản trị sửa khai báo của chỉ tiêu hoặc bỏ số này khỏi dòng được nêu.",
        }
        english {
            title: "A rule uses a figure that its indicator cannot have",
            details: "Only parts of an indicator have a share, and only an indicator with a denominator (of) has a ratio. The figure is always missing: the sentence prints \"chưa có số liệu\", and a clause in [ ] is always left out.",
            example: "plugins/herd.lua:6: \"total\" is no part of an indicator, so it has no share",
            remedy: "Ask the administrator to correct the declaration of the indicator, or to remove the figure from the named line.",
        }
    }
    /// A rule has a value that nothing uses.
    ValueUnused = "value-unused", Warning for Administrator {
        vietnamese {
            title: "Quy tắc có một giá trị không được dùng",
            details: "Một biến được đặt mà không dòng nào đọc, thường vì viết sai tên ở chỗ dùng; hoặc một số thập phân viết bằng dấu phẩy: trong Lua, 0,8 là hai giá trị 0 và 8, và giá trị sau bị bỏ.",
            example: "plugins/herd.lua:6: 0,8 là hai giá trị, dấu phẩy ngăn cách; 8 không được dùng",
            remedy: "Quản trị sửa dòng được nêu theo gợi ý kèm theo.",
        }
        english {
            title: "A rule has a value that is not used",
            details: "A variable is set and no line reads it, often because its name is misspelt where it is used; or a decimal number is written with a comma: in Lua, 0,8 are two values, 0 and 8, and the second one is dropped.",
            example: "plugins/herd.lua:6: 0,8 are two values, separated by a comma; 8 is not used",
            remedy: "Ask the administrator to correct the named line, as the hint says.",
        }
    }
    /// A rule names a member that does not exist, in a line that did not run.
    NameUnknown = "name-unknown", Warning for Administrator {
        vietnamese {
            title: "Một tên trong quy tắc không có",
            details: "Tên nằm ở dòng mà kỳ này không chạy tới, ví dụ trong một if hoặc một hàm chưa được gọi, nên báo cáo kỳ này không bị ảnh hưởng. Khi chạy tới, quy tắc sẽ lỗi và ngành mất phần nội dung đó.",
            example: "plugins/herd.lua:6: dòng này chưa chạy tới nhưng có lỗi: out không có \"paragraf\"",
            remedy: "Quản trị sửa tên ở dòng được nêu theo gợi ý kèm theo.",
        }
        english {
            title: "A name in a rule does not exist",
            details: "The name is in a line that this period did not reach, such as in an if or a function that was not called, so this report is correct. Once the line is reached, the rule will fail and the sector will lose that part.",
            example: "plugins/herd.lua:6: this line did not run but contains an error: out has no \"paragraf\"",
            remedy: "Ask the administrator to correct the name at the named line, as the hint says.",
        }
    }
    /// A name in a rule shadows another name that is used later.
    NameShadowed = "name-shadowed", Warning for Administrator {
        vietnamese {
            title: "Một tên trong quy tắc che mất tên khác",
            details: "Biến của quy tắc trùng tên với một hàm của chương trình, nên gọi hàm ấy sẽ không được; hoặc trùng tên với chỉ tiêu mà mẫu câu gọi, nên mẫu câu in chỉ tiêu chứ không in biến.",
            example: "plugins/herd.lua:6: {cattle} trong mẫu câu là \"cattle\" của ngành, không phải biến cattle ở dòng 6",
            remedy: "Quản trị đổi tên biến, hoặc đưa biến vào mẫu câu bằng bảng đi kèm: { tên = tên }.",
        }
        english {
            title: "A name of a rule hides another",
            details: "A local variable of the rule has the name of a function of the program, which can then no longer be called; or the name of an indicator that a template uses, so that the template prints the indicator and not the variable.",
            example: "plugins/herd.lua:6: {cattle} in the template is \"cattle\" of the sector, not the local cattle of line 6",
            remedy: "Ask the administrator to rename the variable, or to pass it to the template in its table: { name = name }.",
        }
    }
    /// A heading or label contains the year of the period instead of a setting.
    YearFixed = "year-fixed", Warning for Administrator {
        vietnamese {
            title: "Tên cột hoặc tên dòng ghi cứng năm báo cáo",
            details: "Tên cột trong tonghop.toml hoặc tên dòng trong quy tắc có năm của kỳ báo cáo (hoặc năm trước). Năm nay vẫn đọc được, nhưng sang năm biểu ghi năm khác nên cột hoặc dòng này không còn khớp.",
            example: "tonghop.toml:16: \"Kế hoạch năm 2024\" ghi cứng năm 2024; sang năm tên này không còn khớp với biểu",
            remedy: "Thay năm bằng {@period.year}, năm trước bằng {@period.last_year}; chương trình điền theo kỳ báo cáo.",
        }
        english {
            title: "A heading or label that contains the year",
            details: "A heading in tonghop.toml or a label in a rule contains the year of the reporting period, or the year before. It is read this year, but next year the workbooks write another year, and the column or row is not found.",
            example: "tonghop.toml:16: \"Kế hoạch năm 2024\" contains the year 2024; next year it will not match the workbooks",
            remedy: "Write {@period.year} in place of the year, and {@period.last_year} for the year before; the program fills them in.",
        }
    }
    /// A value of `[settings]` that no rule uses.
    SettingUnused = "setting-unused", Warning for Administrator {
        vietnamese {
            title: "Giá trị trong [settings] không quy tắc nào dùng",
            details: "[settings] của tonghop.toml có giá trị này nhưng không quy tắc nào đọc nó, không mẫu câu nào in nó; sửa giá trị này sẽ không thay đổi gì.",
            example: "tonghop.toml: settings.late: không quy tắc nào dùng giá trị này",
            remedy: "Quản trị kiểm tra chính tả của tên trong quy tắc, hoặc xóa giá trị khỏi [settings].",
        }
        english {
            title: "A value in [settings] that no rule uses",
            details: "[settings] in tonghop.toml has this value, but no rule reads it and no template prints it; a change of the value changes nothing.",
            example: "tonghop.toml: settings.late: no rule uses this value",
            remedy: "Ask the administrator to check the spelling of the name in the rules, or to remove the value from [settings].",
        }
    }
    /// A template repeats what a figure prints next to it.
    WordRepeated = "word-repeated", Warning for Administrator {
        vietnamese {
            title: "Câu in một từ hai lần liền nhau",
            details: "Số liệu tự in đơn vị tính, dấu % và chữ tăng, giảm. Mẫu câu ghi thêm chính từ ấy bên cạnh thì báo cáo in hai lần: \"640 cây cây\", \"tăng tăng 6%\".",
            example: "plugins/herd.lua:6: câu in \"con\" hai lần liền nhau",
            remedy: "Quản trị bỏ từ thừa trong mẫu câu, hoặc thêm |bare vào số để số không tự in đơn vị.",
        }
        english {
            title: "A sentence prints a word twice in a row",
            details: "A figure prints its unit, the sign % and the words tăng, giảm itself. A template that has the same word next to it prints it twice: \"640 cây cây\", \"tăng tăng 6%\".",
            example: "plugins/herd.lua:6: the sentence prints \"con\" twice in a row",
            remedy: "Ask the administrator to remove the word from the template, or to add |bare to the figure, which then has no unit.",
        }
    }
    /// A value is given to a template that does not use it.
    ArgumentUnused = "argument-unused", Warning for Administrator {
        vietnamese {
            title: "Giá trị đưa vào mẫu câu mà không mẫu câu nào dùng",
            details: "Quy tắc đưa một giá trị vào mẫu câu nhưng mẫu câu không gọi tên ấy; thường là gõ sai tên, ví dụ couse thay cho cause, nên phần ấy không có trong báo cáo.",
            example: "plugins/herd.lua:6: không mẫu câu nào dùng \"y\"",
            remedy: "Quản trị sửa tên, hoặc xóa giá trị không dùng.",
        }
        english {
            title: "A value is given to a template that does not use it",
            details: "The rule gives a value to a template, but the template does not use the name; most often the name is misspelt, such as couse for cause, so that this part is missing from the report.",
            example: "plugins/herd.lua:6: no template uses \"y\"",
            remedy: "Ask the administrator to correct the name, or to remove the unused value.",
        }
    }
    /// A condition of a rule has the same result whatever the workbooks say.
    ConditionConstant = "condition-constant", Warning for Administrator {
        vietnamese {
            title: "Điều kiện trong quy tắc chỉ có một kết quả",
            details: "Số liệu, chỉ tiêu và lời của đơn vị là giá trị của chương trình, không phải con số hay đoạn chữ của Lua. So sánh bằng dấu == với con số hoặc đoạn chữ thì luôn sai; dùng làm điều kiện (if) thì luôn đúng, cả khi chưa có số liệu.",
            example: "plugins/herd.lua:6: d.cattle.actual là số liệu, không bao giờ bằng (==) một con số, đoạn chữ hay nil của Lua",
            remedy: "Quản trị dùng :equals, :below, :at_least để so sánh, hoặc .missing để hỏi có số liệu không, như cách xử lý ghi ở thông báo.",
        }
        english {
            title: "A condition of a rule has only one result",
            details: "Figures, indicators and texts of departments are values of the program, not numbers or strings of Lua. Compared with a number or a string by ==, the result is always false; as a condition (if), they are always true, even without data.",
            example: "plugins/herd.lua:6: d.cattle.actual is a figure, which never equals (==) a number, a text or nil of Lua",
            remedy: "Ask the administrator to compare with :equals, :below or :at_least, or to test .missing, as the hint says.",
        }
    }
    /// Departments must fill an indicator or a topic that no rule reads.
    IndicatorUnused = "indicator-unused", Note for Administrator {
        vietnamese {
            title: "Chỉ tiêu không quy tắc nào dùng tới",
            details: "Đơn vị phải điền chỉ tiêu hoặc phần lời này nhưng không câu, bảng, phép tính, ngưỡng, phép đối chiếu, biểu đồ hay ngành nào dùng tới. Số liệu vẫn có trong tong-hop.xlsx nhưng không vào báo cáo.",
            example: "plugins/herd.lua:4: đơn vị phải điền \"Đàn dê\" (goats), nhưng không quy tắc nào dùng tới",
            remedy: "Quản trị đưa chỉ tiêu vào một câu hoặc bảng; nếu không cần nữa thì xóa khỏi khai báo để đơn vị khỏi phải điền.",
        }
        english {
            title: "An indicator that no rule reads",
            details: "Departments must fill in this indicator or topic, but no sentence, table, computation, threshold, check, chart or other sector reads it. Its figures are in tong-hop.xlsx but not in the report.",
            example: "plugins/herd.lua:4: departments must fill \"Đàn dê\" (goats), but no rule reads it",
            remedy: "Ask the administrator to use it in a sentence or a table; if it is not needed, to remove it from the declaration, so that departments need not fill it in.",
        }
    }
    /// A rule shows a value to its author.
    ValuePrinted = "value-printed", Note for Administrator {
        vietnamese {
            title: "Quy tắc cho xem một giá trị",
            details: "Dòng này của quy tắc gọi print để người viết xem giá trị khi chạy tonghop check hoặc tonghop watch. Báo cáo không có gì của lệnh này.",
            example: "plugins/herd.lua:6: print: herd.total.actual = 168 con; ô nguồn: workbooks/phong-a/bieu.xlsx [Biểu] E2",
            remedy: "Xóa print khi đã xem xong. Xem một giá trị mà không sửa quy tắc: tonghop eval 'd.total'.",
        }
        english {
            title: "A rule shows a value",
            details: "This line of a rule calls print to show a value to its author in tonghop check or tonghop watch. The report contains nothing of it.",
            example: "plugins/herd.lua:6: print: herd.total.actual = 168 con; from workbooks/phong-a/bieu.xlsx [Biểu] E2",
            remedy: "Remove print when you have seen the value. To see a value without changing a rule: tonghop eval 'd.total'.",
        }
    }
    /// A rule line read figures, but there was no figure in the whole period.
    RuleIdle = "rule-idle", Note for Administrator {
        vietnamese {
            title: "Dòng quy tắc không đọc được số liệu nào",
            details: "Dòng này có chạy, nhưng trong cả kỳ không có số liệu nào để so sánh, xét ngưỡng, đối chiếu hay in ra, nên nó không có tác dụng mà không ai thấy. Ngưỡng không chỉ tiêu nào vi phạm thì không bị nêu, vì đó là điều bình thường của một kỳ.",
            example: "plugins/herd.lua:6: phép so sánh này luôn sai vì chưa có số liệu để so",
            remedy: "Quản trị kiểm tra tên chỉ tiêu, loại số liệu (kế hoạch, cùng kỳ) ở dòng được nêu; nếu chỉ do đơn vị chưa gửi biểu thì không phải làm gì.",
        }
        english {
            title: "A line of a rule that found no figure",
            details: "The line ran, but in the whole period there was no figure for it to compare, evaluate, check or print, so it had no effect and went unnoticed. A threshold that no indicator crosses is not reported, because that can be normal for a period.",
            example: "plugins/herd.lua:6: this comparison is always false, because there are no figures to compare",
            remedy: "Ask the administrator to check the indicator and the measure (plan, last year) at the named line; if a department has not sent its workbook yet, there is nothing to do.",
        }
    }
    /// A rule judges indicators or rows against plans, and some cannot be judged.
    IndicatorUnjudged = "indicator-unjudged", Warning for Office {
        vietnamese {
            title: "Có chỉ tiêu chưa xét được so với kế hoạch",
            details: "Quy tắc xét các chỉ tiêu chậm so với kế hoạch, nhưng có chỉ tiêu hoặc dòng của bảng mở thiếu kế hoạch, thiếu số thực hiện hoặc không so được, nên không thể nằm trong danh sách tồn tại, dù có chậm hay không.",
            example: "plugins/herd.lua:6: Chăn nuôi: 1 chỉ tiêu chưa xét được so với kế hoạch: chưa có kế hoạch: \"Đàn lợn\"",
            remedy: "Hỏi đơn vị kế hoạch hoặc số thực hiện còn thiếu. Trang \"Tồn tại, hạn chế\" của tong-hop.xlsx liệt kê từng chỉ tiêu kèm lý do và ô; quy tắc in ra được bằng d:unjudged(). Chỉ tiêu không giao kế hoạch thì để trong except.",
        }
        english {
            title: "Indicators that cannot be judged against their plans",
            details: "A rule looks for indicators that are late against their plans, but some indicators or rows of open tables lack the plan or the actual figure, or these cannot be compared. They cannot be among the shortfalls, whether they are late or not.",
            example: "plugins/herd.lua:6: Chăn nuôi: 1 indicator cannot be judged against its plan: no plan: \"Đàn lợn\"",
            remedy: "Ask the department for the missing plan or figure. The sheet \"Tồn tại, hạn chế\" of tong-hop.xlsx lists each with its reason and cells; rules print them with d:unjudged(). Put an indicator that has no plan into except.",
        }
    }
    /// A printed percentage or change over rows of an open table includes rows that lack one of its figures.
    RowsPartial = "rows-partial", Note for Office {
        vietnamese {
            title: "Tỷ lệ của bảng mở gồm cả dòng thiếu số",
            details: "Tỷ lệ đạt hay mức tăng, giảm của nhiều dòng là thương của hai số tổng. Có dòng chỉ có một trong hai số, nên hai số tổng không cộng cùng những dòng: dòng chưa có thực hiện làm tỷ lệ đạt thấp đi, dòng mới chưa có cùng kỳ làm mức tăng cao lên.",
            example: "plugins/herd.lua:4: so sánh trên 2 dòng của bảng herds gồm cả dòng thiếu số: 1 dòng có kế hoạch năm mà chưa có thực hiện (dòng đầu: \"Đàn bò\")",
            remedy: "Hỏi đơn vị số còn thiếu; không phát sinh thì đơn vị ghi 0 hoặc \"-\". Nếu các dòng thiếu số là đúng, nêu điều đó trong câu.",
        }
        english {
            title: "A percentage over rows of which some lack a number",
            details: "The attainment or the change of many rows is the quotient of two sums. Some rows have only one of the two numbers, so that the sums do not cover the same rows: rows without an actual figure lower the attainment, new rows without last year's figure raise the change.",
            example: "plugins/herd.lua:4: the comparison over 2 rows of the table herds includes rows that lack a number: 1 with plan annual but without actual (the first: \"Đàn bò\")",
            remedy: "Ask the department for the missing numbers, 0 or \"-\" if nothing happened. If the rows rightly lack them, let the sentence say so.",
        }
    }
    /// A rule chooses the first rows by a measure, and equal ones are left out.
    RankingTied = "ranking-tied", Warning for Office {
        vietnamese {
            title: "Bỏ bớt những dòng bằng nhau",
            details: "Quy tắc lấy một số dòng nhỏ nhất hoặc lớn nhất, nhưng sau dòng cuối được lấy còn những dòng có đúng giá trị ấy. Dòng nào được lấy chỉ do thứ tự trong bảng.",
            example: "plugins/herd.lua:5: chọn 1 dòng, còn 1 dòng bằng đúng dòng cuối được chọn nhưng bị bỏ (lấy theo thứ tự trong bảng)",
            remedy: "Lấy nhiều dòng hơn, hoặc nêu trong câu còn bao nhiêu dòng bằng nhau ({x.tied.count}).",
        }
        english {
            title: "Equal rows are left out",
            details: "A rule chooses the rows with the lowest or highest values, but further rows have exactly the value of the last one chosen. Only the order of the table decides which of them is chosen.",
            example: "plugins/herd.lua:5: 1 row chosen, 1 more with the value of the last one left out (the order of the table decides)",
            remedy: "Choose more rows, or let the sentence say how many are equal ({x.tied.count}).",
        }
    }
    /// Sectors share a heading without a declared order.
    HeadingShared = "heading-shared", Note for Administrator {
        vietnamese {
            title: "Nhiều ngành viết vào một đề mục, chưa nói thứ tự",
            details: "Hai ngành trở lên viết vào cùng một đề mục của báo cáo, nhưng mục sectors của đề mục đó trong tonghop.toml không kể đủ các ngành. Ngành không được kể in sau, theo thứ tự mã ngành, có thể không phải thứ tự cần in.",
            example: "plugins/pond.lua:1: nhiều ngành cùng viết vào đề mục I: \"herd\", \"pond\"; outline không nói thứ tự của các ngành này",
            remedy: "Quản trị ghi đủ các ngành vào sectors của đề mục trong tonghop.toml, theo thứ tự cần in; nếu ghi nhầm đề mục thì sửa section trong quy tắc.",
        }
        english {
            title: "Sectors share a heading without a declared order",
            details: "Two or more sectors write under one heading of the report, but the key sectors of that heading in tonghop.toml does not name all of them. Those that are not named are printed last, ordered by their ids, which may not be the intended order.",
            example: "plugins/pond.lua:1: several sectors write under the heading I: \"herd\", \"pond\"; the outline does not say in which order",
            remedy: "Ask the administrator to name all of them in the key sectors of the heading in tonghop.toml, in the order of printing; if the heading is a mistake, to correct the section in the rule.",
        }
    }
    /// No rule writes under a heading of the outline.
    HeadingEmpty = "heading-empty", Note for Administrator {
        vietnamese {
            title: "Đề mục không có nội dung",
            details: "Đề mục có trong outline của tonghop.toml nhưng không quy tắc nào viết vào đề mục đó hay đề mục con của nó, nên báo cáo không in đề mục này.",
            example: "tonghop.toml: outline: không quy tắc nào viết vào đề mục II (THỦY SẢN); báo cáo sẽ không in đề mục này",
            remedy: "Quản trị sửa section trong quy tắc hoặc khóa trong report.lua cho đúng đề mục; nếu không cần thì bỏ đề mục khỏi outline.",
        }
        english {
            title: "A heading without content",
            details: "The heading is in the outline in tonghop.toml, but no rule writes under it or under a heading below it, so the report does not print it.",
            example: "tonghop.toml: outline: no rule writes under the heading II (THỦY SẢN); the report will not print it",
            remedy: "Ask the administrator to correct the section in the rule or the key in report.lua; if the heading is not needed, to remove it from the outline.",
        }
    }
    /// The office's template for the Word report is unusable.
    TemplateUnusable = "template-unusable", Error for Office, is_loss {
        vietnamese {
            title: "Không dùng được mẫu báo cáo của văn phòng",
            details: "Tệp plugins/mau-bao-cao.docx bị hỏng, không phải là văn bản Word, hoặc có chỗ điền mà chương trình không biết. Báo cáo vẫn đủ nội dung nhưng theo mẫu có sẵn của chương trình.",
            example: "plugins/mau-bao-cao.docx: không dùng được mẫu báo cáo: tệp không phải là văn bản Word (.docx); báo cáo theo mẫu có sẵn của chương trình",
            remedy: "Mở mẫu bằng Word, sửa chỗ được nêu rồi lưu lại với kiểu \"Word Document (*.docx)\"; hoặc bỏ tệp mẫu nếu không cần.",
        }
        english {
            title: "The office's report template cannot be used",
            details: "The file plugins/mau-bao-cao.docx is damaged, is not a Word document, or has a placeholder that the program does not know. The report is complete but uses the built-in template.",
            example: "plugins/mau-bao-cao.docx: the report template cannot be used: the file is not a Word document (.docx); the report uses the built-in template",
            remedy: "Open the template in Word, correct what is named and save it again as \"Word Document (*.docx)\"; or remove the file if it is not needed.",
        }
    }
    /// Two figures differ within rounding.
    CheckRounding = "check-rounding", Note for Department {
        vietnamese {
            title: "Chênh lệch do làm tròn",
            details: "Hai số lẽ ra bằng nhau nhưng lệch một ít, không quá mức làm tròn số lẻ gây ra. Báo cáo dùng các số như đơn vị đã ghi.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: tổng số và cộng các thành phần: 168,3 tấn so với 168,2 tấn, chênh lệch 0,1 tấn (do làm tròn)",
            remedy: "Không phải làm gì. Nếu muốn hai số khớp nhau, nhập thêm chữ số thập phân trong biểu.",
        }
        english {
            title: "A difference due to rounding",
            details: "Two numbers that should be equal differ a little, by no more than rounding can cause. The report uses the numbers as the department gave them.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: the total and the sum of its parts: 168.3 tấn against 168.2 tấn, difference 0.1 tấn (due to rounding)",
            remedy: "Nothing needs to be done. If the two numbers should match, enter more decimals in the workbook.",
        }
        advice: "Không phải sửa.",
    }
    /// Two figures contradict each other.
    CheckContradiction = "check-contradiction", Warning for Department, is_explainable {
        vietnamese {
            title: "Hai số liệu mâu thuẫn",
            details: "Hai số phải bằng nhau, hoặc số này không được vượt số kia, nhưng biểu của đơn vị cho kết quả khác, quá mức làm tròn. Báo cáo vẫn dùng các số như đã ghi.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: tổng số và cộng các thành phần: 170 con so với 168 con, chênh lệch 2 con (mâu thuẫn)",
            remedy: "Đối chiếu các ô được nêu với đơn vị báo cáo và sửa ô chưa đúng. Nếu cả hai đều đúng, đề nghị quản trị xem lại quan hệ khai báo trong quy tắc.",
        }
        english {
            title: "Two figures contradict each other",
            details: "Two numbers that must be equal, or of which one must not exceed the other, disagree by more than rounding explains. The report uses the numbers as they were given.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: the total and the sum of its parts: 170 con against 168 con, difference 2 con (contradiction)",
            remedy: "Check these cells with the department and correct the one that is wrong. If both are right, ask the administrator to check the relation declared in the rules.",
        }
        advice: "Đối chiếu các ô này, sửa ô chưa đúng rồi gửi lại; nếu các số đều đúng, đề nghị giải trình.",
    }
    /// A department explained a number that it was asked about.
    NumberExplained = "number-explained", Note for Department {
        vietnamese {
            title: "Số liệu đơn vị đã giải trình",
            details: "Số này từng bị nghi ngờ, và đơn vị đã giải trình trong tệp workbooks/giai-trinh.csv rằng số đúng. Câu hỏi không được nêu lại khi số còn như lúc giải trình; báo cáo dùng số như đơn vị đã ghi.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: tổng số và cộng các thành phần: 170 con so với 168 con, chênh lệch 2 con (mâu thuẫn); đơn vị giải trình: có 2 con hươu (Trần Văn B, 20/9/2024)",
            remedy: "Không phải làm gì nếu lời giải trình thỏa đáng; nếu không, xóa dòng trong giai-trinh.csv để câu hỏi được nêu lại.",
        }
        english {
            title: "A number was explained by its department",
            details: "The number was questioned, and the department explained in workbooks/giai-trinh.csv that it is right. The question is not asked again as long as the number stays the same; the report uses the number as the department gave it.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: Tổng đàn gia súc: the total and the sum of its parts: 170 con against 168 con, difference 2 con (contradiction); explained by the department: có 2 con hươu (Trần Văn B, 2024-09-20)",
            remedy: "Nothing needs to be done if the explanation is sufficient; otherwise delete the line of giai-trinh.csv, and the question is asked again.",
        }
        advice: "Không phải sửa.",
    }
    /// A line of the file of explanations names nothing, or lacks something.
    ExplanationUnknown = "explanation-unknown", Warning for Office {
        vietnamese {
            title: "Không dùng được một dòng giải trình",
            details: "Một dòng của workbooks/giai-trinh.csv gọi sai tên đơn vị, chỉ tiêu, ô hay loại số liệu, hoặc thiếu số, lời giải trình, người giải trình hay ngày. Dòng đó không có tác dụng; câu hỏi về số liệu vẫn được nêu.",
            example: "workbooks/giai-trinh.csv [] B2: đơn vị này không có chỉ tiêu hay ô nào là \"herd.totals\"; lời giải trình không được dùng",
            remedy: "Sửa ô được nêu trong giai-trinh.csv. Các cột: đơn vị; chỉ tiêu hoặc ô; loại số liệu; số; lời giải trình; người giải trình; ngày.",
        }
        english {
            title: "An explanation cannot be used",
            details: "A line of workbooks/giai-trinh.csv names a department, an indicator, a cell or a measure that does not exist, or lacks the number, the explanation, its author or the day. The line has no effect; the question about the number is still asked.",
            example: "workbooks/giai-trinh.csv [] B2: the department has no indicator or cell \"herd.totals\"; the explanation is not used",
            remedy: "Correct the cell of giai-trinh.csv. The columns are: department; indicator or cell; measure; number; explanation; author; day.",
        }
    }
    /// A number was explained, and is another one now.
    ExplanationOutdated = "explanation-outdated", Warning for Office {
        vietnamese {
            title: "Lời giải trình cho một số đã thay đổi",
            details: "Lời giải trình trong workbooks/giai-trinh.csv chỉ có giá trị với số ghi ở dòng đó. Nay số liệu (hoặc số đem so sánh) đã khác, nên dòng không có tác dụng; nếu số mới cũng đáng nghi, câu hỏi được nêu lại.",
            example: "workbooks/giai-trinh.csv [] D2: giải trình này là cho số 168, nay số liệu là 170 con; lời giải trình không còn được dùng",
            remedy: "Hỏi lại đơn vị nếu số mới còn bị nghi ngờ, rồi ghi số mới và lời giải trình mới; nếu không, xóa dòng.",
        }
        english {
            title: "An explanation of a number that has changed",
            details: "An explanation in workbooks/giai-trinh.csv holds only for the number in its line. The figure, or the number it is compared with, is now another one, so the line has no effect; if the new number is doubtful too, the question is asked again.",
            example: "workbooks/giai-trinh.csv [] D2: this explanation is about 168, but the figure is now 170 con; the explanation is no longer used",
            remedy: "Ask the department again if the new number is still questioned, and write the new number with its explanation; otherwise delete the line.",
        }
    }
    /// A number was explained that is not questioned.
    ExplanationUnneeded = "explanation-unneeded", Note for Office {
        vietnamese {
            title: "Lời giải trình không cần đến",
            details: "Số ghi ở một dòng của workbooks/giai-trinh.csv đúng là số liệu hiện nay, nhưng không có câu hỏi nào về số đó mà lời giải trình trả lời được.",
            example: "workbooks/giai-trinh.csv [] D2: không có câu hỏi nào về số này nên lời giải trình không được dùng đến",
            remedy: "Xóa dòng nếu không cần giữ. Nếu câu hỏi nêu ở ô khác, ghi ô đứng đầu thông báo.",
        }
        english {
            title: "An explanation that is not needed",
            details: "The number in a line of workbooks/giai-trinh.csv is the present one, but there is no question about it that an explanation can answer.",
            example: "workbooks/giai-trinh.csv [] D2: nothing is asked about this number, so the explanation is not used",
            remedy: "Delete the line if it is not worth keeping. If the question is about another cell, write the cell at the beginning of its message.",
        }
    }
    /// A total has a number although parts of it have no data.
    PartsMissing = "parts-missing", Warning for Department, is_explainable {
        vietnamese {
            title: "Có tổng số mà thành phần chưa có số liệu",
            details: "Tổng số phải bằng cộng các thành phần, nhưng có thành phần chưa có số liệu. Tổng số 0 mà mọi thành phần đều chưa có (thường là công thức cộng các ô trống) không được dùng; tổng số lớn hơn cộng các thành phần đã có vẫn được dùng, phần còn lại được nêu để đối chiếu.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng đàn gia súc\": tổng số là 0 trong khi mọi thành phần đều chưa có số liệu; số 0 này không được dùng",
            remedy: "Điền số vào các thành phần còn thiếu; không phát sinh thì ghi 0 hoặc \"-\". Nếu chưa có số liệu thì để trống cả ô tổng.",
        }
        english {
            title: "A total whose parts have no data",
            details: "The total must be the sum of its parts, but some of them have no data. A total of 0 without any part (usually a formula over empty cells) is not used. A total above the sum of the parts with data is used, and the rest is given so that it can be checked.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng đàn gia súc\": the total is 0 but none of its parts has data; this 0 is not used",
            remedy: "Enter the numbers of the missing parts, 0 or \"-\" if nothing happened. If there are none yet, empty the total too.",
        }
    }
    /// A row of an open table is taken as a total by its numbers, or it is not known what it adds up.
    TotalRow = "total-row", Note for Department {
        vietnamese {
            title: "Dòng cộng trong bảng mở",
            details: "Tên dòng mở đầu bằng \"Tổng\", \"Cộng\" nhưng không nói rõ cộng những dòng nào. Nếu số của dòng bằng cộng các dòng khác thì dòng được coi là dòng cộng, không tính là một nội dung của bảng; nếu không rõ cộng gì thì không đối chiếu được.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] C4: \"Cộng của các bản vùng cao\" được coi là dòng cộng vì bằng cộng 2 dòng; không tính là một dòng",
            remedy: "Ghi \"Tổng cộng\" cho dòng cộng mọi dòng; dòng cộng một phần thì ghi \"Cộng\" kèm đúng chữ của cột hoặc số của đề mục (\"Cộng phường A\", \"Cộng (I+II)\"). Nội dung riêng thì ghi số thứ tự và đặt tên cho khỏi giống dòng cộng.",
        }
        english {
            title: "A total in an open table",
            details: "The label of the row begins with \"Tổng\" or \"Cộng\" and does not say which rows it adds up. If its numbers are the sums of other rows, it is taken as a total and not as an item of the table; if it is not known what it adds up, it cannot be compared.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] C4: \"Cộng của các bản vùng cao\" is taken as a total, because it is the sum of 2 rows; it is no row of the table",
            remedy: "Label the total of all rows \"Tổng cộng\"; label a subtotal \"Cộng\" with the text of its column or the numbers of the headings (\"Cộng phường A\", \"Cộng (I+II)\"). Number an item of its own, and name it so that it does not look like a total.",
        }
    }
    /// The sum of the parts is used where the cell of the total gives no number.
    TotalFromParts = "total-from-parts", Note for Department {
        vietnamese {
            title: "Tổng số lấy từ các thành phần",
            details: "Ô tổng số để trống hoặc không đọc được, nhưng mọi thành phần đều có số. Báo cáo dùng số cộng các thành phần; số đó là ước nếu có thành phần là ước.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng đàn gia súc\": ô tổng số để trống; báo cáo dùng 168 con, cộng từ các thành phần",
            remedy: "Không phải làm gì nếu tổng số đúng bằng cộng các thành phần; nếu khác, nhập tổng số vào ô này.",
        }
        english {
            title: "A total is taken from its parts",
            details: "The cell of the total is empty or cannot be read, but all parts have numbers. The report uses their sum, which is an estimate if one of them is.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng đàn gia súc\": the cell of the total is empty; the report uses 168 con, the sum of the parts",
            remedy: "Nothing needs to be done if the total is the sum of the parts; if it differs, enter it into this cell.",
        }
    }
    /// A figure of the report is zero or "-" where a number is expected.
    FigureDropped = "figure-dropped", Warning for Department, is_explainable {
        vietnamese {
            title: "Số thực hiện bằng 0 hoặc \"-\" ở chỗ cần một số",
            details: "Ô ghi 0 hoặc \"-\" (không phát sinh) trong khi kế hoạch hoặc cùng kỳ có số, hoặc báo cáo cần một số ở đây. Nhiều khi người lập biểu ghi như vậy vì chưa có số liệu. Số vẫn được dùng như đã ghi, tính là 0. Số đếm dưới 10 nay bằng 0 là bình thường nên không hỏi; quy tắc có câu riêng cho số 0 thì cũng không hỏi.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng đàn gia súc\": ô ghi \"-\", nghĩa là không phát sinh, trong khi kế hoạch năm là 180 con",
            remedy: "Nếu đã có số thì nhập số; nếu chưa biết thì để trống. Nếu đúng là không có thì đơn vị giải trình.",
        }
        english {
            title: "An actual figure is 0 or \"-\" where a number is expected",
            details: "The cell says 0 or \"-\" (nothing happened), but the plan or last year has a number, or the report expects one. Often it is written so because the number is not known yet. It is used as given and counts as 0. Counts below 10 that are now 0 are usual and not asked about, nor are figures for which a rule has words for zero.",
            example: "workbooks/phong-a/bieu.xlsx [Biểu] E2: \"Tổng đàn gia súc\": the cell says \"-\", which means that nothing happened, but plan annual is 180 con",
            remedy: "Enter the number if there is one, and leave the cell empty if it is not known yet. If there is nothing, the department explains it.",
        }
    }
    /// A text is longer than a cell of Excel, so that workbooks show only its beginning.
    TextTooLong = "text-too-long", Warning for Department {
        vietnamese {
            title: "Chữ dài hơn một ô Excel",
            details: "Một ô của Excel chứa nhiều nhất 32.767 ký tự. Chữ dài hơn được đọc đủ và vào báo cáo Word đủ, nhưng trong các bảng tính của chương trình chỉ có phần đầu, kết thúc bằng \"…\".",
            example: "workbooks/dieu-chinh.csv [] E2: chữ dài hơn một ô Excel (32767 ký tự); các bảng tính chỉ ghi phần đầu, kết thúc bằng \"…\"",
            remedy: "Rút gọn chữ, hoặc chia thành nhiều ô.",
        }
        english {
            title: "A text is longer than a cell of Excel",
            details: "A cell of Excel holds at most 32,767 characters. A longer text is read as a whole and is whole in the Word report, but the workbooks of the program show only its beginning, which ends with \"…\".",
            example: "workbooks/dieu-chinh.csv [] E2: the text is longer than a cell of Excel (32767 characters); workbooks show only its beginning, which ends with \"…\"",
            remedy: "Shorten the text, or divide it into several cells.",
        }
    }
    /// An output could not be made; all others are written.
    OutputLost = "output-lost", Error for Office, is_loss {
        vietnamese {
            title: "Một tệp kết quả không tạo được",
            details: "Tệp được nêu không tạo được: quá giới hạn của Excel, số trong tệp Word khác số đã tính, hoặc chương trình gặp lỗi của chính nó. Các tệp khác vẫn được ghi đầy đủ. Bản cũ của tệp này được bỏ đi, vì số trong đó có thể khác các tệp mới.",
            example: "bao-cao.docx: tệp này không tạo được vì chương trình gặp lỗi của chính nó",
            remedy: "Dùng các tệp còn lại, và gửi thông báo này cho người quản trị chương trình.",
        }
        english {
            title: "An output cannot be created",
            details: "The file named cannot be created: it exceeds a limit of Excel, the numbers of the Word file differ from those that were computed, or the program has a bug. All other files are written as a whole. The older version of this file is removed, because its numbers may differ from those of the new files.",
            example: "bao-cao.docx: this file cannot be created because the program has a bug",
            remedy: "Use the other files, and send this message to the administrator of the program.",
        }
    }
    /// A number of the report has no source.
    NumberUntraced = "number-untraced", Error for Office {
        vietnamese {
            title: "Số trong báo cáo không có nguồn",
            details: "Trong báo cáo có một số không lấy từ ô nào, không do phép tính nào cho ra và không phải câu chữ cố định. Không thể trả lời số ấy từ đâu ra, nên coi là lỗi.",
            example: "tonghop.toml: mục I: số \"2\" trong \" và 2 \" không có nguồn",
            remedy: "Quản trị sửa quy tắc: lấy số từ chỉ tiêu, hoặc viết trong {=…} nếu là câu chữ cố định như số hiệu văn bản.",
        }
        english {
            title: "A number of the report has no source",
            details: "The report contains a number that was not taken from a cell, was not computed by a rule, and is not fixed wording. Its origin cannot be shown, so it is an error.",
            example: "tonghop.toml: section I: the number \"2\" in \" và 2 \" has no source",
            remedy: "Ask the administrator to correct the rule: take the number from an indicator, or write it in {=…} if it is fixed wording such as the number of a decree.",
        }
    }
}
