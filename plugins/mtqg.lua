-- Ba chương trình mục tiêu quốc gia: mỗi chương trình một đơn vị báo cáo, Phòng Tài chính - Kế hoạch báo cáo tổng số.
return sector {
  api = 1,
  id = "mtqg",
  title = "Các chương trình mục tiêu quốc gia",
  section = "II.I.5",
  departments = { "phong-tai-chinh-ke-hoach", "phong-dan-toc", "phong-lao-dong-tbxh", "phong-kinh-te" },
  targets = { "annual", "criteria" },
  unit = "triệu đồng",

  indicators = {
    programmes = { "Số Chương trình mục tiêu quốc gia triển khai", unit = "chương trình" },
    total = { "Tổng vốn các Chương trình mục tiêu quốc gia", decimals = { attainment = 1 },
      parts = {
        dtts = { "Chương trình MTQG phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số và miền núi",
          decimals = { attainment = 0 },
          parts = { dtts_invest = { "Vốn đầu tư" }, dtts_career = { "Vốn sự nghiệp" } } },
        poverty = { "Chương trình MTQG giảm nghèo bền vững", decimals = { attainment = 0 } },
        ntm = { "Chương trình MTQG xây dựng nông thôn mới", decimals = { attainment = 0 },
          parts = { ntm_invest = { "Vốn đầu tư" }, ntm_career = { "Vốn sự nghiệp" } } },
      },
      of_which = {
        this_year = { "Vốn giao trong năm", aliases = { "Vốn giao năm {@period.year}" },
          parts = { this_year_invest = { "Vốn đầu tư" }, this_year_career = { "Vốn sự nghiệp" } } },
        carry = { "Vốn chuyển nguồn năm trước sang", aliases = { "Vốn chuyển nguồn năm {@period.last_year} sang năm {@period.year}" },
          parts = { carry_invest = { "Vốn đầu tư" }, carry_career = { "Vốn sự nghiệp" } } },
      } },
    communes = { "Số xã xây dựng nông thôn mới", unit = "xã" },
    sung_phai = { "Tiêu chí nông thôn mới xã Sùng Phài", unit = "tiêu chí", range = { 0, 19 } },
    san_thang = { "Tiêu chí nông thôn mới nâng cao xã San Thàng", unit = "tiêu chí", range = { 0, 19 } },
  },

  narrative = {
    review = "Sơ kết giai đoạn 2021-2025",
    assignment = "Phân giao nhiệm vụ năm {@period.year}",
    dtts_work = "Triển khai Chương trình vùng dân tộc thiểu số",
    poverty_work = "Tình hình giải ngân vốn giảm nghèo",
    criteria_work = "Rà soát tiêu chí nông thôn mới",
    ntm_work = "Sử dụng nguồn vốn nông thôn mới",
  },

  shortfalls = function(d, out)
    local words = {
      total = "Giải ngân vốn các Chương trình mục tiêu quốc gia còn chậm, nhất là nguồn vốn sự nghiệp.",
      sung_phai = "Xã Sùng Phài hoàn thành các tiêu chí nông thôn mới còn chậm.",
      san_thang = "Xã San Thàng hoàn thành các tiêu chí nông thôn mới nâng cao còn chậm.",
    }
    for i in d:behind(0.8, { except = { "programmes", "communes" } }) do
      out:shortfall { i, text = words[i.id], cause = d.causes[i.id] }
    end
  end,

  text = function(d, out)
    out:paragraph("[{review}][ {assignment|bare}, theo kế hoạch thực hiện {programmes|bare} Chương trình MTQG năm {@period.year}.]"
      .. "[ Lũy kế giải ngân đến thời điểm báo cáo là {total/total.target.annual}[, đạt tỷ lệ {total.attainment.annual}][{^by_year}].]"
      .. " Kết quả giải ngân theo từng Chương trình như sau:",
      { by_year = "Giải ngân vốn giao năm {@period.year} là {this_year|short}/{this_year.target.annual|short}"
          .. "[ (vốn đầu tư {this_year_invest|short}; vốn sự nghiệp {this_year_career|short})]."
          .. "[ Giải ngân vốn chuyển nguồn từ năm {@period.last_year} là {carry/carry.target.annual|short}"
          .. "[ (vốn sự nghiệp {carry_career/carry_career.target.annual|short})].]" })
    out:item("{dtts.label}: giải ngân {dtts/dtts.target.annual}[, đạt {dtts.attainment.annual} kế hoạch]"
      .. "[ (trong đó: vốn đầu tư {dtts_invest/dtts_invest.target.annual}; vốn sự nghiệp {dtts_career/dtts_career.target.annual})]."
      .. "[ {dtts_work}]")
    local poverty = d.poverty.actual:equals(0) and "{poverty|zero=chưa được giải ngân}"
      or "đã giải ngân {poverty}[, đạt {poverty.attainment.annual} kế hoạch]"
    out:item("{poverty.label}: kế hoạch vốn giao {poverty.target.annual}[ (vốn sự nghiệp), đến nay " .. poverty .. "].")
    out:item("{ntm.label}: giải ngân {ntm/ntm.target.annual}[, đạt {ntm.attainment.annual} kế hoạch]"
      .. "[ (trong đó: vốn đầu tư {ntm_invest/ntm_invest.target.annual}; vốn sự nghiệp {ntm_career/ntm_career.target.annual})]."
      .. "[ {ntm_work}]")
    out:paragraph("[{criteria_work|bare}, tập trung tại {communes} San Thàng và Sùng Phài.]"
      .. "[ Đến hết kỳ báo cáo, xã Sùng Phài {sung_phai.reached} {sung_phai/sung_phai.target.criteria} nông thôn mới]"
      .. "[, xã San Thàng {san_thang.reached} {san_thang/san_thang.target.criteria} nông thôn mới nâng cao].")
  end,
}
