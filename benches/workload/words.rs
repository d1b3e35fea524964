//! The texts of the generated workbooks: as long and varied as in real forms, but fictitious.

/// The sectors of the indicators.
pub const SECTORS: [&str; 20] = [
    "Trồng trọt",
    "Chăn nuôi, thú y",
    "Lâm nghiệp, thủy sản",
    "Công nghiệp chế biến",
    "Xây dựng, đô thị",
    "Bán buôn, bán lẻ",
    "Du lịch, lưu trú",
    "Thu ngân sách",
    "Chi ngân sách",
    "Giải ngân vốn đầu tư",
    "Đường bộ, vận tải",
    "Đất đai, môi trường",
    "Giáo dục mầm non, phổ thông",
    "Y tế, chăm sóc sức khỏe",
    "Lao động, việc làm",
    "Giảm nghèo, bảo trợ xã hội",
    "Văn hóa, thể dục thể thao",
    "Chuyển đổi số",
    "Cải cách thủ tục hành chính",
    "Trật tự, an toàn xã hội",
];

/// The subjects of the indicators; the first part of their names.
pub const SUBJECTS: [&str; 28] = [
    "Diện tích lúa cả năm",
    "Sản lượng ngô",
    "Diện tích chè trồng mới",
    "Tổng đàn lợn",
    "Số hộ chăn nuôi được hỗ trợ",
    "Diện tích rừng được khoanh nuôi, bảo vệ",
    "Giá trị hàng công nghiệp",
    "Doanh thu bán lẻ",
    "Số khách lưu trú qua đêm",
    "Số thu thuế, phí, lệ phí",
    "Số chi thường xuyên",
    "Vốn đã thanh toán cho dự án",
    "Chiều dài đường thôn được sửa chữa",
    "Số giấy chứng nhận đã cấp",
    "Khối lượng rác được xử lý",
    "Số học sinh ra lớp",
    "Số phòng học được xây mới",
    "Số lượt người khám bệnh",
    "Số trẻ được tiêm chủng đầy đủ",
    "Số người có việc làm mới",
    "Số lớp dạy nghề đã mở",
    "Số hộ thoát nghèo",
    "Số gia đình đạt chuẩn văn hóa",
    "Số buổi biểu diễn phục vụ Nhân dân",
    "Số thủ tục giải quyết trên mạng",
    "Số trạm phát sóng hoạt động",
    "Số vụ việc được hòa giải",
    "Số buổi tuyên truyền pháp luật",
];

/// Qualifiers of the indicators; the second part of their names.
pub const KINDS: [&str; 18] = [
    "ở các xã vùng cao",
    "ở các phường",
    "ở khu dân cư mới",
    "tính theo giá so sánh năm gốc",
    "tính theo giá thực tế",
    "theo chỉ tiêu được giao đầu năm",
    "theo chỉ tiêu bổ sung",
    "do doanh nghiệp thực hiện",
    "do hợp tác xã thực hiện",
    "do hộ gia đình thực hiện",
    "từ vốn trung ương",
    "từ vốn địa phương",
    "từ nguồn đóng góp của Nhân dân",
    "tính đến cuối kỳ",
    "phát sinh trong kỳ",
    "thuộc dự án chuyển tiếp",
    "thuộc dự án khởi công mới",
    "(số sơ bộ)",
];

/// The units of the indicators.
pub const UNITS: [&str; 13] =
    ["Triệu đồng", "Tỷ đồng", "Ha", "Tấn", "Con", "Lượt người", "Hộ", "Lớp", "Km", "Vụ", "Buổi", "Hồ sơ", "Công trình"];

/// Names of places.
pub const PLACES: [&str; 26] = [
    "Nậm Hăn",
    "Căn Co",
    "Noong Hẻo",
    "Pu Sam Cáp",
    "Lùng Thàng",
    "Ma Quai",
    "Phìn Hồ",
    "Tủa Sín",
    "Hồng Thu",
    "Tả Phìn",
    "Sà Dề",
    "Nậm Xe",
    "Phăng Sô",
    "Làng Mô",
    "Tả Ngảo",
    "Chăn Nưa",
    "Nậm Tăm",
    "Nậm Cha",
    "Nậm Cuổi",
    "Pa Tần",
    "Huổi Luông",
    "Pa Khóa",
    "Ta Gia",
    "Khoen On",
    "Mường Kim",
    "Mường Cang",
];

/// The clauses of which the paragraphs of the narrative consist.
pub const CLAUSES: [&str; 13] = [
    "sản xuất vụ mùa được triển khai đúng lịch, cơ cấu giống phù hợp với từng vùng",
    "lượng hàng hóa trên thị trường dồi dào, giá cả không có biến động lớn",
    "các trường đã hoàn thành việc chuẩn bị cho năm học mới",
    "việc khám, chữa bệnh cho người có thẻ bảo hiểm được bảo đảm",
    "một số công trình thi công chậm do thiếu vật liệu và mưa kéo dài",
    "nhiều thửa đất chưa được bàn giao cho đơn vị thi công",
    "cán bộ phụ trách ở cơ sở còn kiêm nhiệm nhiều việc",
    "số liệu của một vài thôn gửi về muộn nên phải ước tính",
    "công tác phối hợp giữa các cơ quan ngày càng chặt chẽ",
    "đề nghị cấp trên sớm phân bổ phần kinh phí còn lại của năm",
    "đề nghị hướng dẫn thống nhất cách ghi biểu mẫu cho các đơn vị",
    "tổ công tác đã đến từng hộ để rà soát, xác nhận thông tin",
    "tình hình chung ổn định, không để xảy ra vụ việc phức tạp",
];

/// Notes on rows; `{}` is replaced by a number.
pub const NOTES: [&str; 6] = [
    "Số ước thực hiện",
    "Chờ quyết toán",
    "Giao bổ sung tại Quyết định số {}/QĐ-UBND",
    "Dừng thực hiện theo Công văn số {}/UBND-TH",
    "Đơn vị đang rà soát",
    "Nguồn: Báo cáo số {}/BC-TK",
];

/// The headings of the narrative; the recommendations are under the last one.
pub const HEADINGS: [&str; 4] =
    ["1. Kết quả đạt được", "2. Khó khăn, hạn chế", "3. Nguyên nhân", "4. Kiến nghị, đề xuất"];
