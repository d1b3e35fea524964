-- An sinh xã hội: người có công, bảo trợ xã hội, trẻ em, lao động - việc làm, giảm nghèo.
return sector {
  api = 1,
  id = "social",
  title = "An sinh xã hội, lao động, việc làm và giảm nghèo",
  section = "II.I.2.d",
  departments = { "phong-lao-dong-tbxh" },
  targets = { "annual" },
  decimals = { attainment = 1 },

  indicators = {
    gifts = { "Quà thăm hỏi người có công, hộ nghèo, trẻ em, người cao tuổi", unit = "suất",
      of_which = { tet_gifts = { "Quà Tết Nguyên đán cho hộ nghèo, hộ cận nghèo, hộ khó khăn" } } },
    gifts_money = { "Kinh phí thăm hỏi, tặng quà", unit = "triệu đồng",
      of_which = { tet_money = { "Kinh phí quà Tết Nguyên đán" } } },
    merit = { "Người có công hưởng trợ cấp hằng tháng", unit = "người", decimals = { share = 0 },
      of_which = { merit_paid = { "Người có công đã được chi trả qua tài khoản" } } },
    merit_money = { "Kinh phí trợ cấp hằng tháng người có công", unit = "tỷ đồng" },
    merit_insured = { "Người có công và thân nhân được mua bảo hiểm y tế", unit = "người" },
    veterans_insured = { "Cựu chiến binh được mua bảo hiểm y tế", unit = "đối tượng" },
    insurance_money = { "Kinh phí mua bảo hiểm y tế người có công, cựu chiến binh", unit = "triệu đồng" },
    protected = { "Đối tượng bảo trợ xã hội hưởng trợ cấp", unit = "đối tượng" },
    protected_insured = { "Đối tượng bảo trợ xã hội được mua bảo hiểm y tế", unit = "đối tượng" },
    protected_money = { "Kinh phí trợ cấp bảo trợ xã hội", unit = "tỷ đồng" },
    protected_insurance = { "Kinh phí mua bảo hiểm y tế đối tượng bảo trợ xã hội", unit = "triệu đồng" },
    funerals = { "Hộ được hỗ trợ mai táng phí", unit = "hộ gia đình" },
    funeral_money = { "Kinh phí hỗ trợ mai táng phí", unit = "triệu đồng" },
    screened = { "Trẻ em khuyết tật được khám sàng lọc", unit = "trẻ em",
      of_which = { surgery = { "Trẻ em được chỉ định phẫu thuật" } } },
    communes = { "Tổng số xã, phường", unit = "xã phường", from = "health.communes",
      of_which = { child_communes = { "Xã, phường đạt tiêu chuẩn phù hợp với trẻ em", decimals = { share = 1 } } } },
    accidents = { "Trẻ em tử vong do tai nạn thương tích tại xã Sùng Phài", unit = "trẻ em" },
    jobs = { "Người lao động được giải quyết việc làm", unit = "người" },
    classes = { "Lớp đào tạo nghề chuẩn bị mở", unit = "lớp" },
    learners = { "Lao động nông thôn dự kiến được đào tạo nghề", unit = "lao động" },
    trained = { "Tỷ lệ lao động qua đào tạo, tập huấn", unit = "%" },
    borrowers = { "Hộ được vay vốn tạo việc làm", unit = "hộ" },
    overseas = { "Người đi làm việc ở nước ngoài theo hợp đồng", unit = "người" },
    households = { "Tổng số hộ dân trên địa bàn", unit = "hộ", decimals = { share = 2 },
      of_which = {
        poor = { "Hộ nghèo" },
        poor_minority = { "Hộ nghèo là người dân tộc thiểu số", at_most = "poor" },
        near_poor = { "Hộ cận nghèo" },
      } },
    relief_households = { "Hộ nghèo, hộ cận nghèo được cứu đói giáp hạt", unit = "hộ" },
    relief_people = { "Nhân khẩu được cứu đói giáp hạt", unit = "nhân khẩu" },
    rice = { "Gạo cứu đói giáp hạt", unit = "kg" },
    power_households = { "Hộ nghèo, hộ chính sách được hỗ trợ tiền điện", unit = "hộ" },
    power_money = { "Kinh phí hỗ trợ tiền điện", unit = "triệu đồng" },
  },

  narrative = {
    policies = "Chính sách an sinh xã hội",
    insurance = "Cấp thẻ bảo hiểm y tế",
    children = "Chăm sóc, bảo vệ trẻ em",
    child_data = "Dữ liệu trẻ em",
    gender = "Bình đẳng giới",
    vocational = "Đào tạo nghề cho lao động nông thôn",
    credit = "Tín dụng chính sách xã hội",
    abroad = "Thị trường lao động ngoài nước",
    reduction = "Công tác giảm nghèo",
    poor_support = "Chính sách hỗ trợ hộ nghèo, hộ cận nghèo",
  },

  text = function(d, out)
    out:paragraph("[{policies}][ {insurance|bare}[{^support}].]", {
      support = "[Thăm hỏi, tặng quà người có công, hộ nghèo, trẻ em khó khăn và mừng thọ người cao tuổi: {gifts}"
        .. "[, trị giá {gifts_money|short}].][ Chi trả trợ cấp hằng tháng qua tài khoản cho {merit_paid/merit} có công"
        .. "[, đạt {merit_paid.share}][, tổng số tiền {merit_money}].]"
        .. "[ Mua bảo hiểm y tế cho {merit_insured} có công và thân nhân[, {veterans_insured} cựu chiến binh]"
        .. "[, kinh phí {insurance_money|short}].]"
        .. "[ Chi trả trợ cấp cho {protected} bảo trợ xã hội[, số tiền {protected_money}].]"
        .. "[ Mua bảo hiểm y tế cho {protected_insured} bảo trợ xã hội[, kinh phí {protected_insurance|short}].]"
        .. "[ Hỗ trợ mai táng phí cho {funerals}[, số tiền {funeral_money|short}].]" })
    out:paragraph("[{children|bare}[{^children_note}].][ {child_data}][ {gender}]", {
      children_note = "[Phối hợp với ngành Lao động tỉnh khám sàng lọc cho {screened} khuyết tật"
        .. "[, trong đó {surgery} được chỉ định phẫu thuật].][ Trong {@period.name}, {child_communes.estimated} có"
        .. " {child_communes|bare}/{communes} đạt tiêu chuẩn phù hợp với trẻ em[, đạt tỷ lệ {child_communes.share}]"
        .. "[ (xã Sùng Phài có {accidents} tử vong do tai nạn thương tích)].]" })
    local beyond = d.overseas.target.annual:below(d.overseas.actual)
      and "vượt kế hoạch giao (kế hoạch {overseas.target.annual})" or "đạt {overseas.attainment} kế hoạch giao"
    out:paragraph("[Trong {@period.name}, đã có {jobs} được giải quyết việc làm[, đạt {jobs.attainment} kế hoạch].]"
      .. "[ Đang chuẩn bị tuyển sinh {classes} dạy nghề cho {learners} nông thôn.]"
      .. "[ Tỷ lệ lao động qua đào tạo, tập huấn {trained.reached} {trained}.][ {vocational}]"
      .. "[ {credit|bare}[, đã có {borrowers} được vay vốn tạo việc làm].]"
      .. "[ {abroad|bare}[; đã đưa {overseas} đi làm việc ở nước ngoài theo hợp đồng[, " .. beyond .. "]].]")
    out:paragraph("[{reduction}][ Đến nay toàn thành phố có {poor} nghèo[, tỷ lệ {poor.share}]"
      .. "[ (trong đó {poor_minority} nghèo là người dân tộc thiểu số, tỷ lệ {poor_minority.share})]"
      .. "[; {near_poor} cận nghèo, tỷ lệ {near_poor.share}][{^poor_note}].]", {
      poor_note = "[{poor_support}][ Tặng {tet_gifts} quà Tết Nguyên đán cho hộ nghèo, hộ cận nghèo, hộ khó khăn"
        .. "[, số tiền {tet_money|short}].][ Hỗ trợ cứu đói giáp hạt cho {relief_households} nghèo, cận nghèo"
        .. "[ ({relief_people})][ với {rice|bare} kilogam gạo].]"
        .. "[ Hỗ trợ tiền điện cho {power_households} nghèo, hộ chính sách[, tổng số tiền {power_money|short}].]" })
  end,
}
