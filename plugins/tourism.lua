-- Du lịch: lượt khách, doanh thu và các điểm du lịch cộng đồng.
return sector {
  api = 1,
  id = "tourism",
  title = "Du lịch",
  section = "II.I.1.a",
  departments = { "phong-van-hoa-thong-tin" },
  targets = { "annual" },
  decimals = { attainment = 0, yoy = 0 },

  indicators = {
    visitors = { "Lượt khách du lịch", unit = "lượt khách" },
    revenue = { "Doanh thu du lịch", unit = "tỷ đồng" },
    homestays = { "Mô hình Homestay đã xây dựng", unit = "mô hình" },
  },

  narrative = {
    promotion = "Quảng bá, xúc tiến du lịch",
    plans = "Kế hoạch phát triển du lịch",
    training = "Bồi dưỡng nghiệp vụ du lịch",
    village = "Khu du lịch cộng đồng bản Gia Khâu 1",
    works = "Cải tạo hạ tầng bản Gia Khâu 1",
    products = "Trưng bày sản phẩm OCOP tại bản Gia Khâu 1",
    media = "Truyền thông về bản Gia Khâu 1",
    san_thang = "Phát triển du lịch bản San Thàng 1",
  },

  text = function(d, out)
    out:item("Về du lịch: {promotion|bare}[{^plans_note}].[ {village|bare}[{^village_note}].][ {san_thang}]", {
      plans_note = "{plans}[ {training}]",
      village_note = "{works}[ Đã xây dựng {homestays} Homestay.][ {products}][ {media}]" })
    out:paragraph("Trong {@period.name}, thành phố {visitors.estimated} đón {visitors}[, {visitors.yoy}]"
      .. "[, đạt {visitors.attainment} kế hoạch]; doanh thu du lịch {revenue.reached} {revenue}"
      .. "[, {revenue.yoy}][, đạt {revenue.attainment} kế hoạch].")
  end,
}
