-- Thương mại, dịch vụ: bán lẻ, kiểm tra thị trường, xúc tiến thương mại.
return sector {
  api = 1,
  id = "trade",
  title = "Thương mại - dịch vụ",
  section = "II.I.1.a",
  departments = { "phong-kinh-te" },
  targets = { "annual" },

  indicators = {
    retail = { "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", unit = "tỷ đồng",
      decimals = { attainment = 0, yoy = 0 },
      parts = {
        commerce = { "Thương nghiệp (giá hiện hành)" },
        services = { "Dịch vụ lưu trú, ăn uống và dịch vụ tiêu dùng" },
      } },
    violations = { "Số vụ vi phạm đã phát hiện, xử lý", unit = "vụ",
      parts = {
        fake_drugs = { "Giả dược" },
        unknown_origin = { "Hàng hóa không rõ nguồn gốc, xuất xứ" },
        unlicensed_pharmacist = { "Bán thuốc không có bằng cấp chuyên môn" },
        veterinary = { "Vi phạm về thú y" },
        smuggled = { "Kinh doanh hàng nhập lậu" },
        fake_brand = { "Giả nhãn hiệu" },
        no_business_licence = { "Kinh doanh không có giấy phép" },
        no_price_tag = { "Không niêm yết giá" },
        no_liquor_stamp = { "Không dán tem rượu" },
        counterfeit = { "Hàng giả" },
        lpg_expired = { "Giấy chứng nhận đủ điều kiện bán lẻ LPG chai hết hạn" },
      } },
    fines = { "Tổng số tiền xử phạt vi phạm hành chính", unit = "triệu đồng", range = { 1, 10000 } },
    goods_value = { "Trị giá hàng hóa tịch thu, tiêu hủy", unit = "triệu đồng", range = { 0.5, 10000 } },
    trip_subjects = { "Chủ thể OCOP tham gia đoàn công tác tại Thái Nguyên, Tuyên Quang", unit = "chủ thể" },
    ceremony_members = { "Thành viên dự Lễ ra mắt hệ thống xúc tiến thương mại CUCAIDO", unit = "thành viên",
      of_which = { ceremony_subjects = { "Chủ thể OCOP trong đoàn dự lễ", unit = "chủ thể" } } },
  },

  narrative = {
    market = "Hoạt động thương mại, dịch vụ",
    inspection = "Kiểm tra, kiểm soát thị trường",
    online = "Quảng bá sản phẩm trên môi trường số",
    links = "Kết nối giao thương",
    surveys = "Khảo sát thị trường nước ngoài",
    trip = "Đoàn công tác tại Thái Nguyên, Tuyên Quang",
    ceremony = "Lễ ra mắt hệ thống CUCAIDO",
    fairs = "Trưng bày, giới thiệu sản phẩm",
  },

  text = function(d, out)
    out:item("Về thương mại - dịch vụ: {market} {retail.label} {@period.name} {retail.reached} {retail}"
      .. "[, {retail.yoy}][, đạt {retail.attainment} kế hoạch giao]"
      .. "[ (trong đó: thương nghiệp theo giá hiện hành {commerce.reached} {commerce};"
      .. " dịch vụ lưu trú, ăn uống và dịch vụ tiêu dùng {services.reached} {services})]."
      .. "[ {inspection|bare}[{^cases}].]",
      { cases = "Đã phát hiện, xử lý {violations}[, trong đó: {kinds}]."
          .. "[ Tổng số tiền xử phạt vi phạm hành chính: {fines|short}.][ Hàng hóa tịch thu, tiêu hủy trị giá {goods_value|short}.]",
        kinds = list(d.violations.parts, "{it} {it.name}") })
    out:paragraph("[{online}][ {links|bare}[{^events}].]", {
      events = "[{surveys}][ {trip}][ Có {trip_subjects} sản phẩm OCOP của thành phố tham gia đoàn công tác.]"
        .. "[ {ceremony}][ Đoàn dự lễ có {ceremony_members}[, trong đó có {ceremony_subjects|bare} Chủ thể sản phẩm OCOP].]"
        .. "[ {fairs}]" })
  end,
}
