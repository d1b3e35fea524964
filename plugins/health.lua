-- Y tế: khám chữa bệnh, dịch bệnh, tiêm chủng, HIV/AIDS và an toàn thực phẩm.
return sector {
  api = 1,
  id = "health",
  title = "Bảo vệ, chăm sóc sức khỏe Nhân dân",
  section = "II.I.2.b",
  departments = { "trung-tam-y-te" },
  targets = { "annual" },
  decimals = { attainment = 1 },

  indicators = {
    visits = { "Lượt khám, chữa bệnh", unit = "lượt người" },
    communes = { "Tổng số xã, phường", unit = "xã phường",
      of_which = { immunised = { "Xã, phường tổ chức tiêm chủng mở rộng thường xuyên" } } },
    flu = { "Cúm", unit = "ca" },
    adeno = { "Bệnh do vi rút Adeno", unit = "ca" },
    chickenpox = { "Thủy đậu", unit = "ca", padded = false },
    diarrhoea = { "Tiêu chảy", unit = "ca" },
    mumps = { "Quai bị", unit = "ca" },
    hepatitis = { "Viêm gan vi rút khác", unit = "ca", padded = false },
    deaths = { "Tử vong do bệnh dịch", unit = "ca" },
    vaccine_children = { "Tỷ lệ trẻ dưới 1 tuổi được tiêm đủ 8 loại vắc xin so với kế hoạch năm", unit = "%" },
    vaccine_pregnant = { "Tỷ lệ phụ nữ mang thai được tiêm UV2+ so với kế hoạch năm", unit = "%" },
    hiv = { "Người nhiễm HIV/AIDS còn sống đang được quản lý", unit = "người" },
    syringes = { "Bơm kim tiêm sạch đã cấp miễn phí", unit = "cái" },
    condoms = { "Bao cao su đã cấp miễn phí", unit = "cái" },
    inspected = { "Cơ sở thực phẩm được kiểm tra liên ngành", unit = "cơ sở",
      of_which = {
        passed = { "Cơ sở đạt tiêu chuẩn vệ sinh an toàn thực phẩm", decimals = { share = 1 } },
      } },
    monitored = { "Cơ sở thực phẩm được giám sát", unit = "cơ sở" },
    violators = { "Cơ sở vi phạm bị xử lý", unit = "cơ sở" },
    fines = { "Tiền phạt vi phạm an toàn thực phẩm", unit = "triệu đồng", range = { 0.5, 5000 } },
  },

  narrative = {
    care = "Khám bệnh, chữa bệnh và phòng, chống dịch",
    supplies = "Thuốc, trang thiết bị và chất lượng điều trị",
    epidemics = "Giám sát, kiểm soát dịch bệnh",
    vaccination = "Công tác tiêm chủng",
    chronic = "Phòng, chống bệnh không lây nhiễm",
    hiv_work = "Phòng, chống HIV/AIDS",
    food_work = "Bảo đảm an toàn thực phẩm",
    population = "Dân số, kế hoạch hóa gia đình",
  },

  text = function(d, out)
    local deaths = d.deaths.actual:equals(0) and "{deaths|zero=không có ca tử vong do bệnh dịch}"
      or "{deaths} tử vong do bệnh dịch"
    out:paragraph("[{care}][ {supplies}][ Trong {@period.name} đã khám, chữa bệnh cho {visits}.]"
      .. "[ {epidemics|bare}[{^diseases}].]"
      .. "[ {vaccination|bare}[; {immunised|bare}/{communes} tổ chức tiêm chủng mở rộng thường xuyên][{^rates}].]"
      .. "[ {chronic}]", {
      diseases = "[Số ca mắc một số bệnh: {cases}][; " .. deaths .. "].",
      cases = list({ d.flu, d.adeno, d.chickenpox, d.diarrhoea, d.mumps, d.hepatitis },
        "{it.name} {it}[, {it.change|short}]"),
      rates = "{vaccines}.",
      vaccines = list({ d.vaccine_children, d.vaccine_pregnant },
        "{it.label} {it.reached} {it}[, {it.change}]", ". ") })
    out:paragraph("[{hiv_work|bare}[{^hiv_note}].][ {food_work|bare}[{^food_note}].][ {population}]", {
      hiv_note = "[Toàn thành phố đang quản lý {hiv} nhiễm HIV/AIDS còn sống.]"
        .. "[ Đã cấp miễn phí {syringes|bare} bơm kim tiêm sạch và {condoms|bare} bao cao su cho nhóm nguy cơ cao.]",
      food_note = "[Kiểm tra liên ngành {inspected}[, trong đó {passed} đạt tiêu chuẩn vệ sinh an toàn thực phẩm"
        .. "[, đạt tỷ lệ {passed.share}]].]"
        .. "[ Giám sát {monitored/monitored.target.annual}[, đạt {monitored.attainment} kế hoạch].]"
        .. "[ Phát hiện, xử lý {violators} vi phạm[, phạt tiền {fines|short}].]" })
  end,
}
