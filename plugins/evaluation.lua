-- Kết quả đạt được: số liệu nổi bật lấy từ các ngành, nhận định chung do Văn phòng viết.
return sector {
  api = 1,
  id = "evaluation",
  title = "Đánh giá chung kết quả đạt được",
  section = "II.III.1",
  departments = { "van-phong" },
  targets = { "annual" },

  indicators = {
    retail = { "Tổng mức bán lẻ hàng hóa và doanh thu dịch vụ tiêu dùng", from = "trade.retail" },
    industry = { "Giá trị sản xuất công nghiệp, tiểu thủ công nghiệp", from = "industry.output" },
    visitors = { "Lượng khách du lịch đến địa bàn thành phố", from = "tourism.visitors" },
    revenue = { "Doanh thu du lịch", from = "tourism.revenue" },
    cattle = { "Tổng đàn gia súc", from = "livestock.cattle" },
    poultry = { "Đàn gia cầm", from = "livestock.poultry" },
    petitions = { "Đơn thư đã tiếp nhận", from = "inspection.petitions" },
  },

  narrative = {
    leadership = "Nhận định về chỉ đạo, điều hành",
    overview = "Nhận định về kinh tế",
    society = "Nhận định về văn hóa - xã hội",
    government = "Nhận định về xây dựng chính quyền",
    security = "Nhận định về quốc phòng, an ninh, đối ngoại",
  },

  text = function(d, out)
    out:paragraph("[{leadership}]")
    out:paragraph("[{overview|bare|missing=Kết quả thực hiện một số chỉ tiêu chủ yếu}: {results}.]", {
      results = list({
        t("{retail.name} {retail.reached} {retail}[, đạt {retail.attainment} kế hoạch]"),
        t("{industry.name} {industry.reached} {industry}[, đạt {industry.attainment} kế hoạch][, {industry.yoy}]"),
        t("{visitors.name} {visitors.reached} {visitors|bare} lượt người[, đạt {visitors.attainment} kế hoạch][, {visitors.yoy|short}]"),
        t("{revenue.name} {revenue.reached} {revenue}"),
        t("{cattle.name} {cattle.reached} {cattle}[, đạt {cattle.attainment} kế hoạch]"),
        t("{poultry.name} {poultry.reached} {poultry}[, đạt {poultry.attainment} kế hoạch]"),
      }, "{it}") })
    local fewer = d.petitions.actual:below(d.petitions.last_year)
    out:paragraph("[{society}][ {government}]" .. (fewer and "[ Số đơn thư tiếp nhận, xử lý giảm so với cùng kỳ.]" or "") .. "[ {security}]")
  end,
}
