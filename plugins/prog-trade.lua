-- Chương trình trọng tâm: phát triển thương mại và dịch vụ du lịch; sản phẩm OCOP.
return sector {
  api = 1,
  id = "prog-trade",
  title = "Chương trình phát triển thương mại và dịch vụ du lịch",
  section = "II.II.1",
  departments = { "phong-kinh-te" },
  targets = { "annual" },

  indicators = {
    visitors = { "Lượt khách du lịch", from = "tourism.visitors", decimals = { attainment = 0, yoy = 0 } },
    products = { "Sản phẩm được công nhận OCOP từ 3 sao trở lên", unit = "sản phẩm",
      parts = { three_stars = { "Sản phẩm đạt 3 sao" }, four_stars = { "Sản phẩm đạt 4 sao" } },
      of_which = { valid = { "Sản phẩm còn hiệu lực giấy chứng nhận" } } },
    subjects = { "Chủ thể có sản phẩm OCOP được công nhận", unit = "chủ thể" },
  },

  narrative = {
    plan = "Kế hoạch phát triển thương mại và dịch vụ du lịch",
    warnings = "Cảnh báo phòng vệ thương mại",
    platforms = "Nền tảng số và sàn thương mại điện tử",
    fairs = "Hội chợ và trao đổi kinh nghiệm",
    promotion = "Giới thiệu du lịch thành phố",
    ocop = "Phát triển sản phẩm OCOP",
    village = "Bản văn hóa du lịch Gia Khâu 1",
  },

  text = function(d, out)
    out:paragraph("[{plan}][ {warnings}][ {platforms}][ {fairs}][ {promotion}]"
      .. "[ Trong {@period.name}, thành phố {visitors.estimated} đón {visitors}[, {visitors.yoy}]"
      .. "[ và đạt {visitors.attainment} kế hoạch].]")
    out:paragraph("[{ocop}][ Từ năm {=2020} đến nay, thành phố có {products}[ của {subjects}]"
      .. " được công nhận sản phẩm OCOP đạt từ {=3 sao} trở lên[ ({three_stars} {=3 sao}; {four_stars} {=4 sao})]"
      .. "[, trong đó {valid} còn hiệu lực giấy chứng nhận].][ {village}]")
  end,
}
