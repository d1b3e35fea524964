-- Thu, chi ngân sách: hai kế hoạch (tỉnh giao, HĐND thành phố giao); tỷ lệ tổng thu không tính thu chuyển nguồn.
return sector {
  api = 1,
  id = "budget",
  title = "Thu, chi ngân sách nhà nước",
  section = "II.I.1.d",
  departments = { "phong-tai-chinh-ke-hoach" },
  targets = { "province", "council" },
  unit = "triệu đồng",

  indicators = {
    rev_total = { "Tổng thu ngân sách địa phương",
      attained = function(i) return i - i.parts.carryover end,
      decimals = { attainment = { province = 0, council = 1 } },
      parts = {
        city_share = { "Thu ngân sách thành phố hưởng" },
        transfer = { "Thu bổ sung từ ngân sách cấp trên" },
        carryover = { "Thu chuyển nguồn" },
        mobilised = { "Thu các khoản huy động theo quy định" },
      } },
    rev_local = { "Thu ngân sách nhà nước trên địa bàn", decimals = { attainment = 1 },
      of_which = { rev_balance = { "Thu cân đối ngân sách", decimals = { attainment = 0 } } } },
    exp_total = { "Tổng chi ngân sách địa phương", decimals = { attainment = { province = 0, council = 1 } },
      of_which = {
        recurrent = { "Chi thường xuyên" },
        investment = { "Chi đầu tư", from = "capital.city" },
        targeted = { "Chi bổ sung có mục tiêu" },
      } },
    entrusted = { "Vốn ủy thác trong kỳ", aliases = { "Vốn ủy thác trong {@period.months} tháng năm {@period.year}" } },
    entrusted_so_far = { "Lũy kế vốn ngân sách thành phố đã ủy thác" },
  },

  narrative = {
    entrusting = "Ủy thác qua Ngân hàng Chính sách xã hội",
    borrowers = "Đối tượng vay vốn ủy thác",
    how_counted = "Cách tính tỷ lệ tổng thu so với kế hoạch",
  },

  -- Chi thấp so với dự toán không phải là hạn chế.
  shortfalls = function(d, out)
    for i in d:behind(0.8, { except = { "exp_total" } }) do
      out:shortfall { i, i = i, cause = d.causes[i.id],
        text = "{i.label} đạt thấp[ (đạt {i.attainment.province} so với kế hoạch tỉnh giao[ và đạt {i.attainment.council}"
          .. " so với Nghị quyết HĐND thành phố giao])]." }
    end
  end,

  text = function(d, out)
    out:paragraph("Tổng thu ngân sách địa phương {@period.name} {rev_total.reached} {rev_total}"
      .. "[, đạt {rev_total.attainment.province} so với kế hoạch tỉnh giao[ và đạt {rev_total.attainment.council}"
      .. " so với Nghị quyết HĐND thành phố giao]][{^rate}]"
      .. "[ (trong đó: thu ngân sách thành phố hưởng {city_share}; thu bổ sung từ ngân sách cấp trên {transfer};"
      .. " thu chuyển nguồn {carryover}; thu các khoản huy động theo quy định {mobilised})]."
      .. " Thu ngân sách nhà nước trên địa bàn {rev_local.reached} {rev_local}"
      .. "[, đạt {rev_local.attainment.province} so với kế hoạch tỉnh giao[ và đạt {rev_local.attainment.council}"
      .. " so với Nghị quyết HĐND thành phố giao]]"
      .. "[; trong đó thu cân đối ngân sách {rev_balance.reached} {rev_balance}"
      .. "[, đạt {rev_balance.attainment.province} so với kế hoạch tỉnh giao[ và đạt {rev_balance.attainment.council}"
      .. " so với Nghị quyết HĐND thành phố giao]]].",
      { rate = "{?how_counted}{how_counted|bare} ({carryover|short})." })
    out:paragraph("Tổng chi ngân sách địa phương {exp_total.reached} {exp_total}"
      .. "[ (trong đó: chi thường xuyên {recurrent}; chi đầu tư {investment}; chi bổ sung có mục tiêu {targeted})]"
      .. "[, đạt {exp_total.attainment.province} so với kế hoạch tỉnh giao[ và đạt {exp_total.attainment.council}"
      .. " so với Nghị quyết HĐND thành phố giao]].")
    out:paragraph("{entrusting} Số vốn đã chuyển trong kỳ là {entrusted}[{^so_far}].",
      { so_far = "Lũy kế nguồn vốn ngân sách thành phố đã ủy thác là {entrusted_so_far|short}.[ {borrowers}]" })
  end,
}
